"""a column that was added to the class was not in the table afterwards, and the first query for it fails"""
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("sqlite:///viva.db")
with engine.begin() as connection:
    connection.execute(text("CREATE TABLE users (id INTEGER PRIMARY KEY)"))  # as it was last year


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    bio: Mapped[str | None]  # new


Base.metadata.create_all(engine)
print("columns:", [each["name"] for each in inspect(engine).get_columns("users")])
try:
    Session(engine).scalars(select(User)).all()
except OperationalError as error:
    print("first query:", error.orig)
