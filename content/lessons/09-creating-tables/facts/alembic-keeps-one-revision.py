"""keeps in a table which revision the database is at"""
import logging
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

logging.disable()
with redirect_stdout(StringIO()):
    config = Config("alembic.ini")
    command.init(config, "migrations")
    ini = Path("alembic.ini")
    ini.write_text(ini.read_text().replace("driver://user:pass@localhost/dbname", "sqlite:///viva.db"))
    for number, message in enumerate(("create users", "add age", "add bio"), 1):
        command.revision(Config("alembic.ini"), message, rev_id=f"{number:04}")
    command.upgrade(Config("alembic.ini"), "head")

with create_engine("sqlite:///viva.db").connect() as connection:
    print("after three migrations:", connection.execute(text("SELECT * FROM alembic_version")).all())
