"""Two look-ups of one row in one session"""
from database import SessionLocal, create_tables, engine
from models import User
from seed import seed_people
from sqlalchemy import event

create_tables()
seed_people()
sent: list[str] = []
event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: sent.append(sql))

with SessionLocal() as db:
    one = db.get(User, 1)
    other = db.get(User, 1)
    print("the same object:", one is other, "statements:", len(sent))
