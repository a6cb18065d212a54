"""What SQLAlchemy sends to the database, as steps of the request that it is sent for."""

import re
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from . import steps
from .store import visible

TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE|TABLE|ON|table_info\()\s*"?(\w+)"?', re.IGNORECASE)
CHANGES = ("insert", "update", "delete")

_sessions: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
_count = 0


def watch() -> None:
    """All engines and sessions, those of later edits included."""
    event.listen(Engine, "connect", on_connect)
    event.listen(Engine, "before_cursor_execute", before_execute)
    event.listen(Engine, "after_cursor_execute", after_execute)
    event.listen(Engine, "handle_error", on_error)
    event.listen(Engine, "commit", lambda connection: ended(connection, "commit"))
    event.listen(Engine, "rollback", lambda connection: ended(connection, "rollback"))
    event.listen(Session, "after_begin", on_begin)


def on_connect(*_: Any) -> None:
    detail = {"kind": "handler", "summary": "A new connection of the pool."}
    steps.note("database.engine", "store", "Connected", detail)


def on_begin(session: Session, _: Any, connection: Any) -> None:
    global _count
    if session not in _sessions:
        _count += 1
        _sessions[session] = f"{_count:08x}"
    connection.info["viva_session"] = _sessions[session]


def before_execute(connection: Any, cursor: Any, sql: str, _: Any, context: Any, many: bool) -> None:
    operation = operation_of(sql)
    if steps.seen() is None or operation is None:
        return
    connection.info["viva_began"] = steps.seen().elapsed()
    if operation in ("update", "delete"):
        connection.info["viva_before"] = rows_of(connection, sql, context)


def after_execute(connection: Any, cursor: Any, sql: str, _: Any, context: Any, many: bool) -> None:
    seen, operation = steps.seen(), operation_of(sql)
    if seen is None or operation is None:
        return
    changes = changes_of(connection, cursor, sql, context, operation)
    detail = store(connection, operation, sql, changes)
    # SQLite says -1 for a SELECT: how many rows there are shows only when they are fetched.
    detail["rows"] = len(changes) if operation in CHANGES else max(cursor.rowcount, 0)
    if operation == "select":
        detail["rows"] = count_rows(connection, cursor, sql, context)
    with steps.step("models.user", "store", operation.upper(), detail) as made:
        made.start = connection.info.pop("viva_began", made.start)


def on_error(context: Any) -> None:
    """The database refused a statement, such as one that breaks a constraint."""
    connection, sql = context.connection, context.statement or ""
    operation = operation_of(sql)
    if steps.seen() is None or operation is None or connection is None:
        return
    detail = store(connection, operation, sql, [])
    steps.note("models.user", "store", operation.upper(), detail, "refused")


def ended(connection: Any, operation: str) -> None:
    name = "database.session_local"
    if connection.info.get("viva_session") is None:
        name = "database.create_all"
    detail = store(connection, operation, operation.upper(), [])
    connection.info.pop("viva_session", None)
    steps.note(name, "store", operation.upper(), detail)


def store(connection: Any, operation: str, sql: str, changes: list[Any]) -> dict[str, Any]:
    found = TABLE.search(sql)
    detail = {
        "kind": "store",
        "operation": operation,
        "table": found[1] if found else "users",
        "sql": sql.strip(),
        "rows": 0,
        "changes": changes,
    }
    session = connection.info.get("viva_session")
    return {**detail, "session": session} if session else detail


def operation_of(sql: str) -> str | None:
    word = sql.split(None, 1)[0].lower() if sql.strip() else ""
    return word if word in ("pragma", "create", "select", *CHANGES) else None


def changes_of(connection: Any, cursor: Any, sql: str, context: Any, operation: str) -> list[Any]:
    table = TABLE.search(sql)
    if table is None or operation not in CHANGES:
        return []
    before = connection.info.pop("viva_before", {})
    if operation == "insert":
        last = connection.connection.cursor().execute("SELECT last_insert_rowid()").fetchone()[0]
        after = read(connection, table[1], [last])
    else:
        after = read(connection, table[1], list(before))
    return [
        {"table": table[1], "id": each, "before": before.get(each), "after": after.get(each)}
        for each in sorted(before.keys() | after.keys())
    ]


def rows_of(connection: Any, sql: str, context: Any) -> dict[int, Any]:
    """The rows that an UPDATE or DELETE by key is about."""
    table = TABLE.search(sql)
    values = context.compiled_parameters[0] if context.compiled_parameters else {}
    keys = [
        value
        for name, value in values.items()
        if isinstance(value, int) and name in ("id", f"{table[1]}_id", "id_1")
    ]
    return read(connection, table[1], keys)


def read(connection: Any, table: str, keys: list[Any]) -> dict[int, Any]:
    """Past SQLAlchemy, so that it makes no steps of its own."""
    cursor = connection.connection.cursor()
    found = {}
    try:
        for key in keys:
            cursor.execute(f'SELECT * FROM "{table}" WHERE id = ?', (key,))
            row = cursor.fetchone()
            if row is not None:
                found[key] = visible([column for column, *_ in cursor.description], row)
    except Exception:  # A table of the learner's own may have no `id`.
        return {}
    finally:
        cursor.close()
    return found


def count_rows(connection: Any, cursor: Any, sql: str, context: Any) -> int:
    """How many rows a SELECT returns, asked by a second cursor: fetching them here would take them away."""
    again = connection.connection.cursor()
    try:
        again.execute(f"SELECT count(*) FROM ({sql})", context.parameters[0])
        return int(again.fetchone()[0])
    except Exception:
        return 0
    finally:
        again.close()
