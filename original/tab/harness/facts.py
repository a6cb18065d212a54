"""Runs a fact: a script with the project's modules and packages, in an empty folder, as `run_facts.py` does with a process."""

import linecache
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from . import errors, output, project, stand_ins

SETTINGS = {
    "JWT_SECRET": "the secret of the facts, and of nothing else",
    "DATABASE_URL": "sqlite://",
}
SCRIPT = "fact.py"
RUNS_UNTIL_TIDY = 10

_left_behind = 0


@contextmanager
def fresh_logging() -> Iterator[None]:
    """Loggers as a new process has them, and afterwards as they were."""
    loggers = [logging.getLogger(), logging.getLogger("uvicorn"), logging.getLogger("uvicorn.error")]
    before = [(list(each.handlers), each.level, each.propagate) for each in loggers]
    for each in loggers:
        each.handlers, each.propagate = [], True
        each.setLevel(logging.NOTSET)
    loggers[0].setLevel(logging.WARNING)
    disabled = logging.root.manager.disable
    logging.disable(logging.NOTSET)
    try:
        yield
    finally:
        logging.disable(disabled)
        for each, (handlers, level, propagate) in zip(loggers, before):
            each.handlers, each.propagate = handlers, propagate
            each.setLevel(level)


def tidy(imported: dict[str, ModuleType]) -> None:
    """Frees now and then what facts leave behind: it takes longer than most of them."""
    global _left_behind
    _left_behind += bool(imported)
    imported.clear()
    if _left_behind == RUNS_UNTIL_TIDY:
        _left_behind = 0
        project.let_go()


def run(code: str) -> dict[str, Any]:
    """What it printed, without blanks at the ends of lines, and the exception that left it."""
    own, environment, folder = project.forget_modules(), dict(os.environ), os.getcwd()
    path = list(sys.path)
    failure: dict[str, Any] | None = None
    os.environ.update(SETTINGS)
    # A traceback quotes its lines from here: there is no such file.
    linecache.cache[SCRIPT] = (len(code), None, code.splitlines(keepends=True), SCRIPT)
    sys.path.insert(0, str(project.FOLDER))
    with tempfile.TemporaryDirectory() as empty, output.kept(errors=False) as pieces:
        os.chdir(empty)
        try:
            with fresh_logging(), stand_ins.blocking_loops(), warnings.catch_warnings():
                exec(compile(code, SCRIPT, "exec"), {"__name__": "__main__"})
        except SystemExit:
            pass
        except BaseException as error:
            failure = errors.shown(error, SCRIPT)
        finally:
            linecache.cache.pop(SCRIPT, None)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            sys.path[:] = path
            imported = project.forget_modules()
            sys.modules.update(own)
            tidy(imported)
    text = "\n".join(line.rstrip(" \t") for line in "".join(pieces).split("\n"))
    return {"output": f"{text.strip(chr(10))}\n", "error": failure}
