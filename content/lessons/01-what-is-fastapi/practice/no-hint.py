"""A path parameter without an annotation"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
names = {1: "Ada", 2: "Grace"}


@app.get("/users/{user_id}")
def get_user(user_id) -> str:
    return names.get(user_id, "nobody")


answer = TestClient(app).get("/users/1")
print(answer.status_code, answer.text)
