"""FastAPI reads the signature of each path operation when the decorator runs, and not again for each request."""
import inspect

from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

app, router = FastAPI(), APIRouter()
read: list[str] = []
signature = inspect.signature
inspect.signature = lambda call, **kw: read.append(getattr(call, "__name__", "")) or signature(call, **kw)


@app.get("/users/{user_id}")
def get_user(user_id: int) -> int:
    return user_id


@router.get("/items/{item_id}")
def get_item(item_id: int) -> int:
    return item_id


print("after the decorators:", {"get_user", "get_item"} <= set(read))
app.include_router(router)
client = TestClient(app)
for number in (1, 2, 3):
    read.clear()
    client.get(f"/users/{number}"), client.get(f"/items/{number}")
    print(f"request {number}: of the app's route {read.count('get_user')}, of the router's {read.count('get_item')}")
