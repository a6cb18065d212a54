"""JSON is answered with 422 and “Field required” for both, though they seem to be there."""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordRequestForm
from fastapi.testclient import TestClient

app = FastAPI()


@app.post("/login")
def login(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> str:
    return form.username


client = TestClient(app)
body = {"username": "ada@example.com", "password": "correct-horse"}
as_json = client.post("/login", json=body)
print("JSON:", as_json.status_code, [(each["loc"], each["msg"]) for each in as_json.json()["detail"]])
print("form:", client.post("/login", data=body).status_code)
