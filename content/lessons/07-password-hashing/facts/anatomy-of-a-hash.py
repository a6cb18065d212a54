"""$2b$10$ is followed by 22 characters of salt and 31 of result"""
from pwdlib.hashers.bcrypt import BcryptHasher

hasher = BcryptHasher(rounds=10)
one, other = hasher.hash("correct-horse"), hasher.hash("correct-horse")
_, version, cost, rest = one.split("$")
print("version", version, "cost", cost, "salt", len(rest[:22]), "characters, result", len(rest[22:]))
print("the same password hashed again gives the same text:", one == other)
print("both verify:", hasher.verify("correct-horse", one), hasher.verify("correct-horse", other))
