"""Two look-ups of one row in one session"""
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as db:
    db.add(User(id=1, name="Ada"))
    db.commit()

sent: list[str] = []
event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: sent.append(sql))

with Session(engine) as db:
    one = db.get(User, 1)
    other = db.get(User, 1)
    print("the same object:", one is other, "statements:", len(sent))
