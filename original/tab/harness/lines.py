"""The lines of the project that a request runs, in order, with their variables: `sys.monitoring`, for the project's files only."""

import inspect
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import CodeType, FrameType
from typing import Any

from . import masking, steps
from .errors import PROJECT

FOLDER = f"{PROJECT}/"
MAX_EVENTS = 2_000
MAX_VARIABLES = 30
GENERATORS = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR

monitoring = sys.monitoring
TOOL = 3
EVENTS = monitoring.events
CALLS = (
    EVENTS.PY_START
    | EVENTS.PY_RETURN
    | EVENTS.PY_UNWIND
    | EVENTS.PY_YIELD
    | EVENTS.PY_RESUME
    | EVENTS.PY_THROW
)
ALL = CALLS | EVENTS.LINE | EVENTS.RAISE


class Recorder:
    """Of one request."""

    def __init__(self, with_lines: bool) -> None:
        self.with_lines = with_lines
        self.began = time.perf_counter()
        self.events: list[dict[str, Any]] = []
        self.left_out = 0

    def add(self, event: str, code: CodeType, line: int, frame: FrameType | None, value: str | None) -> None:
        if len(self.events) >= MAX_EVENTS:
            self.left_out += 1
            return
        entry = {
            "file": code.co_filename.removeprefix(FOLDER),
            "line": line,
            "event": event,
            "function": code.co_qualname.replace(".<locals>", ""),
            "depth": max(0, len(_running.get()) - 1),
            "locals": variables(frame),
            "atMs": round((time.perf_counter() - self.began) * 1000, 3),
        }
        if value is not None:
            entry["value"] = value
        self.events.append(entry)


_recorder: ContextVar[Recorder | None] = ContextVar("viva_lines", default=None)

# The functions that run, the outermost first; a coroutine that awaits is one of them, a generator that has yielded isn't.
_running: ContextVar[tuple[CodeType, ...]] = ContextVar("viva_running", default=())
_recording = 0


@contextmanager
def recorded(with_lines: bool) -> Iterator[Recorder]:
    """Records what runs while it is open, in its own context: requests that overlap don't mix."""
    global _recording
    recorder = Recorder(with_lines)
    token, around = _recorder.set(recorder), _running.set(())
    _recording += 1
    begin()
    try:
        yield recorder
    finally:
        _recording -= 1
        if _recording == 0:
            monitoring.set_events(TOOL, EVENTS.NO_EVENTS)
        _recorder.reset(token)
        _running.reset(around)


def begin() -> None:
    if monitoring.get_tool(TOOL) is None:
        monitoring.use_tool_id(TOOL, "viva")
        for event, callback in CALLBACKS.items():
            monitoring.register_callback(TOOL, event, callback)
    monitoring.set_events(TOOL, ALL)


def variables(frame: FrameType | None) -> dict[str, str]:
    """A function's own, without what a class body or a module defines."""
    if frame is None or not frame.f_code.co_flags & inspect.CO_OPTIMIZED:
        return {}
    held = [(name, value) for name, value in frame.f_locals.items() if name.isidentifier()]
    for name, value in held:
        masking.learn(name, value)
    return {name: masking.shown(name, value) for name, value in held[:MAX_VARIABLES]}


def on_start(code: CodeType, _: int) -> Any:
    if not code.co_filename.startswith(FOLDER):
        return monitoring.DISABLE
    recorder = _recorder.get()
    if recorder is None or is_inner(code):
        return None
    frame = sys._getframe(1)
    steps.begin(code, frame.f_locals)
    _running.set((*_running.get(), code))
    if recorder.with_lines:
        recorder.add("call", code, code.co_firstlineno, frame, None)
    return None


def on_line(code: CodeType, line: int) -> Any:
    if not code.co_filename.startswith(FOLDER):
        return monitoring.DISABLE
    recorder = _recorder.get()
    if recorder is not None and recorder.with_lines:
        recorder.add("line", code, line, sys._getframe(1), None)
    return None


def on_return(code: CodeType, _: int, value: Any) -> Any:
    if not code.co_filename.startswith(FOLDER):
        return monitoring.DISABLE
    recorder = _recorder.get()
    if recorder is None or is_inner(code):
        return None
    steps.end(code, value, None)
    if recorder.with_lines:
        frame = sys._getframe(1)
        shown = masking.shown(code.co_name, value)
        recorder.add("return", code, frame.f_lineno, frame, shown)
    leave(code)
    return None


def on_unwind(code: CodeType, _: int, error: BaseException) -> Any:
    if not code.co_filename.startswith(FOLDER):
        return None
    recorder = _recorder.get()
    if recorder is None or is_inner(code):
        return None
    steps.end(code, None, error)
    if recorder.with_lines:
        frame = sys._getframe(1)
        recorder.add("unwind", code, frame.f_lineno, frame, of_error(error))
    leave(code)
    return None


def on_raise(code: CodeType, _: int, error: BaseException) -> Any:
    if not code.co_filename.startswith(FOLDER):
        return None
    recorder = _recorder.get()
    if recorder is not None and recorder.with_lines and not is_inner(code):
        frame = sys._getframe(1)
        recorder.add("raise", code, frame.f_lineno, frame, of_error(error))
    return None


def on_yield(code: CodeType, _: int, value: Any) -> Any:
    if not code.co_filename.startswith(FOLDER):
        return monitoring.DISABLE
    if _recorder.get() is not None and code.co_flags & GENERATORS and not is_inner(code):
        steps.suspend(code)
        leave(code)
    return None


def on_resume(code: CodeType, _: int) -> Any:
    if not code.co_filename.startswith(FOLDER):
        return monitoring.DISABLE
    resume(code, failed=False)
    return None


def on_throw(code: CodeType, _: int, error: BaseException) -> Any:
    if code.co_filename.startswith(FOLDER):
        resume(code, failed=not isinstance(error, GeneratorExit))
    return None


def resume(code: CodeType, failed: bool) -> None:
    if _recorder.get() is not None and code.co_flags & GENERATORS and not is_inner(code):
        steps.resume(code, failed)
        _running.set((*_running.get(), code))


def leave(code: CodeType) -> None:
    running = _running.get()
    if code in running:
        last = len(running) - 1 - running[::-1].index(code)
        _running.set(running[:last])


def is_inner(code: CodeType) -> bool:
    """Comprehensions, generator expressions and lambdas: their lines are those of the function around them."""
    return code.co_name.startswith("<")


def of_error(error: BaseException) -> str:
    text = masking.hidden(str(error))
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


CALLBACKS = {
    EVENTS.PY_START: on_start,
    EVENTS.PY_RETURN: on_return,
    EVENTS.PY_UNWIND: on_unwind,
    EVENTS.PY_YIELD: on_yield,
    EVENTS.PY_RESUME: on_resume,
    EVENTS.PY_THROW: on_throw,
    EVENTS.LINE: on_line,
    EVENTS.RAISE: on_raise,
}
