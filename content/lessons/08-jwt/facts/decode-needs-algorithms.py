"""PyJWT 2.15.1 refuses to decode without the algorithms argument"""
import jwt

key = "a key of at least thirty-two bytes"
token = jwt.encode({"sub": "1"}, key, algorithm="HS256")
for algorithms in (None, ["RS256"], ["HS256"]):
    try:
        print(algorithms, "accepted:", jwt.decode(token, key, algorithms=algorithms))
    except jwt.InvalidTokenError as error:
        print(algorithms, type(error).__name__)
