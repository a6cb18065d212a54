"""A handler that raises anything else is a 500"""
import logging

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/boom")
def boom():
    raise ValueError("a detail that no client should read")


client = TestClient(app, raise_server_exceptions=False)
answer = client.get("/boom")
print(answer.status_code, answer.headers["content-type"], answer.text)

with_handler = FastAPI()
with_handler.get("/boom")(boom)
with_handler.exception_handler(Exception)(lambda request, error: JSONResponse({"detail": "Our fault"}, 500))
answer = TestClient(with_handler, raise_server_exceptions=False).get("/boom")
print(answer.status_code, answer.headers["content-type"], answer.text)
try:
    TestClient(with_handler).get("/boom")
except ValueError:
    print("the server still gets the exception, for its log")
