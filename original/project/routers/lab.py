"""Routes that show how FastAPI behaves: ways to wait, to be called many times at once,
and one that fails."""

import asyncio
import time
from typing import Annotated

from fastapi import APIRouter, Query

from schemas import Wait

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


# region lab.boom
# Nothing handles it: a plain 500, made outside all of the app's own middleware.
@router.get("/boom")
def boom() -> str:
    raise ValueError("nothing handles this")


# endregion
