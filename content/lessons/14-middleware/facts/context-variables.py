"""the handler’s own change didn’t come back"""
from contextvars import ContextVar

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.middleware.base import BaseHTTPMiddleware

user = ContextVar("user", default="nobody")


class Pure:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        user.set("set by the middleware")
        await self.app(scope, receive, send)
        print("  afterwards:", user.get())


async def by_base(request, call_next):
    user.set("set by the middleware")
    response = await call_next(request)
    print("  afterwards:", user.get())
    return response


async def handler():
    print("  in the handler:", user.get())
    user.set("set by the handler")


def plain_handler():
    print("  in the handler:", user.get())
    user.set("set by the handler")


for name, add in {
    "BaseHTTPMiddleware": lambda app: app.add_middleware(BaseHTTPMiddleware, dispatch=by_base),
    "a pure ASGI class": lambda app: app.add_middleware(Pure),
}.items():
    for call in (handler, plain_handler):
        print(name, "and", "async def" if call is handler else "def")
        app = FastAPI()
        add(app)
        app.get("/")(call)
        TestClient(app).get("/")
