"""Mapped[str] is NOT NULL, Mapped[str | None] is not"""
from sqlalchemy import create_mock_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    nickname: Mapped[str | None]


engine = create_mock_engine("sqlite://", lambda sql, *_: print(sql.compile(dialect=engine.dialect)))
Base.metadata.create_all(engine, checkfirst=False)
