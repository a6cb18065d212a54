"""An app without Swagger UI"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI(docs_url=None)

client = TestClient(app)
print(*(client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")))
