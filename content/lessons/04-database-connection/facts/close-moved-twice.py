"""From 0.106.0 to 0.117 the close came before the response was sent, which broke streaming from a session; 0.118.0 put it back after."""
# on: fastapi==0.105.0 httpx==0.27.2
# on: fastapi==0.106.0 httpx==0.27.2
# on: fastapi==0.117.1 httpx==0.27.2
# on: fastapi==0.118.0 httpx==0.27.2
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def get_db():
    yield "session"
    print("  close")


app = FastAPI()


@app.get("/")
def read(db: str = Depends(get_db)):
    return "Ada"


async def watched(scope, receive, send):
    async def sent(message):
        print("  " + message["type"])
        await send(message)

    await app(scope, receive, sent if scope["type"] == "http" else send)


TestClient(watched).get("/")
