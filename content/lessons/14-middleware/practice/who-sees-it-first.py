"""Two middlewares"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
seen = []


@app.middleware("http")
async def first(request, call_next):
    seen.append("A")
    return await call_next(request)


@app.middleware("http")
async def second(request, call_next):
    seen.append("B")
    return await call_next(request)


TestClient(app).get("/")
print(seen)
