"""A router with a prefix"""
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
router = APIRouter(prefix="/users")


@router.post("/users/")
def create_user():
    return "created"


app.include_router(router)
for path in ("/users/", "/users/users/"):
    print(path, TestClient(app).post(path).status_code)
