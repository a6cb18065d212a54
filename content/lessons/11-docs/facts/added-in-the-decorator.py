"""What a signature can’t say is added in the decorator"""
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/undeclared")
@app.get("/declared", summary="One user", responses={404: {"description": "No such user"}})
def get_user() -> str:
    """The docstring of the function becomes its description."""
    raise HTTPException(404)


for path, operations in app.openapi()["paths"].items():
    operation = operations["get"]
    print(path, operation["summary"], list(operation["responses"]), operation["description"][:13])
