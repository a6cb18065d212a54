"""On 0.3.1 a bcrypt hash came back as one that begins with $argon2id$."""
# on: pwdlib[argon2,bcrypt]==0.3.1
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

old = BcryptHasher(rounds=4).hash("correct-horse")
passwords = PasswordHash([Argon2Hasher(), BcryptHasher()])
matches, new = passwords.verify_and_update("correct-horse", old)
print("stored:", old[:7], "matches:", matches)
print("to store:", new[:10])
print("next time:", passwords.verify_and_update("correct-horse", new))
