"""FastAPI(openapi_url=None) turns the document off, and both pages with it: all three were 404."""
from fastapi import FastAPI
from fastapi.testclient import TestClient

for settings in ({}, {"openapi_url": None}, {"docs_url": None}):
    client = TestClient(FastAPI(**settings))
    print(settings, {path: client.get(path).status_code for path in ("/openapi.json", "/docs", "/redoc")})
