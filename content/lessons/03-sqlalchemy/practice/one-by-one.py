"""Three users, and the posts of each"""
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as db:
    db.add_all([User(posts=[Post(), Post()]), User(posts=[Post()]), User(posts=[])])
    db.commit()

selects: list[str] = []
event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: selects.append(sql))

with Session(engine) as db:
    users = db.scalars(select(User)).all()
    posts = sum(len(user.posts) for user in users)

print(posts, "posts,", len(selects), "SELECTs")
