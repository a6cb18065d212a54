"""An exception as the page shows it."""

import traceback
from pathlib import Path
from typing import Any

PROJECT = Path("/project")
MAX_MESSAGE = 10_000
MAX_TRACEBACK = 100_000
# What calls the project: nobody's fault is there.
AROUND = (str(Path(__file__).parent), "/lib/python314.zip/_pyodide/", "<frozen importlib")


def shown(error: BaseException, script: str | None = None) -> dict[str, Any]:
    """Type, message, the innermost place in the project, and the traceback without the harness's own frames.

    When a script was run, the place is in it instead: that is the file on the page."""
    told = traceback.TracebackException.from_exception(error, compact=True)
    for each in _chain(told):
        each.stack = traceback.StackSummary.from_list(
            [
                frame
                for frame in each.stack
                if not frame.filename.startswith(AROUND)
            ]
        )
    kind = type(error)
    module = "" if kind.__module__ in ("builtins", "__main__") else f"{kind.__module__}."
    return {
        "type": f"{module}{kind.__qualname__}",
        "message": _cut(_message(error), MAX_MESSAGE),
        "place": _place(error, script),
        "traceback": _cut("".join(told.format()).replace(f"{PROJECT}/", ""), MAX_TRACEBACK),
    }


def _message(error: BaseException) -> str:
    """Edited code may have an exception of its own that can't be written."""
    try:
        return str(error)
    except Exception:
        return "<exception str() failed>"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}\n… cut after {most:,} characters\n"


def _chain(told: traceback.TracebackException | None) -> list[traceback.TracebackException]:
    if told is None:
        return []
    grouped = [each for inner in told.exceptions or [] for each in _chain(inner)]
    return [told, *_chain(told.__cause__), *_chain(told.__context__), *grouped]


def _place(error: BaseException, script: str | None) -> dict[str, Any] | None:
    if isinstance(error, SyntaxError) and _is_own(error.filename, script):
        return _at(error.filename, error.lineno or 1)
    frames = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if _is_own(frame.f_code.co_filename, script)
    ]
    return _at(*frames[-1]) if frames else None


def _is_own(file: str | None, script: str | None) -> bool:
    if script is not None:
        return file == script
    return file is not None and Path(file).is_relative_to(PROJECT)


def _at(file: str, line: int) -> dict[str, Any]:
    return {"file": file.removeprefix(f"{PROJECT}/"), "line": line}
