"""It also decides before validation is reported"""
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Patch(BaseModel):
    age: int


def must_log_in():
    raise HTTPException(401)


app = FastAPI()


@app.patch("/users/1")
def patch(body: Patch, user: Annotated[None, Depends(must_log_in)]): ...


print(TestClient(app).patch("/users/1", json={"age": "old"}).status_code)
