"""four users, and len(user.posts) for each, sent five SELECTs"""
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    posts: Mapped[list["Post"]] = relationship()


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


sent: list[str] = []
for people in (4, 400, 1000):
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as db:
        db.add_all(User(posts=[Post(), Post()]) for _ in range(people))
        db.commit()
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: sent.append(sql))
    for name, query in (("lazy", select(User)), ("selectinload", select(User).options(selectinload(User.posts)))):
        sent.clear()
        with Session(engine) as db:
            posts = sum(len(user.posts) for user in db.scalars(query))
        print(f"{people} users, {posts} posts, {name}: {len(sent)} SELECTs")
