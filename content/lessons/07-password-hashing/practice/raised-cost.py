"""A hash of a lower cost, verified where the cost has been raised"""
from pwdlib import PasswordHash
from pwdlib.hashers.bcrypt import BcryptHasher

stored = BcryptHasher(rounds=4).hash("correct-horse")
raised = PasswordHash([BcryptHasher(rounds=5)])

matches, to_store = raised.verify_and_update("correct-horse", stored)
print("matches:", matches, "to store:", to_store and to_store[:7])
