"""Which region of the project's files a function stands in: a step of a trace has the region's name."""

import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

from .errors import PROJECT

CLASS = re.compile(r"^class (\w+)")
MARK = re.compile(r"^\s*# (region (?P<name>[\w.]+)|endregion)\s*$")

# Functions that stand beside the region that is about them.
BESIDE = {"seed_people": "seed.people"}

_regions: dict[str, list[tuple[int, int, str]]] = {}
_classes: dict[tuple[str, str], str] = {}


def read(files: dict[str, str]) -> None:
    _regions.clear()
    _classes.clear()
    for name, text in files.items():
        path = f"{PROJECT}/{name}"
        _regions[path] = list(_found(text))
        for number, line in enumerate(text.split("\n"), start=1):
            found, region = CLASS.match(line), _innermost(path, number)
            if found and region:
                _classes[name.removesuffix(".py").replace("/", "."), found[1]] = region


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    open_regions: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        mark = MARK.match(line)
        if mark is None:
            continue
        if mark["name"]:
            open_regions.append((number, mark["name"]))
        elif open_regions:
            start, name = open_regions.pop()
            yield start, number, name


def of(code: CodeType) -> str | None:
    """The innermost region that holds a function; None for code outside of all."""
    return _innermost(code.co_filename, code.co_firstlineno) or BESIDE.get(code.co_name)


def of_class(kind: Any) -> str | None:
    """The region that a class of the project stands in."""
    return _classes.get((getattr(kind, "__module__", ""), getattr(kind, "__name__", "")))


def _innermost(file: str, line: int) -> str | None:
    around = [
        (end - start, name) for start, end, name in _regions.get(file, []) if start < line < end
    ]
    return min(around)[1] if around else None
