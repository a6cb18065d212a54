"""Called a second time on 2.1.9, it sent one PRAGMA per table and no CREATE."""
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)


engine = create_engine("sqlite://")
event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: print("  " + " ".join(sql.split())))
for time in ("first", "second"):
    print(time)
    Base.metadata.create_all(engine)
