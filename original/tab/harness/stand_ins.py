"""What takes the place of what WebAssembly lacks: threads, bcrypt, sockets and an event loop that blocks.

Installed before FastAPI is imported.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any


def install(bcryptjs: Any) -> None:
    install_threads()
    install_bcrypt(bcryptjs)
    install_client()
    install_portal()


def install_threads() -> None:
    """There is one thread, so what FastAPI would send to its pool runs at once, with a context of its own as there."""
    import anyio.to_thread

    async def run_sync(func: Callable[..., Any], *args: Any, **_: Any) -> Any:
        return contextvars.copy_context().run(func, *args)

    anyio.to_thread.run_sync = run_sync


def install_bcrypt(bcryptjs: Any) -> None:
    """The same hashes, computed by bcryptjs: `bcrypt` itself is not built for WebAssembly."""
    module = types.ModuleType("bcrypt")
    module.__version__ = "5.0.0"

    def gensalt(rounds: int = 12, prefix: bytes = b"2b") -> bytes:
        salt: str = bcryptjs.genSaltSync(rounds)
        return f"${prefix.decode()}${salt.split('$', 2)[2]}".encode()

    def hashpw(password: bytes, salt: bytes) -> bytes:
        if len(password) > 72:
            raise ValueError(
                "password cannot be longer than 72 bytes, truncate manually if "
                "necessary (e.g. my_password[:72])"
            )
        return bcryptjs.hashSync(password.decode(), salt.decode()).encode()

    def checkpw(password: bytes, hashed_password: bytes) -> bool:
        return hashpw(password, hashed_password[:29]) == hashed_password

    module.gensalt, module.hashpw, module.checkpw = gensalt, hashpw, checkpw
    sys.modules["bcrypt"] = module


class Waiting:
    """The part of an event loop that waits: nothing arrives from outside here, so it sleeps until the next timer."""

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everything waits, and nothing will ever wake it")
        if timeout > 0:
            time.sleep(timeout)
        return []

    def close(self) -> None:
        pass


class BlockingLoop(asyncio.BaseEventLoop):
    """An event loop whose `run_until_complete` returns with the result, as `asyncio.run` of a script needs."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = Waiting()

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


@contextmanager
def blocking_loops() -> Iterator[None]:
    """Within it, `asyncio.run` and Starlette's TestClient work as in a script."""
    outer = asyncio.events._get_running_loop()
    policy_loop = asyncio.events.new_event_loop
    asyncio.events._set_running_loop(None)
    asyncio.new_event_loop = asyncio.events.new_event_loop = BlockingLoop
    asyncio.runners.events.new_event_loop = BlockingLoop
    try:
        yield
    finally:
        asyncio.new_event_loop = asyncio.events.new_event_loop = policy_loop
        asyncio.runners.events.new_event_loop = policy_loop
        asyncio.events._set_running_loop(outer)


def install_client() -> None:
    """TestClient brings its own transport. On this platform its HTTP library also asks for one that calls the
    browser's `fetch`, which nothing here may do."""
    module = types.ModuleType("httpx2_jsfetch")

    class NoNetwork:
        def __init__(self, *_: Any, **__: Any) -> None:
            raise OSError("there is no network here")

    module.JavascriptFetchTransport = module.AsyncJavascriptFetchTransport = NoNetwork
    sys.modules["httpx2_jsfetch"] = module


def install_portal() -> None:
    """TestClient runs its app in a second thread, through a portal. This portal runs it in the only one."""
    import anyio.from_thread

    @contextmanager
    def start_blocking_portal(*_: Any, **__: Any) -> Iterator[Portal]:
        portal = Portal()
        try:
            yield portal
        finally:
            portal.close()

    anyio.from_thread.start_blocking_portal = start_blocking_portal
    wait = concurrent.futures.wait

    def wait_for(futures: Iterable[Any], *args: Any, **options: Any) -> Any:
        tasks = [each for each in futures if isinstance(each, Task)]
        for each in tasks:
            each.exception()
        return (set(tasks), set()) if tasks else wait(futures, *args, **options)

    concurrent.futures.wait = wait_for


class Portal:
    """Runs coroutines for code that isn't one: each call returns when it has its result."""

    def __init__(self) -> None:
        self.loop = BlockingLoop()

    def call(self, func: Callable[..., Any], *args: Any) -> Any:
        return self.loop.run_until_complete(awaited(func, *args))

    def start_task_soon(self, func: Callable[..., Any], *args: Any, name: object = None) -> Task:
        return Task(self.loop, self.loop.create_task(awaited(func, *args)))

    def start_task(self, func: Callable[..., Any], *args: Any, name: object = None) -> tuple[Task, Any]:
        begun = Started(self.loop)
        task = self.start_task_soon(lambda: func(*args, task_status=begun))
        return task, self.loop.run_until_complete(begun.value)

    def close(self) -> None:
        self.loop.run_until_complete(self.loop.shutdown_asyncgens())
        self.loop.close()


class Started:
    """What a task calls when it is ready."""

    def __init__(self, loop: BlockingLoop) -> None:
        self.value: asyncio.Future[Any] = loop.create_future()

    def started(self, value: Any = None) -> None:
        self.value.set_result(value)


class Task:
    """As a future of `concurrent.futures`: who asks for its result runs the loop until there is one."""

    def __init__(self, loop: BlockingLoop, task: asyncio.Task[Any]) -> None:
        self.loop, self.task = loop, task

    def exception(self, timeout: float | None = None) -> BaseException | None:
        self.loop.run_until_complete(asyncio.wait([self.task]))
        return None if self.task.cancelled() else self.task.exception()

    def result(self, timeout: float | None = None) -> Any:
        return self.loop.run_until_complete(self.task)

    def cancel(self) -> bool:
        return self.task.cancel()

    def done(self) -> bool:
        return self.task.done()


async def awaited(func: Callable[..., Any], *args: Any) -> Any:
    result = func(*args)
    return await result if asyncio.iscoroutine(result) else result
