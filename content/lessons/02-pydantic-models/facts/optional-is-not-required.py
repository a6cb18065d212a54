"""A hint of str | None says nothing about leaving it out"""
from pydantic import BaseModel, ValidationError


class Loose(BaseModel):
    nickname: str | None


class Optional(BaseModel):
    nickname: str | None = None


print("with a default:", Optional())
try:
    Loose()
except ValidationError as error:
    print("without one:", error.errors()[0]["type"])
