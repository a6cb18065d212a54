"""Once the app has started, adding one is an error"""
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.testclient import TestClient

app = FastAPI()
with TestClient(app) as client:
    try:
        app.add_middleware(GZipMiddleware)
    except RuntimeError as error:
        print("RuntimeError:", error)
