"""a finished response is passed on untouched"""
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel


class UserOut(BaseModel):
    name: str


app = FastAPI()


@app.get("/me", response_model=UserOut)
def me():
    return JSONResponse({"name": "Ada", "hashed_password": "$2b$10$secret"})


print(TestClient(app).get("/me").text)
