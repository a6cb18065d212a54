"""detail may be any value that turns into JSON, a dict or a list as well as a text"""
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/users/{user_id}")
def get_user(user_id: int):
    raise HTTPException(404, {"code": "user_not_found", "id": user_id})


print(TestClient(app).get("/users/7").text)
