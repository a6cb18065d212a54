"""A single route is left out with include_in_schema=False; it still answers."""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
app.get("/health", include_in_schema=False)(lambda: "fine")

print("documented:", list(app.openapi()["paths"]))
print("asked:", TestClient(app).get("/health").status_code)
