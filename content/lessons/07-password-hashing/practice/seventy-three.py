"""A password of 73 characters, hashed without a rule in the schema"""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pwdlib.hashers.bcrypt import BcryptHasher
from pydantic import BaseModel

app = FastAPI()
hasher = BcryptHasher(rounds=4)


class UserCreate(BaseModel):
    password: str


@app.post("/users", status_code=201)
def create(user: UserCreate) -> str:
    return hasher.hash(user.password)[:7]


client = TestClient(app, raise_server_exceptions=False)
answer = client.post("/users", json={"password": "x" * 73})
print(answer.status_code, answer.text)
