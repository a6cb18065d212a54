"""The same login, which verifies with the stored salt"""
from auth import hash_password, verify_password
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

app = FastAPI()
stored = hash_password("correct-horse")


@app.post("/login")
def login(password: str) -> str:
    if not verify_password(password, stored):
        raise HTTPException(401, "Incorrect password")
    return "welcome"


answer = TestClient(app).post("/login", params={"password": "correct-horse"})
print(answer.status_code, answer.text)
