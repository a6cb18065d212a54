"""A token with "alg": "none" was answered with InvalidAlgorithmError."""
import jwt

token = jwt.encode({"sub": "1"}, None, algorithm="none")
print(jwt.get_unverified_header(token))
try:
    jwt.decode(token, "a key of at least thirty-two bytes", algorithms=["HS256"])
except jwt.InvalidTokenError as error:
    print(type(error).__name__)
