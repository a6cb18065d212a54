"""FastAPI answers 422 for input that doesn’t fit the declared types, in the path, the query, headers, a form or the body."""
from typing import Annotated

from fastapi import FastAPI, Header
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Patch(BaseModel):
    age: int


app = FastAPI()


@app.patch("/users/{user_id}")
def patch(user_id: int, limit: int, x_trace: Annotated[int, Header()], body: Patch) -> None: ...


answer = TestClient(app).patch("/users/x?limit=x", headers={"X-Trace": "x"}, json={"age": "x"})
print(answer.status_code)
for problem in answer.json()["detail"]:
    print(problem["loc"], problem["type"])
