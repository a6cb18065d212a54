"""Two calls to other services in one handler"""
import asyncio

from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


async def call(service: str, log: list[str]):
    log.append(f"{service} begins")
    await asyncio.sleep(0.01)
    log.append(f"{service} ends")


@app.get("/")
async def both():
    log: list[str] = []
    await call("prices", log)
    await call("stock", log)
    return log


print(TestClient(app).get("/").json())
