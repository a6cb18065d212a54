"""PasswordHash.recommended() would be Argon2id."""
# on: pwdlib[argon2]==0.3.1
from pwdlib import PasswordHash

print(PasswordHash.recommended().hash("correct-horse")[:10])
