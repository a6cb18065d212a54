"""It runs before each of them, and its refusal is the answer."""
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient


def check():
    raise HTTPException(403)


router = APIRouter(dependencies=[Depends(check)])
router.get("/one")(lambda: print("never printed"))
router.get("/two")(lambda: print("never printed"))
app = FastAPI()
app.include_router(router)

client = TestClient(app)
print(client.get("/one").status_code, client.get("/two").status_code)
