"""A handler and another dependency ask for the same thing"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
opened: list[str] = []


def get_db() -> str:
    opened.append("session")
    return "session"


def get_user(db: Annotated[str, Depends(get_db)]) -> str:
    return "Ada"


@app.get("/me")
def me(user: Annotated[str, Depends(get_user)], db: Annotated[str, Depends(get_db)]) -> str:
    return user


client = TestClient(app)
client.get("/me")
client.get("/me")
print(len(opened), "opened by two requests")
