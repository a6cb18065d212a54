"""create_all before the model is known"""
from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("sqlite:///app.db")


class Base(DeclarativeBase): ...


Base.metadata.create_all(engine)


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


print(inspect(engine).get_table_names())
