"""Where a dependency runs, and where its route does"""
import threading
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def where() -> str:
    in_pool = "AnyIO worker" in threading.current_thread().name
    return "thread" if in_pool else "event loop"


app = FastAPI()


@app.get("/")
async def read(dependency: Annotated[str, Depends(where)]):
    return {"dependency": dependency, "route": where()}


print(TestClient(app).get("/").json())
