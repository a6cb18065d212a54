"""names the methods of the first route that fits the path"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
app.post("/users/")(lambda: None)
app.get("/users/")(lambda: None)

answer = TestClient(app).delete("/users/")
print(answer.status_code, "Allow:", answer.headers["allow"])
