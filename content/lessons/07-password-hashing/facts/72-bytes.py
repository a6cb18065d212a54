"""bcrypt 5.0.0 raises a ValueError"""
# on: bcrypt==4.3.0
# on: bcrypt==5.0.0
import bcrypt

salt = bcrypt.gensalt(4)
try:
    stored = bcrypt.hashpw(b"x" * 72 + b"one", salt)
    print("  another password opens it:", bcrypt.checkpw(b"x" * 72 + b"two", stored))
except ValueError as error:
    print("  ValueError:", str(error).split(",")[0])
