"""FastAPI 0.165.0 refuses a pydantic.v1 model with PydanticV1NotSupportedError when the route is declared."""
import warnings

warnings.simplefilter("ignore")

from fastapi import FastAPI
from pydantic.v1 import BaseModel

app = FastAPI()


class Old(BaseModel):
    name: str


try:

    @app.post("/users/")
    def create(user: Old) -> None: ...

except Exception as error:
    print(type(error).__name__)
