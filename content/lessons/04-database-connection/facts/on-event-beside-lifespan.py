"""in an app that has a lifespan it is silently never called"""
import warnings
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.testclient import TestClient


@asynccontextmanager
async def lifespan(app: FastAPI):
    print("lifespan: start")
    yield
    print("lifespan: end")


for name, app in {"without a lifespan": FastAPI(), "beside one": FastAPI(lifespan=lifespan)}.items():
    print(name)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        app.on_event("startup")(lambda: print("on_event: start"))
    print("warned with:", caught[0].category.__name__)
    with TestClient(app):
        pass
