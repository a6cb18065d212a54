"""The running app, and how an edit replaces it: as `uvicorn --reload` would, except that the old app stays when the new one
doesn't start."""

import asyncio
import functools
import gc
import importlib
import linecache
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from . import connections, errors, lines, output, regions, steps
from .lifespan import Lifespan

FOLDER = errors.PROJECT
DATABASE = FOLDER / "viva.db"
ASIDE = FOLDER / "viva.db.before"
SEEDED = FOLDER / "viva.db.seeded"


class Running:
    """An app that has started, and the modules that it consists of."""

    def __init__(self, app: Any, lifespan: Lifespan, files: dict[str, str]) -> None:
        self.app, self.lifespan, self.files = app, lifespan, files
        # What its start did, as a trace.
        self.start_up: dict[str, Any] = {}
        # Whether `SEEDED` is what its own start made.
        self.seeded = False


current: Running | None = None


def files() -> dict[str, str]:
    return dict(current.files) if current else {}


async def apply(new: dict[str, str], keep_data: bool) -> dict[str, Any]:
    """Starts the app with these files. Returns `ok`, the output, and the error if it didn't start."""
    global current
    before, old_files = forget_modules(), files()
    set_data_aside(keep_data)
    write(old_files, new)
    with output.kept() as pieces:
        try:
            started = await start(new)
        except BaseException as error:
            if isinstance(error, (KeyboardInterrupt, asyncio.CancelledError)):
                raise
            failure = errors.shown(error)
            forget_modules()
            sys.modules.update(before)
            write(new, old_files)
            regions.read(old_files)
            bring_data_back(keep_data)
            return {"ok": False, "output": output.lines(pieces), "error": failure}
        ASIDE.unlink(missing_ok=True)
        if current is not None:
            await current.lifespan.end()
        current = started
        if not keep_data and DATABASE.exists():
            SEEDED.write_bytes(DATABASE.read_bytes())
            current.seeded = True
    before.clear()
    let_go()
    return {"ok": True, "output": output.lines(pieces)}


async def reset() -> dict[str, Any]:
    """The database as it was after the start, and no wrong logins."""
    if current is None or not current.seeded:
        return await apply(files(), keep_data=False)
    connections.close()
    DATABASE.write_bytes(SEEDED.read_bytes())
    getattr(sys.modules.get("auth"), "wrong_logins", {}).clear()
    return {"ok": True, "output": []}


async def start(new: dict[str, str]) -> Running:
    """@raises whatever its modules or its lifespan raise"""
    regions.read(new)
    with lines.recorded(with_lines=False), steps.recorded() as seen:
        app = load()
        summary = "The pool is empty. Nothing is connected yet."
        detail = {"kind": "handler", "summary": summary}
        steps.note("database.engine", "store", "Engine created", detail)
        running = Running(app, await Lifespan.begin(app), new)
    running.start_up = seen.report("START", "main.py", 0, seen.elapsed())
    return running


def load() -> Any:
    """`main:app`, imported afresh."""
    os.chdir(FOLDER)
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    importlib.invalidate_caches()
    linecache.checkcache()
    return importlib.import_module("main").app


def write(old: dict[str, str], new: dict[str, str]) -> None:
    for name in old.keys() - new.keys():
        (FOLDER / name).unlink(missing_ok=True)
    for name, text in new.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")


def forget_modules() -> dict[str, ModuleType]:
    """Takes the project's modules out of `sys.modules`. Returns them."""
    mine = {
        name: module
        for name, module in sys.modules.items()
        if str(getattr(module, "__file__", None) or "").startswith(f"{FOLDER}/")
    }
    for name in mine:
        del sys.modules[name]
    return mine


def let_go() -> None:
    """Frees the app before: memory that Python takes in a tab is never given back. Caches of libraries, such as those of
    `typing`, still refer to its classes."""
    own = {f"{name.removesuffix('.py').replace('/', '.')}" for name in files()}
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__ not in own:
            each.cache_clear()
    gc.collect()


def set_data_aside(keep: bool) -> None:
    """Copied when it is kept, so that a start that fails after changing it changes nothing."""
    connections.close()
    if DATABASE.exists():
        ASIDE.write_bytes(DATABASE.read_bytes())
        if not keep:
            DATABASE.unlink()


def bring_data_back(keep: bool) -> None:
    connections.close()
    if ASIDE.exists():
        ASIDE.replace(DATABASE)
