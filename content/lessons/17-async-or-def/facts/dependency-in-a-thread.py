"""the dependency reported “AnyIO worker thread” and the route the thread of the event loop"""
import threading
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def name_of_thread() -> str:
    return threading.current_thread().name


app = FastAPI()


@app.get("/")
async def read(dependency: Annotated[str, Depends(name_of_thread)]) -> list[bool]:
    return ["AnyIO worker thread" in dependency, "AnyIO worker thread" in threading.current_thread().name]


print("AnyIO worker thread: the dependency, the route:", TestClient(app).get("/").json())
