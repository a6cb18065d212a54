"""The people that a new database starts with."""

import os

from sqlalchemy import func, select

from auth import hash_password
from database import SessionLocal
from models import User
from schemas import UserCreate

# region seed.people
PEOPLE = [
    UserCreate(
        name="Ada Lovelace",
        email="ada@example.com",
        password="analytical-engine",
        age=36,
        bio="Wrote the first program.",
    ),
    UserCreate(
        name="Grace Hopper",
        email="grace@example.com",
        password="compiler-pioneer",
        age=85,
    ),
    UserCreate(
        name="Alan Turing",
        email="alan@example.com",
        password="enigma-breaker",
        bio="Asked whether machines can think.",
    ),
]
# endregion


def seed_people() -> None:
    """Adds the people to an empty table, unless SEED=0 says not to."""
    if os.getenv("SEED", "1") == "0":
        return
    with SessionLocal() as db:
        if db.scalar(select(func.count()).select_from(User)):
            return
        for person in PEOPLE:
            fields = person.model_dump(exclude={"password"})
            db.add(User(**fields, hashed_password=hash_password(person.password)))
        db.commit()
