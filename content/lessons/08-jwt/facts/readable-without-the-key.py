"""anyone who holds it can read it"""
import base64
import json

import jwt

token = jwt.encode({"sub": "1", "role": "admin"}, "a key that the reader doesn't have", algorithm="HS256")
payload = token.split(".")[1]
print(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))
