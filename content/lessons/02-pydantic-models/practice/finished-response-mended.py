"""The same route, which leaves the response to FastAPI"""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel


class UserOut(BaseModel):
    name: str


app = FastAPI()
ada = {"name": "Ada", "hashed_password": "$2b$10$secret"}


@app.get("/me", response_model=UserOut)
def me():
    return ada


print(TestClient(app).get("/me").text)
