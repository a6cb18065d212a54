"""A response model without from_attributes, and a handler that returns an object"""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel


class User:
    def __init__(self, name: str, hashed_password: str):
        self.name = name
        self.hashed_password = hashed_password


class UserOut(BaseModel):
    name: str


app = FastAPI()


@app.get("/me")
def me() -> UserOut:
    return User("Ada", "$2b$10$secret")


answer = TestClient(app, raise_server_exceptions=False).get("/me")
print(answer.status_code, answer.text)
