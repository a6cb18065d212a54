"""User.email == value turns into users.email = ?, and the value travels beside it as a parameter."""
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, values, *_: print(" ".join(sql.split()), values))
with Session(engine) as db:
    found = db.scalars(select(User).where(User.email == "x' OR '1'='1")).all()
print("found:", found)
