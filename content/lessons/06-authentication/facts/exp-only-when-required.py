"""Without options={"require": ["exp"]} PyJWT 2.15.1 accepted a token that never ends."""
import jwt

key = "a key of at least thirty-two bytes"
token = jwt.encode({"sub": "1"}, key, algorithm="HS256")
print("accepted:", jwt.decode(token, key, algorithms=["HS256"]))
try:
    jwt.decode(token, key, algorithms=["HS256"], options={"require": ["exp"]})
except jwt.InvalidTokenError as error:
    print("with require:", type(error).__name__)
