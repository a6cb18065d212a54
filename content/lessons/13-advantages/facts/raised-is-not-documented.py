"""what a handler raises is documented only where someone typed it"""
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/typed", responses={404: {"description": "No such user"}})
@app.get("/users/{user_id}")
def get_user(user_id: int = 0) -> str:
    raise HTTPException(404)


for path, operations in app.openapi()["paths"].items():
    print(path, *operations["get"]["responses"])
