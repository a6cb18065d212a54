"""a second db.get(User, 1) in one session sends nothing and returns the very same object."""
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    age: Mapped[int]


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as db:
    db.add(User(id=1, name="Ada", age=36))
    db.commit()
event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, values, *_: print("  " + " ".join(sql.split()), values))

with Session(engine) as db:
    print("get")
    ada = db.get(User, 1)
    print("get again: same object:", db.get(User, 1) is ada)
    ada.age = 37
    print("commit")
    db.commit()
    print("look at it after the commit")
    ada.name
    print("get once more:", db.get(User, 1) is ada)
    del ada
    print("get, with nothing that refers to it")
    db.get(User, 1)
