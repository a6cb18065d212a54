"""A handler that adds a row, and another that counts them"""
from collections.abc import Iterator
from typing import Annotated

from database import Base
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from models import User
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

engine = create_engine("sqlite:///app.db")
Base.metadata.create_all(engine)
app = FastAPI()


def get_db() -> Iterator[Session]:
    with Session(engine) as db:
        yield db


@app.post("/users", status_code=201)
def create(db: Annotated[Session, Depends(get_db)]) -> int:
    user = User(name="Ada", email="ada@example.com", hashed_password="$2b$10$secret")
    db.add(user)
    db.flush()
    return user.id


@app.get("/users")
def count(db: Annotated[Session, Depends(get_db)]) -> int:
    return db.scalar(select(func.count(User.id)))


client = TestClient(app)
print(client.post("/users").status_code, "then", client.get("/users").text, "rows")
