"""One engine for the process, one session for each request."""

import os
from collections.abc import Iterator

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

# region database.engine
DATABASE_URL = os.getenv("DATABASE_URL", "sqlite:///./viva.db")

# A request may open its session in one thread of the pool and close it in another, which
# SQLite's driver forbids unless told otherwise. Other drivers don't know the option.
is_sqlite = DATABASE_URL.startswith("sqlite")
connect_args = {"check_same_thread": False} if is_sqlite else {}

# Connects when it is first used.
engine = create_engine(DATABASE_URL, connect_args=connect_args)
# endregion

# region database.session_local
SessionLocal = sessionmaker(bind=engine, autoflush=False)
# endregion


# region database.base
class Base(DeclarativeBase):
    """What every model inherits from; `Base.metadata` knows all their tables."""


# endregion


# region database.get_db
def get_db() -> Iterator[Session]:
    """A session for one request, closed when the answer has gone out."""
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


# endregion


# region database.create_all
def create_tables() -> None:
    """Creates the tables that are missing; it never alters one that is there."""
    Base.metadata.create_all(bind=engine)


# endregion
