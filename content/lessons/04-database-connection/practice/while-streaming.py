"""A response that is streamed while the session is open, or after it was closed"""
from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient

app = FastAPI()


def get_db() -> Iterator[str]:
    print("open")
    yield "session"
    print("close")


@app.get("/report")
def report(db: Annotated[str, Depends(get_db)]) -> StreamingResponse:
    def rows() -> Iterator[str]:
        print("row")
        yield "Ada"

    print("handler")
    return StreamingResponse(rows())


TestClient(app).get("/report")
