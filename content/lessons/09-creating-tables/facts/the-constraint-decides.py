"""The unique constraint of the table decides"""
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)


engine = create_engine("sqlite:///viva.db")
Base.metadata.create_all(engine)
query = select(User).where(User.email == "ada@example.com")
one, other = Session(engine), Session(engine)
print("both look first:", one.scalar(query), other.scalar(query))
one.rollback(), other.rollback()
one.add(User(email="ada@example.com"))
one.commit()
other.add(User(email="ada@example.com"))
try:
    other.commit()
except IntegrityError as error:
    print("the second insert:", error.orig)
