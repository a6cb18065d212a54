"""with a body that did not fit, get_db was opened, the 422 was collected, and get_db was closed again, having seen the RequestValidationError"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel


class UserCreate(BaseModel):
    age: int


def get_db():
    print("open")
    try:
        yield "session"
    except Exception as error:
        print("seen:", type(error).__name__)
        raise
    finally:
        print("close")


app = FastAPI()


@app.post("/users/")
def create(user: UserCreate, db: Annotated[str, Depends(get_db)]): ...


client = TestClient(app)
print(client.post("/users/", json={"age": "old"}).status_code)
print(client.post("/users/", content="{", headers={"Content-Type": "application/json"}).status_code, "for broken JSON")
