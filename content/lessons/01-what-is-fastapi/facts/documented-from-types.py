"""what follows from the types can’t drift; what a handler raises is not among it"""
from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/users/{user_id}")
def get_user(user_id: int) -> str:
    raise HTTPException(404, "User not found")


operation = app.openapi()["paths"]["/users/{user_id}"]["get"]
print("documented parameter:", operation["parameters"][0]["schema"]["type"])
print("documented statuses:", *operation["responses"])
