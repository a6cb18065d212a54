"""A POST from a foreign origin was answered 200 by FastAPI 0.165.0 and its handler ran"""
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.testclient import TestClient

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://ours.example"], allow_methods=["*"])


@app.post("/users/")
def create():
    print("the handler ran")


client = TestClient(app)
foreign = {"Origin": "https://theirs.example"}
answer = client.post("/users/", headers=foreign)
print("POST:", answer.status_code, answer.headers.get("access-control-allow-origin"))
preflight = client.options("/users/", headers=foreign | {"Access-Control-Request-Method": "PUT"})
print("preflight:", preflight.status_code, preflight.text)
