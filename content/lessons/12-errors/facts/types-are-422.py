"""FastAPI collects every problem of path, query and body into one RequestValidationError and answers 422 before your function is called."""
from fastapi import FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.get("/users/{user_id}")
def get_user(user_id: int, limit: int):
    print("never printed")


client = TestClient(app)
answer = client.get("/users/x?limit=x")
print(answer.status_code, [problem["loc"] for problem in answer.json()["detail"]])
