"""A user who doesn’t exist"""
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

app = FastAPI()
users = {1: "Ada"}


@app.get("/users/{user_id}")
def get_user(user_id: int):
    user = users.get(user_id)
    if user is None:
        return HTTPException(404, "User not found")
    return user


answer = TestClient(app, raise_server_exceptions=False).get("/users/7")
print(answer.status_code, answer.text)
