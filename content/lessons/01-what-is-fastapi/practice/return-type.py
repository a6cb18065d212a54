"""A handler that returns a text where the annotation says int"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/age")
def age() -> int:
    return "36"


answer = TestClient(app, raise_server_exceptions=False).get("/age")
print(answer.status_code, answer.text)
