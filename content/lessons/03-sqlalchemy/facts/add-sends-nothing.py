"""after add() none had been sent, and no connection was even taken from the pool"""
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
event.listen(engine, "checkout", lambda *_: print("  connection taken"))
event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: print("  " + sql.split(" (")[0]))

with Session(engine) as db:
    print("add()")
    db.add(User(name="Ada"))
    print("commit()")
    db.commit()
