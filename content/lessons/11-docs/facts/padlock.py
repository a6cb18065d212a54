"""FastAPI walks the tree of dependencies, finds the security scheme, and notes it on each path operation that reaches it."""
from typing import Annotated

from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer


def current_user(token: Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="login"))]) -> str: ...


app = FastAPI()
app.get("/items")(lambda: None)


@app.get("/me")
def me(user: Annotated[str, Depends(current_user)]): ...


for path, operations in app.openapi()["paths"].items():
    print(path, operations["get"].get("security"))
