"""A payload, read without the key"""
import base64
import json

import jwt

token = jwt.encode({"sub": "1", "salary": 4200}, "a key that the reader doesn't have", algorithm="HS256")

payload = token.split(".")[1]
padded = payload + "=" * (-len(payload) % 4)
print(json.loads(base64.urlsafe_b64decode(padded)))
