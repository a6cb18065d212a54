"""create_engine() connects to nothing."""
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

engine = create_engine("sqlite:///viva.db")
print("create_engine(): a file:", Path("viva.db").exists())
with engine.connect() as connection:
    connection.execute(text("SELECT 1"))
print("first connection: a file:", Path("viva.db").exists())

wrong = create_engine("sqlite:///no/such/folder/viva.db")
print("create_engine() for a folder that isn't there: no complaint")
try:
    wrong.connect()
except OperationalError as error:
    print("first connection:", error.orig)
