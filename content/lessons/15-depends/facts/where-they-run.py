"""Plain def dependencies run in the threadpool and async def ones on the event loop, whatever the handler is."""
import threading
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def thread() -> str:
    return "pool" if "AnyIO worker" in threading.current_thread().name else "event loop"


def plain() -> str:
    return thread()


async def asynchronous() -> str:
    return thread()


app = FastAPI()


@app.get("/def")
def plain_handler(a: Annotated[str, Depends(plain)], b: Annotated[str, Depends(asynchronous)]):
    return {"def dependency": a, "async def dependency": b, "def handler": thread()}


@app.get("/async")
async def async_handler(a: Annotated[str, Depends(plain)], b: Annotated[str, Depends(asynchronous)]):
    return {"def dependency": a, "async def dependency": b, "async def handler": thread()}


client = TestClient(app)
print(client.get("/def").json())
print(client.get("/async").json())
