"""An app with a wrong database address"""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////no/such/folder/app.db")
app = FastAPI()


@app.get("/items")
def items() -> list[str]:
    return ["item1"]


@app.get("/users")
def users() -> int:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT 1"))


client = TestClient(app, raise_server_exceptions=False)
print(client.get("/items").status_code, client.get("/users").status_code)
