"""ASGI's lifespan: what a server tells the app at its start and its end."""

import asyncio
from typing import Any, Self


class Lifespan:
    """Of one app that has started. `state` is what its requests get a copy of."""

    def __init__(self, app: Any) -> None:
        self.state: dict[str, Any] = {}
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self.state}
        self._messages.put_nowait({"type": "lifespan.startup"})
        self._task = asyncio.ensure_future(
            app(scope, self._messages.get, self._answers.put)
        )

    @classmethod
    async def begin(cls, app: Any) -> Self:
        """@raises whatever the app raises before it has started"""
        lifespan = cls(app)
        answer = await lifespan._next()
        if answer is not None and answer["type"] == "lifespan.startup.failed":
            await lifespan._task  # Raises what it failed with.
            raise RuntimeError(answer.get("message") or "the app refused to start")
        return lifespan

    async def end(self) -> None:
        """What it raises at its end changes nothing any more."""
        if not self._task.done():
            self._messages.put_nowait({"type": "lifespan.shutdown"})
            await self._next(quiet=True)
        if not self._task.done():
            await asyncio.wait([self._task], timeout=1)
            self._task.cancel()

    async def _next(self, quiet: bool = False) -> dict[str, Any] | None:
        """Its next message; None when it ends without one, as an app that knows no lifespan does."""
        answer = asyncio.ensure_future(self._answers.get())
        await asyncio.wait([answer, self._task], return_when=asyncio.FIRST_COMPLETED)
        if answer.done():
            return answer.result()
        answer.cancel()
        error = self._task.exception()
        if error is not None and not quiet:
            raise error
        return None
