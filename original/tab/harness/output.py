"""What the project prints and logs, kept for the request or the edit during which it happened."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MAX_CHARACTERS = 100_000
CUT = f"\n… cut after {MAX_CHARACTERS:,} characters\n"


class Pieces(list[str]):
    """What was written, in pieces, until it is too much."""

    # Counted as it grows: to add up all pieces at each write takes seconds for a few thousand lines.
    characters = 0

    def add(self, text: str) -> None:
        room = MAX_CHARACTERS - self.characters
        if room < 0:
            return
        self.characters += len(text)
        self.append(text if len(text) <= room else text[:room] + CUT)


_kept: ContextVar[Pieces | None] = ContextVar("viva_output", default=None)
_without_errors: ContextVar[bool] = ContextVar("viva_without_errors", default=False)


class _Kept(io.TextIOBase):
    """Stands for stdout or stderr."""

    encoding = "utf-8"

    def __init__(self, is_error: bool) -> None:
        self.is_error = is_error

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        kept = _kept.get()
        if self.is_error and _without_errors.get():
            return len(text)
        if kept is not None:
            kept.add(text)
        return len(text)


class _LikeUvicorn(logging.Formatter):
    """`INFO:     message`, as uvicorn's own formatter without colours."""

    def format(self, record: logging.LogRecord) -> str:
        level = f"{record.levelname}:".ljust(9)
        return f"{level} {super().format(record)}"


@contextmanager
def kept(errors: bool = True) -> Iterator[Pieces]:
    """Collects what is written while it is open; without `errors` only what goes to stdout."""
    pieces = Pieces()
    token, without = _kept.set(pieces), _without_errors.set(not errors)
    try:
        yield pieces
    finally:
        _kept.reset(token)
        _without_errors.reset(without)


def lines(pieces: list[str]) -> list[str]:
    return "".join(pieces).rstrip("\n").split("\n") if pieces else []


def redirect() -> None:
    """From now on stdout, stderr and uvicorn's logger write here."""
    sys.stdout, sys.stderr = _Kept(is_error=False), _Kept(is_error=True)
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
