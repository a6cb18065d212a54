"""made at the first request for the document, kept, and made again after a route was added"""
from fastapi import FastAPI

app = FastAPI()
app.get("/one")(lambda: None)
first = app.openapi()
print("kept:", app.openapi() is first)
app.get("/two")(lambda: None)
print("after another route:", list(app.openapi()["paths"]))
