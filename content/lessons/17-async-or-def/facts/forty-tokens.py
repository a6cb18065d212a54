"""anyio.to_thread.current_default_thread_limiter().total_tokens is 40 on FastAPI 0.165.0"""
import anyio
from anyio.to_thread import current_default_thread_limiter


async def main() -> None:
    print(current_default_thread_limiter().total_tokens)


anyio.run(main)
