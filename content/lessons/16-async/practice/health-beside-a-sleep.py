"""A slow route, and one for health checks"""
import time

from fastapi import FastAPI
from in_process import in_order_of_answers

app = FastAPI()


@app.get("/report")
async def report():
    time.sleep(0.5)
    return "done"


@app.get("/health")
async def health():
    return "fine"


# Both are sent at once, the report first.
print(in_order_of_answers(app, "/report", "/health"))
