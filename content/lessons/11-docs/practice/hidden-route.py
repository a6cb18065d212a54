"""A route for health checks"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/health", include_in_schema=False)
def health():
    return "fine"


client = TestClient(app)
print(list(client.get("/openapi.json").json()["paths"]), client.get("/health").status_code)
