"""A session that cleans up after a failure"""
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from fastapi.testclient import TestClient

app = FastAPI()


def get_db():
    try:
        yield "session"
    except Exception:
        raise


@app.get("/users/7")
def read(db: Annotated[str, Depends(get_db)]):
    raise HTTPException(404)


answer = TestClient(app, raise_server_exceptions=False).get("/users/7")
print(answer.status_code, answer.text)
