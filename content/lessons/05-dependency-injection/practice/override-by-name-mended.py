"""The same test, with the function as the key"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


def get_db() -> str:
    return "the real database"


def get_test_db() -> str:
    return "the test database"


@app.get("/where")
def where(db: Annotated[str, Depends(get_db)]) -> str:
    return db


app.dependency_overrides[get_db] = get_test_db
print(TestClient(app).get("/where").text)
