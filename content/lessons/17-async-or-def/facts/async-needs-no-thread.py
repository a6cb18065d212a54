"""Requests whose handler and dependencies are all async def need no thread and aren’t delayed."""
import asyncio
import threading
from typing import Annotated

import httpx2
from fastapi import Depends, FastAPI

app = FastAPI()
all_forty = threading.Semaphore(0)
release = threading.Event()


def plain() -> None: ...


async def asynchronous() -> None: ...


@app.get("/slow")
def slow():
    all_forty.release()
    release.wait(30)


@app.get("/async-dependency")
async def async_dependency(value: Annotated[None, Depends(asynchronous)]): ...


@app.get("/def-dependency")
async def def_dependency(value: Annotated[None, Depends(plain)]): ...


async def main() -> None:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        slow_calls = [asyncio.create_task(client.get("/slow")) for _ in range(40)]
        for _ in slow_calls:
            while not all_forty.acquire(blocking=False):
                await asyncio.sleep(0.01)
        print("forty threads are taken")
        waiting = asyncio.create_task(client.get("/def-dependency"))
        print("only async def:", (await client.get("/async-dependency")).status_code)
        print("with a def dependency, answered:", waiting.done())
        release.set()
        print("once a thread is free:", (await waiting).status_code)
        await asyncio.gather(*slow_calls)


asyncio.run(main())
