"""The committed rows of the app's database, without anything secret."""

import re
import sqlite3
from math import isfinite
from typing import Any

from .masking import MASK, is_secret
from .project import DATABASE

TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)")


def view() -> dict[str, Any]:
    """Tables with their columns and rows, as `GET /api/sandbox/store` of the twin gives them."""
    if not DATABASE.exists():
        return {}
    connection = sqlite3.connect(DATABASE)
    try:
        names = connection.execute(
            "SELECT name FROM sqlite_master"
            " WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        return {name: table(connection, name) for (name,) in names.fetchall()}
    finally:
        connection.close()


def table(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    cursor = connection.execute(f'SELECT * FROM "{name}" ORDER BY 1')
    columns = [column for column, *_ in cursor.description]
    return {"columns": columns, "rows": [visible(columns, row) for row in cursor]}


def visible(columns: list[str], values: tuple[Any, ...]) -> dict[str, Any]:
    """A row as a learner may see it."""
    return {
        name: MASK if is_secret(name) else plain(value)
        for name, value in zip(columns, values)
    }


def plain(value: Any) -> Any:
    """As JSON has it; a time as the API writes it."""
    if isinstance(value, str) and (time := TIME.fullmatch(value)):
        return f"{time[1]}T{time[2]}Z"
    is_json = isinstance(value, (str, int, type(None))) or (isinstance(value, float) and isfinite(value))
    return value if is_json else str(value)
