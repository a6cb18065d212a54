"""an except that swallows it turns even a 404 into a 500"""
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient


def get_db():
    try:
        yield "session"
    except Exception:
        pass  # and no raise


app = FastAPI()


@app.get("/")
def read(db: Annotated[str, Depends(get_db)]):
    raise HTTPException(404)


print(TestClient(app, raise_server_exceptions=False).get("/").status_code)
try:
    TestClient(app).get("/")
except Exception as error:
    print(type(error).__name__ + ":", str(error).split(".")[0])
