"""a coroutine gives up its turn only at an await that has to wait"""
import asyncio


async def no_wait() -> None:
    """Has nothing to wait for."""


async def waits() -> None:
    await asyncio.sleep(0)


async def handler(name: str, call) -> None:
    for number in (1, 2):
        print(f"  {name}{number}")
        await call()


async def main() -> None:
    for call in (no_wait, waits):
        print("await", call.__name__)
        await asyncio.gather(handler("A", call), handler("B", call))


asyncio.run(main())
