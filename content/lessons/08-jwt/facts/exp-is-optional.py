"""exp is checked when it is there and is not required by itself"""
import jwt

key = "a key of at least thirty-two bytes"
for claims in ({"sub": "1", "exp": 1_000_000_000}, {"sub": "1"}):
    token = jwt.encode(claims, key, algorithm="HS256")
    for options in (None, {"require": ["exp", "sub"]}):
        try:
            jwt.decode(token, key, algorithms=["HS256"], options=options)
            print(claims, options, "accepted")
        except jwt.InvalidTokenError as error:
            print(claims, options, type(error).__name__)
