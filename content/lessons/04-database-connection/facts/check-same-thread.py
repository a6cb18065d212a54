"""since version 2.0 SQLAlchemy passes False by itself for a database in a file"""
from threading import Thread

from sqlalchemy import create_engine, text
from sqlalchemy.pool import StaticPool


def from_another_thread(connection) -> str:
    said: list[str] = []

    def work() -> None:
        try:
            said.append(str(connection.execute(text("SELECT 1")).scalar()))
        except Exception as error:
            said.append(type(error).__name__)

    thread = Thread(target=work)
    thread.start()
    thread.join()
    return said[0]


print("a file:", from_another_thread(create_engine("sqlite:///viva.db").connect()))
print(":memory: with a StaticPool:", from_another_thread(create_engine("sqlite://", poolclass=StaticPool).connect()))
