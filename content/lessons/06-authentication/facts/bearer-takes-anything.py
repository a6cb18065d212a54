"""it passes on whatever comes after Bearer"""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/")
def read(token: Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="login"))]) -> str:
    return token


client = TestClient(app)
for header in ("Bearer x", "Bearer not a token at all", "Basic x"):
    answer = client.get("/", headers={"Authorization": header})
    print(f"{header!r}: {answer.status_code} {answer.text}")
