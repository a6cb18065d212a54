"""The dependency receives a SecurityScopes with all the scopes that the route and the dependencies in between require"""
from typing import Annotated

from fastapi import FastAPI, Security
from fastapi.security import SecurityScopes
from fastapi.testclient import TestClient


def current_user(scopes: SecurityScopes) -> str:
    print("demanded:", scopes.scopes)
    return "Ada"


def active_user(user: Annotated[str, Security(current_user, scopes=["me"])]) -> str:
    return user


app = FastAPI()


@app.get("/items")
def items(user: Annotated[str, Security(active_user, scopes=["items:read"])]) -> str:
    return user


print(TestClient(app).get("/items").status_code, "without a comparison of yours")
