"""After a failed commit it refuses every further statement with PendingRollbackError until rollback() is called."""
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as db:
    db.add_all([User(email="ada@example.com"), User(email="ada@example.com")])
    try:
        db.commit()
    except IntegrityError as error:
        print("commit:", type(error).__name__)
    try:
        db.scalars(select(User)).all()
    except PendingRollbackError as error:
        print("next query:", type(error).__name__)
    db.rollback()
    print("after rollback():", db.scalars(select(User)).all())
