"""Runs the original on a free port, as `uvicorn main:app` does, for `original.ts`, which talks to it through pipes.

Writes one line of JSON when it listens (port, versions and what start-up sent to the database), and one
for each line that it reads: `seed` resets the database to how it was then, `log` waits for the next entry
of uvicorn's log. It exits when its input ends.
"""

import json
import logging
import os
import platform
import queue
import socket
import sqlite3
import sys
import threading
from importlib.metadata import version
from pathlib import Path

import uvicorn
from sqlalchemy import Engine, event
from uvicorn.logging import DefaultFormatter

DATABASE = Path(sys.argv[1])
PACKAGES = sys.argv[2].split(",")


def copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)


def send(message: object) -> None:
    print(json.dumps(message), flush=True)


class LogQueue(logging.Handler):
    """Keeps what uvicorn logs, as it writes it: the first and the last line of each entry."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: queue.SimpleQueue[str] = queue.SimpleQueue()
        formatter = DefaultFormatter("%(levelprefix)s %(message)s", use_colors=False)
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        lines = self.format(record).strip().splitlines()
        self.entries.put("\n…\n".join([lines[0], *lines[1:][-1:]]))

    def clear(self) -> None:
        while not self.entries.empty():
            self.entries.get()


def listen(engine: Engine, sent: list[str]) -> None:
    """Adds to `sent` each new connection, each statement and the end of each transaction."""
    event.listen(engine, "connect", lambda *_: sent.append("connect"))
    event.listen(engine, "commit", lambda _: sent.append("COMMIT"))
    event.listen(engine, "rollback", lambda _: sent.append("ROLLBACK"))
    event.listen(
        engine, "before_cursor_execute", lambda *args: sent.append(args[2].strip())
    )


class RecordedServer(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        # The app has been imported, and its engine made; its lifespan runs now.
        start_up: list[str] = []
        listen(sys.modules["database"].engine, start_up)
        await super().startup(sockets)
        if not self.started:
            return
        snapshot = DATABASE.with_suffix(".seeded")
        copy(DATABASE, snapshot)
        args = (snapshot, list(start_up))
        threading.Thread(target=self.answer_requests, args=args, daemon=True).start()

    def answer_requests(self, snapshot: Path, start_up: list[str]) -> None:
        wrong_logins = sys.modules["auth"].wrong_logins
        packages = {name: version(name) for name in PACKAGES}
        port = self.servers[0].sockets[0].getsockname()[1]
        log = LogQueue()
        logging.getLogger("uvicorn.error").addHandler(log)
        send(
            {
                "port": port,
                "python": platform.python_version(),
                "packages": packages,
                "startUp": start_up,
            }
        )
        for line in sys.stdin:
            if line.strip() == "log":
                send(log.entries.get(timeout=30))
                continue
            copy(snapshot, DATABASE)
            wrong_logins.clear()
            log.clear()
            send("seeded")
        self.should_exit = True


os.environ["DATABASE_URL"] = f"sqlite:///{DATABASE}"
# uvicorn opens the socket itself. With one from `socket.create_server`, which has protocol 0, asyncio would leave Nagle's algorithm
# on, and each response would wait 40 ms for the client's delayed acknowledgement.
config = uvicorn.Config("main:app", port=0, log_level="error", access_log=False)
RecordedServer(config).run()
