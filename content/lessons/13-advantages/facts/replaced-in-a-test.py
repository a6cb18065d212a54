"""so a test replaces them with app.dependency_overrides"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def current_user() -> str:
    raise RuntimeError("asks a real identity provider")


app = FastAPI()


@app.get("/me")
def me(user: Annotated[str, Depends(current_user)]) -> str:
    return user


app.dependency_overrides[current_user] = lambda: "Ada"
print(TestClient(app).get("/me").text)
