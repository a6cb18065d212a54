"""A plain string as SQL is refused there with ArgumentError until it is wrapped in text()."""
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

with Session(create_engine("sqlite://")) as db:
    try:
        db.execute("SELECT 1")
    except ArgumentError as error:
        print("a string:", type(error).__name__)
    print("text():", db.execute(text("SELECT 1")).scalar())
