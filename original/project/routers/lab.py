"""Routes that show how FastAPI behaves when many call at once, and when one fails."""

import asyncio
import time
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from sqlalchemy import QueuePool, create_engine

from database import DATABASE_URL, connect_args
from schemas import ServiceCall, Wait

# region lab.router
router = APIRouter(prefix="/lab", tags=["lab"])
# endregion


def now() -> float:
    """Milliseconds on a clock that never goes back."""
    return time.monotonic() * 1000


# region lab.wait_async
# All at once: while one waits, the event loop serves the others.
@router.get("/wait/async")
async def wait_async(ms: Annotated[int, Query(ge=0, le=2000)] = 100) -> Wait:
    started = now()
    await asyncio.sleep(ms / 1000)
    return Wait(way="async", ms=ms, started=started, ended=now())


# endregion


# region lab.wait_threadpool
# In waves of 40: each one holds a thread of the pool, and the 41st stands in line.
@router.get("/wait/threadpool")
def wait_threadpool(ms: Annotated[int, Query(ge=0, le=2000)] = 100) -> Wait:
    started = now()
    time.sleep(ms / 1000)
    return Wait(way="threadpool", ms=ms, started=started, ended=now())


# endregion


# region lab.wait_blocking
# One after another: this sleep holds the event loop, and everyone else with it.
@router.get("/wait/blocking")
async def wait_blocking(ms: Annotated[int, Query(ge=0, le=2000)] = 100) -> Wait:
    started = now()
    time.sleep(ms / 1000)
    return Wait(way="blocking", ms=ms, started=started, ended=now())


# endregion


# region lab.wait_one_at_a_time
# As one synchronous worker would: the next call begins when this one is over.
one_worker = asyncio.Lock()


@router.get("/wait/one-at-a-time")
async def wait_one_at_a_time(ms: Annotated[int, Query(ge=0, le=2000)] = 100) -> Wait:
    async with one_worker:
        started = now()
        await asyncio.sleep(ms / 1000)
        return Wait(way="one-at-a-time", ms=ms, started=started, ended=now())


# endregion


# region lab.engine
# 5 connections and 10 more on demand, as in every engine. The app's waits 30 s for a free
# one; this one gives up after 0.3 s.
engine = create_engine(
    DATABASE_URL, connect_args=connect_args, poolclass=QueuePool, pool_timeout=0.3
)
# endregion


# region lab.hold_connection
# The 16th waits for a connection in its thread, and then fails.
@router.get("/connection")
def hold_connection(ms: Annotated[int, Query(ge=0, le=2000)] = 100) -> Wait:
    with engine.connect():
        started = now()
        time.sleep(ms / 1000)
        return Wait(way="connection", ms=ms, started=started, ended=now())


# endregion


# region lab.hold_connection_async
# The 16th waits for a connection on the event loop: until it fails, no one else goes on,
# not even those who would give a connection back.
@router.get("/connection/async")
async def hold_connection_async(
    ms: Annotated[int, Query(ge=0, le=2000)] = 100,
) -> Wait:
    with engine.connect():
        started = now()
        await asyncio.sleep(ms / 1000)
        return Wait(way="connection-async", ms=ms, started=started, ended=now())


# endregion


# region lab.call_service
# Stands for a call to another service: while it waits, the event loop serves others.
async def call_service(ms: int) -> ServiceCall:
    started = now()
    await asyncio.sleep(ms / 1000)
    return ServiceCall(started=started, ended=now())


# endregion


# region lab.two_calls
# Two awaits in turn wait twice; gather waits for both at once.
@router.get("/two-calls")
async def two_calls(
    how: Literal["in-turn", "together"] = "in-turn",
    ms: Annotated[int, Query(ge=0, le=2000)] = 300,
) -> list[ServiceCall]:
    if how == "together":
        first, second = await asyncio.gather(call_service(ms), call_service(ms))
    else:
        first = await call_service(ms)
        second = await call_service(ms)
    return [first, second]


# endregion


# region lab.boom
# Nothing handles it: a plain 500, made outside all of the app's own middleware.
@router.get("/boom")
def boom() -> str:
    raise ValueError("nothing handles this")


# endregion
