"""A field that may be null, in a body that leaves it out"""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Profile(BaseModel):
    name: str
    nickname: str | None


app = FastAPI()


@app.post("/profiles")
def create(profile: Profile) -> Profile:
    return profile


answer = TestClient(app).post("/profiles", json={"name": "Ada"})
print(answer.status_code, answer.text)
