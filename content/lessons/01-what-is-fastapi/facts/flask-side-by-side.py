"""Measured side by side, one process each"""
# measured
# on: fastapi==0.165.0 starlette==1.10.0 pydantic==2.14.4 uvicorn[standard]==0.54.0 Flask==3.1.3 gunicorn==27.0.1
import asyncio
import time

from fastapi import FastAPI
from flask import Flask, request
from measure import compare, get, post
from pydantic import BaseModel, Field

api = FastAPI()
web = Flask(__name__)


class Person(BaseModel):
    name: str = Field(max_length=50)
    age: int = Field(ge=13)


@api.get("/items")
async def api_items() -> list[str]:
    return ["item1", "item2"]


@web.get("/items")
def web_items():
    return ["item1", "item2"]


@api.post("/people")
async def api_people(person: Person) -> Person:
    return person


@api.post("/people/def")
def api_people_in_a_thread(person: Person) -> Person:
    return person


@web.post("/people")
@web.post("/people/def")
def web_people():
    return Person.model_validate_json(request.data).model_dump()


@api.get("/wait")
async def api_wait() -> str:
    await asyncio.sleep(0.2)
    return "done"


@web.get("/wait")
def web_wait():
    time.sleep(0.2)
    return "done"


if __name__ == "__main__":
    ada = '{"name": "Ada", "age": 36}'
    compare(
        __file__,
        [
            ("1000 × GET /items", get("/items"), 4, 250),
            ("1000 × POST /people", post("/people", ada), 4, 250),
            ("1000 × POST /people/def", post("/people/def", ada), 4, 250),
            ("100 × GET /wait, all at once", get("/wait"), 100, 1),
        ],
    )
