"""A handler that loads a user"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


async def load_user(user_id: int):
    return {"id": user_id, "name": "Ada"}


@app.get("/users/{user_id}/name")
async def read_name(user_id: int):
    user = load_user(user_id)
    return user["name"]


answer = TestClient(app, raise_server_exceptions=False).get("/users/1/name")
print(answer.status_code, answer.text)
