"""What a handler raises doesn’t follow from the types, so it is documented only where someone wrote it down."""
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/users/{user_id}")
def get_user(user_id: int) -> str:
    raise HTTPException(404, "User not found")


operation = app.openapi()["paths"]["/users/{user_id}"]["get"]
print("documented parameter:", operation["parameters"][0]["schema"]["type"])
print("documented statuses:", *operation["responses"])
