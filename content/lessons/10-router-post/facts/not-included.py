"""Before that, a POST to the path was 404 on FastAPI 0.165.0."""
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
router = APIRouter(prefix="/users")


@router.post("/")
def create_user(): ...


client = TestClient(app)
print("not included:", client.post("/users/").status_code)
app.include_router(router, prefix="/v1")
print("included under /v1:", client.post("/v1/users/").status_code, "and /users/:", client.post("/users/").status_code)
