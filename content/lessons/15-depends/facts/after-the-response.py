"""After the response was sent, by default in today’s versions."""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def get_db():
    yield "session"
    print("below the yield")


app = FastAPI()


@app.get("/")
def read(db: Annotated[str, Depends(get_db)]):
    print("handler")


async def watched(scope, receive, send):
    async def sent(message):
        print(message["type"])
        await send(message)

    await app(scope, receive, sent)


TestClient(watched).get("/")
