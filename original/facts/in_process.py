"""Calls ASGI apps in this process, for facts that print which app or which call is faster."""

import asyncio
from collections.abc import Mapping
from time import perf_counter
from typing import Any

SCOPE = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}


def is_faster(one: Any, other: Any, calls: int) -> bool:
    """Whether the fastest `GET /` of one app takes less time than that of the other.

    They take turns, so whatever else the machine does delays both."""
    return asyncio.run(_is_faster(one, other, calls))


async def _is_faster(one: Any, other: Any, calls: int) -> bool:
    best = [float("inf")] * 2
    for _ in range(calls):
        for index, app in enumerate((one, other)):
            began = perf_counter()
            await app(dict(SCOPE), _receive, _send)
            best[index] = min(best[index], perf_counter() - began)
    return best[0] < best[1]


def in_order_of_answers(app: Any, *paths: str) -> list[str]:
    """Sends a GET to each path, all at once and in this order.

    Returns the paths in the order in which they were answered."""
    return asyncio.run(_in_order_of_answers(app, paths))


async def _in_order_of_answers(app: Any, paths: tuple[str, ...]) -> list[str]:
    answered: list[str] = []

    async def call(path: str) -> None:
        await app({**SCOPE, "path": path}, _receive, _send)
        answered.append(path)

    await asyncio.gather(*(call(path) for path in paths))
    return answered


async def _receive() -> Mapping[str, Any]:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send(message: Mapping[str, Any]) -> None:
    pass
