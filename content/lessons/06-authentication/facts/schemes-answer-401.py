"""all four that were tried, OAuth2PasswordBearer, HTTPBearer, HTTPBasic and APIKeyHeader, gave 401 with a WWW-Authenticate header"""
from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBearer, OAuth2PasswordBearer
from fastapi.testclient import TestClient

schemes = [OAuth2PasswordBearer(tokenUrl="login"), HTTPBearer(), HTTPBasic(), APIKeyHeader(name="X-Key")]
for scheme in schemes:
    app = FastAPI()
    app.get("/", dependencies=[Depends(scheme)])(lambda: None)
    answer = TestClient(app).get("/")
    print(type(scheme).__name__, answer.status_code, answer.headers.get("www-authenticate"))
