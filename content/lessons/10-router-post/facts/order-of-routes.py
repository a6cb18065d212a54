"""With the order reversed, /users/me was 422 on 0.165.0: “me” isn’t an integer."""
from fastapi import FastAPI
from fastapi.testclient import TestClient

for order in (("/users/me", "/users/{user_id}"), ("/users/{user_id}", "/users/me")):
    app = FastAPI()
    for path in order:
        if path == "/users/me":
            app.get(path)(lambda: "Ada herself")
        else:

            @app.get(path)
            def get_user(user_id: int) -> str:
                return f"user {user_id}"

    answer = TestClient(app).get("/users/me")
    print(*order, "->", answer.status_code)
