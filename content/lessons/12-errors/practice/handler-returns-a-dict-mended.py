"""A handler for an error of the service"""
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient


class EmailTaken(Exception):
    """Raised by a service that knows nothing of HTTP."""


app = FastAPI()


@app.exception_handler(EmailTaken)
def email_taken(request, error):
    return JSONResponse({"detail": "Email already registered"}, 409)


@app.post("/users/")
def create_user():
    raise EmailTaken


answer = TestClient(app, raise_server_exceptions=False).post("/users/")
print(answer.status_code, answer.text)
