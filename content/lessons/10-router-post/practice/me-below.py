"""Two routes that fit one path"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/users/{user_id}")
def get_user(user_id: int):
    return f"user {user_id}"


@app.get("/users/me")
def read_me():
    return "Ada herself"


answer = TestClient(app).get("/users/me")
print(answer.status_code, answer.text)
