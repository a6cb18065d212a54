"""A route behind HTTPBearer, called without a header"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/me")
def me(sent: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> str:
    return sent.credentials


answer = TestClient(app).get("/me")
print(answer.status_code, answer.text)
