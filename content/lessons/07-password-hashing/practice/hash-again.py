"""A login that hashes the attempt and compares the texts"""
from auth import hash_password
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

app = FastAPI()
stored = hash_password("correct-horse")


@app.post("/login")
def login(password: str) -> str:
    if hash_password(password) != stored:
        raise HTTPException(401, "Incorrect password")
    return "welcome"


answer = TestClient(app).post("/login", params={"password": "correct-horse"})
print(answer.status_code, answer.text)
