"""A handler that raises"""
from fastapi import FastAPI, HTTPException

app = FastAPI()
users = {1: "Ada"}


@app.get("/users/{user_id}")
def get_user(user_id: int):
    if user_id not in users:
        raise HTTPException(404, "User not found")
    return users[user_id]


operation = app.openapi()["paths"]["/users/{user_id}"]["get"]
print(list(operation["responses"]))
