"""The engines that have connected."""

from weakref import WeakSet

from sqlalchemy import Engine, event

_engines: WeakSet[Engine] = WeakSet()


def watch() -> None:
    event.listen(Engine, "engine_connect", lambda connection: _engines.add(connection.engine))


def close() -> None:
    """SQLite must not have its file open while that is exchanged. An engine connects again by itself."""
    for engine in list(_engines):
        engine.dispose()
