"""A column that was added to the class"""
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("sqlite:///app.db")
with engine.begin() as connection:  # as last year's version of the app left it
    connection.execute(text("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR)"))


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    bio: Mapped[str | None]


Base.metadata.create_all(engine)
print([column["name"] for column in inspect(engine).get_columns("users")])
