"""Only waiting overlaps."""
import asyncio
import time


class Overlap:
    now = peak = 0

    def __enter__(self):
        self.now += 1
        self.peak = max(self.peak, self.now)

    def __exit__(self, *_):
        self.now -= 1


async def main() -> None:
    for name, wait in {"await asyncio.sleep": lambda: asyncio.sleep(0.05), "time.sleep": None}.items():
        overlap = Overlap()

        async def handler() -> None:
            with overlap:
                await wait() if wait else time.sleep(0.05)

        await asyncio.gather(*(handler() for _ in range(5)))
        print(f"five with {name}: at most {overlap.peak} at the same time")


asyncio.run(main())
