"""A route that depends on oauth2_scheme and nothing else"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer
from fastapi.testclient import TestClient

app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="login")


@app.get("/salaries")
def salaries(token: Annotated[str, Depends(oauth2_scheme)]) -> dict[str, int]:
    return {"Ada": 4200, "Grace": 5100}


answer = TestClient(app).get("/salaries", headers={"Authorization": "Bearer let-me-in"})
print(answer.status_code, answer.text)
