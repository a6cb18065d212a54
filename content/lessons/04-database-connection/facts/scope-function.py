"""Since 0.121.0 a dependency can ask for the early close with Depends(get_db, scope="function")."""
# on: fastapi==0.120.4 httpx==0.27.2
# on: fastapi==0.121.0 httpx==0.27.2
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def get_db():
    yield "session"
    print("  close")


app = FastAPI()
try:

    @app.get("/")
    def read(db: str = Depends(get_db, scope="function")):
        return "Ada"


except TypeError as error:
    print(" ", error)


async def watched(scope, receive, send):
    async def sent(message):
        print("  " + message["type"])
        await send(message)

    await app(scope, receive, sent if scope["type"] == "http" else send)


if app.routes[-1].path == "/":
    TestClient(watched).get("/")
