"""Empty metadata is not an error, so there is no message."""
from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase): ...


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)  # before anybody imported models.py
print("tables:", inspect(engine).get_table_names())
