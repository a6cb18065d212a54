"""On a table with rows a column that must not be null needs a server_default"""
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, String, create_engine, text
from sqlalchemy.exc import OperationalError

with create_engine("sqlite://").begin() as connection:
    connection.execute(text("CREATE TABLE users (id INTEGER PRIMARY KEY)"))
    connection.execute(text("INSERT INTO users (id) VALUES (1)"))
    migration = Operations(MigrationContext.configure(connection))
    for settings in ({}, {"default": "empty"}, {"server_default": "empty"}):
        try:
            migration.add_column("users", Column("bio", String(280), nullable=False, **settings))
            print(settings, "->", connection.execute(text("SELECT bio FROM users")).all())
        except OperationalError as error:
            print(settings, "->", error.orig)
