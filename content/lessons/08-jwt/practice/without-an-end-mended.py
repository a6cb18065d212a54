"""The same token, where exp is required"""
import jwt

KEY = "a key of at least thirty-two bytes"


def check(token: str) -> str:
    try:
        claims = jwt.decode(token, KEY, algorithms=["HS256"], options={"require": ["exp"]})
    except jwt.InvalidTokenError as error:
        return type(error).__name__
    return f"welcome, user {claims['sub']}"


print(check(jwt.encode({"sub": "1"}, KEY, algorithm="HS256")))
