"""the response model reads attributes by itself"""
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, ValidationError


class Row:
    """Stands for a SQLAlchemy object: attributes, no keys."""

    name = "Ada"


class UserOut(BaseModel):  # without from_attributes=True
    name: str


app = FastAPI()


@app.get("/me")
def me() -> UserOut:
    return Row()


print("as a response model:", TestClient(app).get("/me").text)
try:
    UserOut.model_validate(Row())
except ValidationError as error:
    print("in your own code:", error.errors()[0]["type"])
print("with from_attributes=True:", UserOut.model_validate(Row(), from_attributes=True))
