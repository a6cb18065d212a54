"""In that case the close comes before the answer."""
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient


def get_db():
    try:
        yield "session"
    except HTTPException as error:
        print("seen at the yield:", error.status_code)
        raise
    finally:
        print("close")


app = FastAPI()


@app.get("/")
def read(db: Annotated[str, Depends(get_db)]):
    raise HTTPException(404)


async def watched(scope, receive, send):
    async def sent(message):
        print(message["type"], message.get("status", ""))
        await send(message)

    await app(scope, receive, sent if scope["type"] == "http" else send)


TestClient(watched).get("/")
