"""The decorator registers the function and returns it unchanged"""
from fastapi import APIRouter

router = APIRouter()


def create_user(name: str) -> str:
    return f"created {name}"


decorated = router.post("/users/")(create_user)
print("the same function:", decorated is create_user)
print(decorated("Ada"))
