"""A dependency with a parameter of its own"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


def page(size: int) -> int:
    return min(size, 100)


@app.get("/items")
def items(limit: Annotated[int, Depends(page)]) -> int:
    return limit


client = TestClient(app)
print(client.get("/items?limit=5").status_code, client.get("/items?size=5").status_code)
