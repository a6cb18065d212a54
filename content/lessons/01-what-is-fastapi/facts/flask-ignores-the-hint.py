"""In Flask each of these is a line of yours or an extension."""
# on: Flask==3.1.3
from flask import Flask

app = Flask(__name__)


@app.get("/users/<user_id>")
def get_user(user_id: int):
    return type(user_id).__name__


client = app.test_client()
for path in ("/users/1", "/users/abc", "/openapi.json"):
    answer = client.get(path)
    print(" ", path, answer.status_code, answer.text if answer.status_code == 200 else "")
