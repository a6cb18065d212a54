"""A session is as lazy: it takes a connection with its first statement."""
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

engine = create_engine("sqlite:///viva.db")
with Session(engine) as db:
    print("opened:", engine.pool.checkedout(), "connections in use")
    db.execute(text("SELECT 1"))
    print("after a statement:", engine.pool.checkedout())
print("closed:", engine.pool.checkedout())
