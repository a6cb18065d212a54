"""Raising HTTPException in it does not work the same way"""
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient


def app_with(refuse) -> TestClient:
    app = FastAPI()

    @app.middleware("http")
    async def need_a_key(request, call_next):
        return refuse()

    return TestClient(app, raise_server_exceptions=False)


def raising():
    raise HTTPException(401)


print("raised:", app_with(raising).get("/").status_code)
print("returned:", app_with(lambda: JSONResponse({"detail": "No key"}, 401)).get("/").status_code)
