"""A row that was flushed and not committed"""
from database import SessionLocal, create_tables
from models import User
from sqlalchemy import func, select

create_tables()

with SessionLocal() as db:
    db.add(User(name="Ada", email="ada@example.com", hashed_password="$2b$10$secret"))
    db.flush()
    inside = db.scalar(select(func.count(User.id)))

with SessionLocal() as db:
    afterwards = db.scalar(select(func.count(User.id)))

print("inside:", inside, "afterwards:", afterwards)
