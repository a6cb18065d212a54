"""Two ways to run code at start-up in one app"""
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.testclient import TestClient

warnings.simplefilter("ignore")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    print("create tables")
    yield


app = FastAPI(lifespan=lifespan)


@app.on_event("startup")
def seed() -> None:
    print("add people")


with TestClient(app):
    print("first request")
