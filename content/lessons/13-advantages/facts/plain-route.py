"""Starlette is underneath and does less, so a route that validates nothing is faster there."""
import asyncio
from time import perf_counter

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

fastapi = FastAPI()


@fastapi.get("/")
async def fastapi_route():
    return {"name": "Ada"}


async def starlette_route(request):
    return JSONResponse({"name": "Ada"})


starlette = Starlette(routes=[Route("/", starlette_route)])


async def receive():
    return {"type": "http.request", "body": b"", "more_body": False}


async def send(message): ...


async def fastest(app) -> float:
    """Seconds of the fastest of many calls, without client and server."""
    seconds = []
    for _ in range(300):
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
        began = perf_counter()
        await app(scope, receive, send)
        seconds.append(perf_counter() - began)
    return min(seconds)


async def main() -> None:
    print("Starlette is faster:", await fastest(starlette) < await fastest(fastapi))


print("the same answer:", TestClient(starlette).get("/").text == TestClient(fastapi).get("/").text)
asyncio.run(main())
