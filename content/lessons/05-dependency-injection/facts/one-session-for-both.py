"""a route that needs get_db itself and through another dependency opened one session"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

opened = 0


def get_db():
    global opened
    opened += 1
    return object()


def get_user(db: Annotated[object, Depends(get_db)]):
    return db


app = FastAPI()


@app.get("/shared")
def shared(user: Annotated[object, Depends(get_user)], db: Annotated[object, Depends(get_db)]) -> bool:
    return user is db


@app.get("/second-apart")
def apart(user: Annotated[object, Depends(get_user)], db: Annotated[object, Depends(get_db, use_cache=False)]) -> bool:
    return user is db


@app.get("/first-apart")
def no_difference(db: Annotated[object, Depends(get_db, use_cache=False)], user: Annotated[object, Depends(get_user)]) -> bool:
    return user is db


client = TestClient(app)
for path in ("/shared", "/second-apart", "/first-apart"):
    opened = 0
    same = client.get(path).json()
    print(f"{path}: {opened} opened, the same one: {same}")
