"""With A added and then B, FastAPI 0.165.0 runs B in, A in, A out, B out."""
from fastapi import FastAPI
from fastapi.testclient import TestClient


class Middleware:
    def __init__(self, app, name):
        self.app, self.name = app, name

    async def __call__(self, scope, receive, send):
        print(self.name, "in")
        await self.app(scope, receive, send)
        print(self.name, "out")


app = FastAPI()
app.add_middleware(Middleware, name="A")
app.add_middleware(Middleware, name="B")
app.get("/")(lambda: print("handler"))
TestClient(app).get("/")
print("also for a path that nobody has:")
TestClient(app).get("/nowhere")
