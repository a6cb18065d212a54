"""A test without the identity provider"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


def current_user() -> str:
    raise RuntimeError("The identity provider can’t be reached")


@app.get("/me")
def me(user: Annotated[str, Depends(current_user)]):
    return user


app.dependency_overrides[current_user] = lambda: "Ada"
answer = TestClient(app, raise_server_exceptions=False).get("/me")
print(answer.status_code, answer.text)
