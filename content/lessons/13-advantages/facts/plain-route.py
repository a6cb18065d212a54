"""Starlette is underneath and does less, so a route that validates nothing is faster there."""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from in_process import is_faster
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

print("the same answer:", TestClient(starlette).get("/").text == TestClient(fastapi).get("/").text)
print("Starlette is faster:", is_faster(starlette, fastapi, calls=300))
