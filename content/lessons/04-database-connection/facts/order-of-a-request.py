"""the order was: open, handler, middleware, the response’s start and body, close"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def get_db():
    print("open")
    yield "session"
    print("close")


class Middleware:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        async def sent(message):
            print("sent:", message["type"])
            await send(message)

        await self.app(scope, receive, sent)


app = FastAPI()
app.add_middleware(Middleware)


@app.get("/users/1")
def get_user(db: Annotated[str, Depends(get_db)]) -> str:
    print("handler")
    return "Ada"


TestClient(app).get("/users/1")
