"""Records what Python's validators return for the inputs of inputs.py and edges.py.

In the virtual environment of original/project: `python original/validators/make.py`.
"""

import json
import random
import sys
import unicodedata
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, EmailStr, Field, TypeAdapter, ValidationError

HERE = Path(__file__).parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "project"))

from schemas import UserCreate, UserPatch, UserUpdate  # noqa: E402

from edges import EDGE_BYTES, EDGE_EMAILS, EDGE_INTEGERS, EDGE_JSON_TEXTS  # noqa: E402
from inputs import BODIES, EMAILS, INTEGERS, JSON_TEXTS  # noqa: E402

dice = random.Random(17)


def mutate(text: str, alphabet: str) -> str:
    """The text after one to three changes: a character removed or inserted, or the end cut off."""
    characters = list(text)
    for _ in range(dice.choice([1, 1, 2, 3])):
        move = dice.random()
        if characters and move < 0.35:
            del characters[dice.randrange(len(characters))]
        elif move < 0.9:
            characters.insert(dice.randint(0, len(characters)), dice.choice(alphabet))
        elif characters:
            characters = characters[: dice.randrange(len(characters))]
    return "".join(characters)


def dump(value: object) -> str:
    """JSON as Starlette writes it; ValueError where that fails, as for a lone surrogate."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode().decode()


def decoded_answer(data: bytes) -> str | None:
    """The text in UTF-16, since lone surrogates can't be written as JSON."""
    try:
        text = data.decode(json.detect_encoding(data), "surrogatepass")
        return text.encode("utf-16-le", "surrogatepass").hex()
    except ValueError:
        return None


def json_answer(text: str) -> dict[str, object]:
    try:
        return {"json": dump(json.loads(text.encode()))}
    except json.JSONDecodeError as error:
        return {"msg": error.msg, "pos": error.pos}
    except ValueError:
        return {"no_json": True}


def email_answer(text: str) -> dict[str, object]:
    try:
        return {"email": TypeAdapter(EmailStr).validate_python(text)}
    except ValidationError as error:
        return {"reason": error.errors()[0]["ctx"]["reason"]}


def integer_answer(text: str) -> dict[str, object]:
    age = TypeAdapter(Annotated[int, Field(ge=13, le=120)])
    try:
        return {"value": age.validate_python(json.loads(text))}
    except ValidationError as error:
        return {"type": error.errors()[0]["type"], "msg": error.errors()[0]["msg"]}


def body_answer(model: type[BaseModel], text: str) -> dict[str, object]:
    try:
        body = TypeAdapter(model).validate_python(
            json.loads(text), from_attributes=True
        )
        unset = model is UserPatch
        return {"value": body.model_dump(exclude_unset=unset)}
    except ValidationError as error:
        errors = error.errors(include_url=False)
        for each in errors:
            each["loc"] = ["body", *each["loc"]]
            if "error" in each.get("ctx", {}):
                each["ctx"] = {"error": {}}
        return {"errors": dump(errors)}


def write(name: str, answers: object) -> None:
    text = json.dumps(answers, ensure_ascii=True, indent=1)
    (HERE / f"{name}.generated.json").write_text(text + "\n")


more_json = [mutate(text, '{}[]",:\\u0123.-+e \n😀') for text in JSON_TEXTS * 12]
more_emails = [
    mutate(text, 'ab.@-_ "<>[]\\,:é\u0301😀\u200b()1ß。א') for text in EMAILS * 6
]
MODELS = {"UserCreate": UserCreate, "UserUpdate": UserUpdate, "UserPatch": UserPatch}

write(
    "json-texts",
    [{"text": text, "answer": json_answer(text)} for text in JSON_TEXTS + more_json + EDGE_JSON_TEXTS],
)
write(
    "emails",
    [{"text": text, "answer": email_answer(text)} for text in EMAILS + more_emails + EDGE_EMAILS],
)
write(
    "integers",
    [{"text": text, "answer": integer_answer(text)} for text in INTEGERS + EDGE_INTEGERS],
)
write(
    "decoded-bytes",
    {data.hex(): decoded_answer(data) for data in EDGE_BYTES},
)
NAMES = HERE.parents[1] / "server" / "fastapi" / "validation" / "email" / "character-names.json"
shown_by_name = {
    f"{point:04X}": unicodedata.name(chr(point))
    for point in range(0x110000)
    if unicodedata.category(chr(point)) in ("Mn", "Mc", "Me", "Zs", "Zl", "Zp", "Cf")
}
NAMES.write_text(json.dumps(shown_by_name, indent=2) + "\n")
write(
    "bodies",
    [
        {"model": name, "text": text, "answer": body_answer(model, text)}
        for name, model in MODELS.items()
        for text in BODIES
    ],
)
