"""FastAPI reads the signature of each path operation once, when the decorator runs."""
import inspect

from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
read: list[str] = []
signature = inspect.signature
inspect.signature = lambda call, **kw: read.append(getattr(call, "__name__", "")) or signature(call, **kw)


@app.get("/users/{user_id}")
def get_user(user_id: int) -> int:
    return user_id


print("after the decorator:", read.count("get_user") > 0)
before = read.count("get_user")
client = TestClient(app)
print([client.get(f"/users/{number}").json() for number in (1, 2)])
print("read again during two requests:", read.count("get_user") - before)
