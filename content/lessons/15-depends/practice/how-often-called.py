"""A number that is needed twice"""
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
numbers = count(1)


def number() -> int:
    return next(numbers)


def same(value: Annotated[int, Depends(number)]) -> int:
    return value


@app.get("/")
def read(one: Annotated[int, Depends(number)], two: Annotated[int, Depends(same)]):
    return [one, two]


client = TestClient(app)
print(client.get("/").json(), client.get("/").json())
