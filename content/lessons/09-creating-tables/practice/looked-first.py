"""Two requests that both look before they insert"""
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)


engine = create_engine("sqlite:///app.db")
Base.metadata.create_all(engine)
taken = select(User).where(User.email == "ada@example.com")

with Session(engine) as one, Session(engine) as other:
    free = one.scalar(taken) is None, other.scalar(taken) is None
    for db in (one, other):
        db.rollback()
        db.add(User(email="ada@example.com"))
        db.commit()
    print("free:", *free, "rows:", one.scalar(select(func.count(User.id))))
