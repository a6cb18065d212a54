"""A number that is needed twice"""
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
numbers = count(1)


def number() -> int:
    return next(numbers)


@app.get("/")
def read(
    one: Annotated[int, Depends(number)],
    two: Annotated[int, Depends(number, use_cache=False)],
):
    return [one, two]


client = TestClient(app)
print(client.get("/").json(), client.get("/").json())
