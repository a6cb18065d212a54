"""routing, middleware and responses come from Starlette, validation and serialization from Pydantic"""
from fastapi import APIRouter, FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from pydantic import BaseModel


class Item(BaseModel):
    price: int


app = FastAPI()


@app.post("/items")
def create_item(item: Item) -> Item:
    return item


def origin(cls: type) -> str:
    return next(c for c in cls.__mro__ if not c.__module__.startswith("fastapi")).__module__


for cls in (APIRouter, APIRoute, CORSMiddleware, Response):
    print(f"{cls.__name__}: {origin(cls)}")
route = app.routes[-1]
print("validates:", type(route.body_field._type_adapter).__module__)
print("serializes:", type(route.response_field._type_adapter.serializer).__module__)
