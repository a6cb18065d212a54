"""For a class the name can be left out, as in p: Annotated[Pager, Depends()]."""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


class Pager:
    def __init__(self, skip: int = 0, limit: int = 10):
        self.skip, self.limit = skip, limit


app = FastAPI()


@app.get("/users/")
def users(p: Annotated[Pager, Depends()]) -> str:
    return f"{p.skip} to {p.skip + p.limit}"


client = TestClient(app)
print(client.get("/users/?skip=20").text, client.get("/users/?skip=x").status_code)
