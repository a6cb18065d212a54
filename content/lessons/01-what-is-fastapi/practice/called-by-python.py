"""One function, called by Python and by FastAPI"""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/double/{x}")
def double(x: int) -> int:
    return x * 2


print("Python:", double("2"))
print("FastAPI:", TestClient(app).get("/double/2").json())
