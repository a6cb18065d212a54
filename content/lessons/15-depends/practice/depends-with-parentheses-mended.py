"""A route that needs a session"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


def get_db():
    yield "session"


def read(db: Annotated[str, Depends(get_db)]):
    return db


try:
    app.get("/")(read)
    answer = TestClient(app, raise_server_exceptions=False).get("/")
    print(answer.status_code, answer.text)
except TypeError:
    print("TypeError")
