"""create_all at each start of the app"""
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("sqlite:///app.db")


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


def start() -> None:
    Base.metadata.create_all(engine)
    with Session(engine) as db:
        db.add(User())
        db.commit()


start()
start()
with Session(engine) as db:
    print(db.scalar(select(func.count(User.id))), "rows")
