"""Leave the commit out and the row is gone when the session closes."""
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


engine = create_engine("sqlite:///users.db")
Base.metadata.create_all(engine)
with Session(engine) as db:
    db.add(User())
    db.flush()
    print("before close:", db.scalar(select(func.count(User.id))))
with Session(engine) as db:
    print("after close:", db.scalar(select(func.count(User.id))))
