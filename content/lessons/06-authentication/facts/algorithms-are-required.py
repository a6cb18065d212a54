"""jwt.decode() must be given the algorithms it may accept; PyJWT refuses to run without."""
import jwt

key = "a key of at least thirty-two bytes"
token = jwt.encode({"sub": "1"}, key, algorithm="HS256")
try:
    jwt.decode(token, key)
except jwt.DecodeError as error:
    print(type(error).__name__ + ":", error)
print(jwt.decode(token, key, algorithms=["HS256"]))
