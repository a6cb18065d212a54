"""a route that returned an object with hashed_password and declared neither sent the hash"""
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel


@dataclass
class User:
    name: str
    hashed_password: str


class UserOut(BaseModel):
    name: str


app = FastAPI()
ada = User("Ada", "$2b$10$secret")


@app.get("/declared")
def declared() -> UserOut:
    return ada


@app.get("/undeclared")
def undeclared():
    return ada


client = TestClient(app)
print("-> UserOut: ", client.get("/declared").text)
print("no type:    ", client.get("/undeclared").text)
