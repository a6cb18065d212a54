"""A middleware that asks for a key"""
from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

app = FastAPI()
app.get("/")(lambda: "hello")


@app.middleware("http")
async def need_key(request, call_next):
    if "X-Key" not in request.headers:
        raise HTTPException(401, "No key")
    return await call_next(request)


answer = TestClient(app, raise_server_exceptions=False).get("/")
print(answer.status_code, answer.text)
