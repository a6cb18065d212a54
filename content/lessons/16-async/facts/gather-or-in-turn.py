"""Two await lines one below the other wait one after the other."""
import asyncio
from time import perf_counter


async def call() -> None:
    await asyncio.sleep(0.3)


async def main() -> None:
    began = perf_counter()
    await call()
    await call()
    in_turn = perf_counter() - began
    began = perf_counter()
    await asyncio.gather(call(), call())
    together = perf_counter() - began
    print("one after the other takes longer than both waits:", in_turn >= 0.6)
    print("gather takes less than one after the other:", together < in_turn)


asyncio.run(main())
