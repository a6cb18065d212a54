"""a TaskGroup since Python 3.11, which cancels the others when one fails"""
import asyncio


async def fails() -> None:
    raise ValueError


async def slow() -> None:
    try:
        await asyncio.sleep(0.1)
        print("  the other finished")
    except asyncio.CancelledError:
        print("  the other was cancelled")
        raise


async def main() -> None:
    print("gather")
    try:
        await asyncio.gather(fails(), slow())
    except ValueError:
        await asyncio.sleep(0.2)
    print("TaskGroup")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails())
            group.create_task(slow())
    except* ValueError:
        pass


asyncio.run(main())
