"""FastAPI answers the one without the slash with a redirect, 307, which keeps method and body."""
from fastapi import Body, FastAPI
from fastapi.testclient import TestClient

app = FastAPI()


@app.post("/users/")
def create_user(name: str = Body(embed=True)) -> str:
    return f"created {name}"


client = TestClient(app)
first = client.post("/users", json={"name": "Ada"}, follow_redirects=False)
print(first.status_code, first.headers["location"], repr(first.text))
print(client.post("/users", json={"name": "Ada"}).text, "when the client follows")
