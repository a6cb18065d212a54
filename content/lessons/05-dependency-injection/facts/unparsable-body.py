"""Only a body that can’t be parsed at all ends the request before any dependency."""
import logging
from typing import Annotated

from fastapi import Depends, FastAPI, Form
from fastapi.testclient import TestClient
from pydantic import BaseModel

logging.disable()


class User(BaseModel):
    age: int


def get_db():
    print("  get_db was called")


app = FastAPI(dependencies=[Depends(get_db)])


@app.post("/json")
def by_json(user: User): ...


@app.post("/form")
def by_form(age: Annotated[int, Form()]): ...


client = TestClient(app)
for name, path, content_type, body in (
    ("the wrong type", "/json", "application/json", b'{"age": "old"}'),
    ("broken JSON", "/json", "application/json", b"{"),
    ("not UTF-8", "/json", "application/json", b'{"age": "\xff"}'),
    ("a broken form", "/form", "multipart/form-data; boundary=b", b"no boundary"),
):
    print(name)
    print(" ", client.post(path, content=body, headers={"Content-Type": content_type}).status_code)
