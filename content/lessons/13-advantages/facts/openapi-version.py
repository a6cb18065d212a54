"""The document at /openapi.json is OpenAPI 3.1."""
from fastapi import FastAPI

print(FastAPI().openapi()["openapi"])
