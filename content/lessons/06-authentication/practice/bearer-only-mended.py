"""The same route behind a dependency that checks the token"""
from typing import Annotated

from auth import get_current_user
from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer
from fastapi.testclient import TestClient
from models import User

app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="login")


@app.get("/salaries")
def salaries(user: Annotated[User, Depends(get_current_user)]) -> dict[str, int]:
    return {"Ada": 4200, "Grace": 5100}


answer = TestClient(app).get("/salaries", headers={"Authorization": "Bearer let-me-in"})
print(answer.status_code, answer.text)
