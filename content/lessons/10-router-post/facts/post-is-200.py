"""The default status is 200, for POST as for the others."""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()
app.post("/default")(lambda: None)
app.post("/declared", status_code=201)(lambda: None)

client = TestClient(app)
print(client.post("/default").status_code, client.post("/declared").status_code)
