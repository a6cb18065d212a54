"""a handler for your own error page is registered for Starlette’s HTTPException, which FastAPI’s one inherits from"""
from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException as StarletteHTTPException

print("FastAPI's inherits from it:", issubclass(HTTPException, StarletteHTTPException))
for kind in (HTTPException, StarletteHTTPException):
    app = FastAPI()
    app.get("/here")(lambda: None)
    app.exception_handler(kind)(lambda request, error: PlainTextResponse("our page", error.status_code))
    client = TestClient(app)
    print(kind.__module__, "| 404:", client.get("/nowhere").text, "| 405:", client.post("/here").text)
