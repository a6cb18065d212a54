"""The same row, committed"""
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("sqlite:///app.db")
Base.metadata.create_all(engine)

with Session(engine) as db:
    db.add(User(name="Ada"))
    db.commit()
    inside = db.scalar(select(func.count(User.id)))

with Session(engine) as db:
    print("inside:", inside, "afterwards:", db.scalar(select(func.count(User.id))))
