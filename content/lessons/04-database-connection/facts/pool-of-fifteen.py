"""by default 5 connections and 10 more on demand"""
from sqlalchemy import create_engine, text
from sqlalchemy.exc import TimeoutError

engine = create_engine("sqlite:///viva.db", pool_timeout=0.1)  # 30 seconds unless told otherwise
connections = []
try:
    while True:
        connections.append(engine.connect())
        connections[-1].execute(text("SELECT 1"))
except TimeoutError as error:
    print(len(connections), "connections, then:", str(error).split(",")[0])
print("by default it would have waited", create_engine("sqlite:///viva.db").pool._timeout, "seconds")
