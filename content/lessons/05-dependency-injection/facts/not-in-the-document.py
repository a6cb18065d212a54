"""db appears nowhere in /openapi.json"""
from typing import Annotated

from fastapi import Depends, FastAPI


def get_db(tenant: str) -> object: ...


app = FastAPI()


@app.get("/users/{user_id}")
def get_user(user_id: int, db: Annotated[object, Depends(get_db)]): ...


parameters = app.openapi()["paths"]["/users/{user_id}"]["get"]["parameters"]
print("documented:", [(each["in"], each["name"]) for each in parameters])
