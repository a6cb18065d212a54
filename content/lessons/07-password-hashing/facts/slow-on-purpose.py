"""It is made to be fast"""
from hashlib import sha256
from time import perf_counter

from pwdlib.hashers.bcrypt import BcryptHasher

hasher = BcryptHasher(rounds=10)


def seconds(work) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


fast = min(seconds(lambda: sha256(b"correct-horse").hexdigest()) for _ in range(100))
slow = min(seconds(lambda: hasher.hash("correct-horse")) for _ in range(3))
print("a bcrypt of cost 10 takes more than a thousand times as long:", slow > 1000 * fast)
