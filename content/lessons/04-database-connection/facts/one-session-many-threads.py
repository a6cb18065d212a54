"""most commits failed, with IllegalStateChangeError and PendingRollbackError"""
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


engine = create_engine("sqlite:///users.db")
Base.metadata.create_all(engine)
db = Session(engine)  # one for everybody


def write(_: int) -> str:
    try:
        db.add(User())
        db.commit()
        return "written"
    except Exception as error:
        return type(error).__name__


seen: set[str] = set()
with ThreadPoolExecutor(8) as threads:
    for _ in range(200):  # Which of the two comes first is up to the threads.
        seen.update(threads.map(write, range(40)))
        if {"IllegalStateChangeError", "PendingRollbackError"} <= seen:
            break
print(*sorted(each for each in seen if each in ("IllegalStateChangeError", "PendingRollbackError")), sep="\n")
