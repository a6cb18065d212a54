"""with EmailStr in the output model, one bad address in the table makes the whole list a 500; with str it is sent"""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, EmailStr


class Strict(BaseModel):
    email: EmailStr


class Loose(BaseModel):
    email: str


app = FastAPI()
rows = [{"email": "ada@example.com"}, {"email": "grace at example.com"}]
app.get("/strict", response_model=list[Strict])(lambda: rows)
app.get("/loose", response_model=list[Loose])(lambda: rows)

client = TestClient(app, raise_server_exceptions=False)
print("EmailStr:", client.get("/strict").status_code)
print("str:", client.get("/loose").status_code, client.get("/loose").json())
