"""A token whose sub is the id from the database, a number"""
import jwt
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

KEY = "a key of at least thirty-two bytes"
app = FastAPI()


@app.get("/me")
def me(token: str) -> str:
    try:
        return f"user {jwt.decode(token, KEY, algorithms=['HS256'])['sub']}"
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, str(error))


token = jwt.encode({"sub": 1}, KEY, algorithm="HS256")
print(TestClient(app, raise_server_exceptions=False).get("/me", params={"token": token}).text)
