"""What the project prints and logs, kept for the request or the edit during which it happened."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MAX_CHARACTERS = 100_000

_kept: ContextVar[list[str] | None] = ContextVar("viva_output", default=None)


class _Kept(io.TextIOBase):
    """Stands for stdout and stderr."""

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        kept = _kept.get()
        if kept is not None and sum(map(len, kept)) < MAX_CHARACTERS:
            kept.append(text)
        return len(text)


class _LikeUvicorn(logging.Formatter):
    """`INFO:     message`, as uvicorn's own formatter without colours."""

    def format(self, record: logging.LogRecord) -> str:
        level = f"{record.levelname}:".ljust(9)
        return f"{level} {super().format(record)}"


@contextmanager
def kept() -> Iterator[list[str]]:
    """Collects, in pieces, what is written while it is open."""
    pieces: list[str] = []
    token = _kept.set(pieces)
    try:
        yield pieces
    finally:
        _kept.reset(token)


def lines(pieces: list[str]) -> list[str]:
    return "".join(pieces).rstrip("\n").split("\n") if pieces else []


def redirect() -> None:
    """From now on stdout, stderr and uvicorn's logger write here."""
    sys.stdout = sys.stderr = _Kept()
    logger = logging.getLogger("uvicorn")
    logger.handlers.clear()
    logger.propagate = False
    logger.setLevel(logging.INFO)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LikeUvicorn())
    logger.addHandler(handler)


def add(text: str) -> None:
    """As if the server had logged it."""
    sys.stderr.write(text)
