"""Until 0.122.0 HTTPBearer and the API key classes answered 403"""
# on: fastapi==0.121.3 httpx==0.27.2
# on: fastapi==0.122.0 httpx==0.27.2
from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader, HTTPBearer, OAuth2PasswordBearer
from fastapi.testclient import TestClient

for scheme in (HTTPBearer(), APIKeyHeader(name="X-Key"), OAuth2PasswordBearer(tokenUrl="login")):
    app = FastAPI()
    app.get("/", dependencies=[Depends(scheme)])(lambda: None)
    print(" ", type(scheme).__name__, TestClient(app).get("/").status_code)
