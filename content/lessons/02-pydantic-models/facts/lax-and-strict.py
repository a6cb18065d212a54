"""By default Pydantic is lax"""
from pydantic import BaseModel, ValidationError


class Lax(BaseModel):
    age: int


class Strict(BaseModel, strict=True):
    age: int


for value in (36, "36", 36.0, True, 36.5):
    for model in (Lax, Strict):
        try:
            print(f"{value!r:5} {model.__name__:6} ->", repr(model(age=value).age))
        except ValidationError as error:
            print(f"{value!r:5} {model.__name__:6} ->", error.errors()[0]["type"])
