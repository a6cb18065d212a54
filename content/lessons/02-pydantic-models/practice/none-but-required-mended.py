"""The same field with a default"""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Profile(BaseModel):
    name: str
    nickname: str | None = None


app = FastAPI()


@app.post("/profiles")
def create(profile: Profile) -> Profile:
    return profile


answer = TestClient(app).post("/profiles", json={"name": "Ada"})
print(answer.status_code, answer.text)
