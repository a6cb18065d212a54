"""Runs the original under uvicorn on a free port, for `record.ts`, which talks to it by pipes.

Writes one line of JSON when it listens (port and versions). Each line that it reads puts the
database back to how it was then, and is answered with a line. It ends when its input ends.
"""

import json
import os
import platform
import socket
import sqlite3
import sys
import threading
from importlib.metadata import version
from pathlib import Path

import uvicorn

DATABASE = Path(sys.argv[1])
PACKAGES = sys.argv[2].split(",")


def copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)


def say(message: object) -> None:
    print(json.dumps(message), flush=True)


class RecordedServer(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        snapshot = DATABASE.with_suffix(".seeded")
        copy(DATABASE, snapshot)
        threading.Thread(target=self.obey, args=(snapshot,), daemon=True).start()

    def obey(self, snapshot: Path) -> None:
        wrong_logins = sys.modules["auth"].wrong_logins
        packages = {name: version(name) for name in PACKAGES}
        say({"port": port, "python": platform.python_version(), "packages": packages})
        for _ in sys.stdin:
            copy(snapshot, DATABASE)
            wrong_logins.clear()
            say("seeded")
        self.should_exit = True


os.environ["DATABASE_URL"] = f"sqlite:///{DATABASE}"
listener = socket.create_server(("127.0.0.1", 0))
port = listener.getsockname()[1]
config = uvicorn.Config("main:app", log_level="error")
RecordedServer(config).run(sockets=[listener])
