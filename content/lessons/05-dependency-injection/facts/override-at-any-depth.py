"""on 0.165.0 an override also reached a route that needed get_db only through another dependency"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def get_db():
    print("the real one")
    yield "real"


def get_user(db: Annotated[str, Depends(get_db)]) -> str:
    return f"Ada from the {db} database"


app = FastAPI()


@app.get("/me")
def me(user: Annotated[str, Depends(get_user)]) -> str:
    return user


app.dependency_overrides[get_db] = lambda: "test"
print(TestClient(app).get("/me").json())
