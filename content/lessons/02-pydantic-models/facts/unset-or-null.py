"""left out and sent as null are two different things"""
from pydantic import BaseModel


class UserPatch(BaseModel):
    name: str | None = None
    age: int | None = None


for body in ('{"age": null}', "{}"):
    patch = UserPatch.model_validate_json(body)
    print(body, "->", patch.model_dump(exclude_unset=True), "of", patch.model_dump())
