"""id: "abc" for id: int raises ResponseValidationError, and the client gets a plain 500."""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel


class UserOut(BaseModel):
    id: int


app = FastAPI()


@app.get("/me")
def me() -> UserOut:
    return {"id": "abc"}


answer = TestClient(app, raise_server_exceptions=False).get("/me")
print(answer.status_code, answer.headers["content-type"], answer.text)
try:
    TestClient(app).get("/me")
except Exception as error:
    print("in the log:", type(error).__name__)
