"""Async changes how many can wait together."""
import asyncio
import threading

from anyio import to_thread

waiting = peak = 0
forty = threading.Barrier(40)


def enter() -> None:
    global waiting, peak
    waiting += 1
    peak = max(peak, waiting)


def leave() -> None:
    global waiting
    waiting -= 1


async def handler() -> None:
    enter()
    await asyncio.sleep(0.2)
    leave()


def plain_handler() -> None:
    enter()
    forty.wait(30)
    leave()
    forty.wait(30)


async def main() -> None:
    global peak
    await asyncio.gather(*(handler() for _ in range(80)))
    print("async def, 80 calls: at most", peak, "wait together")
    peak = 0
    await asyncio.gather(*(to_thread.run_sync(plain_handler) for _ in range(80)))
    print("def in AnyIO's threads, 80 calls: at most", peak, "wait together")


asyncio.run(main())
