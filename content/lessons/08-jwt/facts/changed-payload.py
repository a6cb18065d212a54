"""PyJWT raised InvalidSignatureError for a payload with another sub"""
import base64

import jwt

key = "a key of at least thirty-two bytes"
header, payload, signature = jwt.encode({"sub": "1"}, key, algorithm="HS256").split(".")
changed = base64.urlsafe_b64encode(b'{"sub":"2"}').rstrip(b"=").decode()
try:
    jwt.decode(f"{header}.{changed}.{signature}", key, algorithms=["HS256"])
except jwt.InvalidTokenError as error:
    print(type(error).__name__)
