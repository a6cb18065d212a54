"""The steps of a request in the twin's terms: functions of the project by their region, and what the framework did between."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timezone
from types import CodeType
from typing import Any

from . import details, regions

MAX_STEPS = 200


class Step:
    def __init__(self, index: int, parent: int | None, about: dict[str, Any], start: float) -> None:
        self.index, self.parent, self.about = index, parent, about
        self.start = self.end = start
        self.verdict = "ok"
        self.code: CodeType | None = None
        # Whether its detail still lacks the status of the answer.
        self.awaits_status = False


class Seen:
    """The steps of one request, or of a start."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.started_at = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        self.steps: list[Step] = []
        self.truncated = False

    def elapsed(self) -> float:
        return (time.perf_counter() - self.began) * 1000

    def begin(self, name: str, kind: str, title: str, detail: dict[str, Any]) -> Step:
        about = {"name": name, "kind": kind, "title": title, "detail": detail}
        around = _open.get()
        parent = around[-1].index if around else None
        step = Step(len(self.steps), parent, about, self.elapsed())
        if len(self.steps) < MAX_STEPS:
            self.steps.append(step)
        else:
            self.truncated = True
        _open.set((*around, step))
        return step

    def end(self, step: Step) -> None:
        """Steps within it that are still open end with it."""
        step.end = self.elapsed()
        around = _open.get()
        if step in around:
            _open.set(around[: around.index(step)])

    def report(self, method: str, path: str, status: int, duration: float) -> dict[str, Any]:
        return {
            "spanId": "0" * 16,
            "method": method,
            "path": path,
            "status": status,
            "startedAt": self.started_at.replace("+00:00", "Z"),
            "duration": round(duration, 3),
            "truncated": self.truncated,
            "steps": [self._shown(step) for step in self.steps],
        }

    def _shown(self, step: Step) -> dict[str, Any]:
        inner = [each for each in self.steps if each.parent == step.index]
        own = step.end - step.start - sum(each.end - each.start for each in inner)
        detail = step.about["detail"]
        if detail["kind"] == "middleware":
            first = inner[0].start if inner else step.end
            last = max((each.end for each in inner), default=step.end)
            times = {"before": first - step.start, "after": max(0.0, step.end - last)}
            detail = {**detail, **{key: round(value, 3) for key, value in times.items()}}
        return {
            "index": step.index,
            "parent": step.parent,
            **step.about,
            "detail": detail,
            "start": round(step.start, 3),
            "duration": round(step.end - step.start, 3),
            "own": round(max(0.0, own), 3),
            "verdict": step.verdict,
        }


_seen: ContextVar[Seen | None] = ContextVar("viva_steps", default=None)

# The steps around what runs, the outermost first. Each task has its own: what runs side by side isn't within one another.
_open: ContextVar[tuple[Step, ...]] = ContextVar("viva_open_steps", default=())


def seen() -> Seen | None:
    return _seen.get()


@contextmanager
def recorded() -> Iterator[Seen]:
    fresh = Seen()
    token, around = _seen.set(fresh), _open.set(())
    try:
        yield fresh
    finally:
        _seen.reset(token)
        _open.reset(around)


@contextmanager
def step(name: str, kind: str, title: str, detail: dict[str, Any]) -> Iterator[Step | None]:
    """A step of the framework. An exception marks it as refused and goes on."""
    current = _seen.get()
    if current is None:
        yield None
        return
    made = current.begin(name, kind, title, detail)
    try:
        yield made
    except BaseException:
        made.verdict = "refused"
        raise
    finally:
        current.end(made)


def note(name: str, kind: str, title: str, detail: dict[str, Any], verdict: str = "ok") -> None:
    """A step that takes no time of its own."""
    with step(name, kind, title, detail) as made:
        if made is not None:
            made.verdict = verdict


def refuse() -> None:
    """The step that runs has decided the answer against the caller."""
    if around := _open.get():
        around[-1].verdict = "refused"


def note_log(log: str) -> None:
    note("server.log", "response", "Logged", {"kind": "log", "log": log})


def begin(code: CodeType, variables: dict[str, Any]) -> None:
    """A function of the project begins: a step, if it is the one that its region is about."""
    current, name = _seen.get(), regions.of(code)
    if current is None or name is None:
        return
    about = details.of_call(name, code, variables)
    if about is not None:
        current.begin(name, **about).code = code


def end(code: CodeType, value: Any, error: BaseException | None) -> None:
    current, made = _seen.get(), _of(code)
    if current is None or made is None:
        return
    if details.fill(made.about["detail"], value, error) or error is not None:
        made.verdict = "refused"
    if made.about["name"] == "auth.get_current_user":
        note_user(current, found=error is None)
    current.end(made)


def note_user(current: Seen, found: bool) -> None:
    """The last check of a token, the one that asks the database: whether its user still exists."""
    checked = [each for each in current.steps if each.about["name"] == "auth.decode_token"]
    if not checked or checked[-1].verdict == "refused":
        return
    check = {"name": "user", "ok": found, "message": "the user still exists"}
    checked[-1].about["detail"]["checks"].append(check)
    if not found:
        checked[-1].verdict = "refused"


def suspend(code: CodeType) -> None:
    """A generator has yielded: what follows is a step of its own."""
    current, made = _seen.get(), _of(code)
    if current is not None and made is not None:
        current.end(made)


def resume(code: CodeType, failed: bool) -> None:
    current, name = _seen.get(), regions.of(code)
    if current is None or name is None:
        return
    about = details.of_clean_up(name, failed)
    if about is not None:
        current.begin(name, **about).code = code


def _of(code: CodeType) -> Step | None:
    return next((each for each in reversed(_open.get()) if each.code is code), None)
