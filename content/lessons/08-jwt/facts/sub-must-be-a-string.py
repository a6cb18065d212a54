"""Since PyJWT 2.10 sub must be a string"""
# on: PyJWT==2.9.0
# on: PyJWT==2.10.0
import jwt

key = "a key of at least thirty-two bytes"
token = jwt.encode({"sub": 1}, key, algorithm="HS256")
try:
    print("  accepted:", jwt.decode(token, key, algorithms=["HS256"]))
except jwt.InvalidTokenError as error:
    print(" ", type(error).__name__ + ":", error)
