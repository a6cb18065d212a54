"""without a response model the client gets 200 and the exception’s attributes as JSON"""
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient
from pydantic import BaseModel


class UserOut(BaseModel):
    name: str


app = FastAPI()


@app.get("/no-model")
def no_model():
    return HTTPException(404, "User not found")


@app.get("/model", response_model=UserOut)
def model():
    return HTTPException(404, "User not found")


@app.delete("/no-content", status_code=204)
def no_content():
    return HTTPException(404, "User not found")


client = TestClient(app, raise_server_exceptions=False)
for answer in (client.get("/no-model"), client.get("/model"), client.delete("/no-content")):
    print(answer.request.url.path, answer.status_code, answer.text)
