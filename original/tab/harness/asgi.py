"""One request to the app, called directly, with the scope that uvicorn would give it."""

import asyncio
import json
import time
from typing import Any
from urllib.parse import parse_qsl, unquote

from . import errors, lines, masking, output, project, steps

ADDRESS = ("127.0.0.1", 50000)
HOST = "localhost:8000"
# Beyond these, a response isn't kept: it would be copied several times on its way to the page.
MAX_BODY_BYTES = 5_000_000
MAX_HEADER_BYTES = 64_000


class ResponseTooLarge(Exception):
    """The response has more than is kept of one. The message says of what."""

    # A learner knows nothing of this one.
    __module__ = "builtins"


async def answer(
    request: dict[str, Any], body: bytes | None, trace_lines: bool
) -> tuple[dict[str, Any], bytes]:
    running = project.current
    if running is None:
        raise RuntimeError("the app hasn't started")
    exchange = Exchange(request["method"], body)
    scope = scope_of(request, body, dict(running.lifespan.state))
    failure: dict[str, Any] | None = None
    masking.start(secrets_of(request, body))
    with output.kept() as pieces, lines.recorded(trace_lines) as recorder:
        with steps.recorded() as seen:
            began = time.perf_counter()
            try:
                await running.app(scope, exchange.receive, exchange.send)
            except Exception as error:
                failure = errors.shown(exchange.excess or error)
                summary = failure["traceback"].rstrip().split("\n")[-1]
                output.add(f"ERROR:    Exception in ASGI application\n{failure['traceback']}")
                steps.note_log(f"ERROR:    Exception in ASGI application\n…\n{summary}")
            finally:
                exchange.finished.set()
            duration = (time.perf_counter() - began) * 1000
    if exchange.excess is not None and failure is None:
        failure = errors.shown(exchange.excess)
    if exchange.status is None or exchange.excess is not None:
        exchange.fail()
    path = request["path"].partition("?")[0]
    return {
        "status": exchange.status,
        "headers": exchange.headers,
        "durationMs": round(duration, 3),
        "lines": recorder.events,
        "linesLeftOut": recorder.left_out,
        "output": output.lines(pieces),
        "error": failure,
        "trace": {
            "id": "0" * 32,
            "startUp": running.start_up,
            "requests": [seen.report(request["method"], path, exchange.status, duration)],
        },
    }, bytes(exchange.content)


def secrets_of(request: dict[str, Any], body: bytes | None) -> set[str]:
    """What a client sends that must not be shown: its credentials, and the values of fields with a secret's name."""
    secrets = {
        value.rpartition(" ")[2]
        for name, value in request["headers"]
        if masking.is_secret(name)
    }
    text = (body or b"").decode("utf-8", "replace")
    try:
        sent = json.loads(text)
    except ValueError:
        sent = dict(parse_qsl(text))
    for name, value in sent.items() if isinstance(sent, dict) else ():
        if masking.is_secret(name) and isinstance(value, str):
            secrets.add(value)
    return secrets


def scope_of(
    request: dict[str, Any], body: bytes | None, state: dict[str, Any]
) -> dict[str, Any]:
    path, _, query = request["path"].partition("?")
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in request["headers"]
    ]
    names = {name for name, _ in headers}
    if b"host" not in names:
        headers.insert(0, (b"host", HOST.encode()))
    if body is not None and not names & {b"content-length", b"transfer-encoding"}:
        headers.append((b"content-length", str(len(body)).encode()))
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ADDRESS,
        "scheme": "http",
        "method": request["method"],
        "root_path": "",
        "path": unquote(path),
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": headers,
        "state": state,
    }


class Exchange:
    """What goes between the app and its client."""

    def __init__(self, method: str, body: bytes | None) -> None:
        self.method = method
        self.body: bytes | None = body or b""
        self.status: int | None = None
        self.headers: list[tuple[str, str]] = []
        self.content = bytearray()
        # Kept, because the app may catch it.
        self.excess: ResponseTooLarge | None = None
        self.finished = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        """The body once; then it waits, as a client does that stays connected."""
        if self.body is None:
            await self.finished.wait()
            return {"type": "http.disconnect"}
        body, self.body = self.body, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: dict[str, Any]) -> None:
        if self.excess is not None:
            raise self.excess
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", []))
            size = sum(len(name) + len(value) for name, value in headers)
            self.check(size, MAX_HEADER_BYTES, "The headers of a response have at most 64 kB")
            self.status = message["status"]
            self.headers = [
                (name.decode("latin-1").lower(), value.decode("latin-1"))
                for name, value in headers
            ]
            return
        body = message.get("body", b"")
        self.check(len(self.content) + len(body), MAX_BODY_BYTES, "A response has at most 5 MB")
        if self.method != "HEAD":
            self.content += body
        if not message.get("more_body", False):
            self.finished.set()

    def check(self, size: int, most: int, limit: str) -> None:
        if size > most:
            self.excess = ResponseTooLarge(f"{limit} in this tab. This one has more, or never ends.")
            self.content.clear()
            raise self.excess

    def fail(self) -> None:
        """uvicorn's own answer for an app that sends none."""
        self.status = 500
        self.content[:] = b"" if self.method == "HEAD" else b"Internal Server Error"
        self.headers = [
            ("content-type", "text/plain; charset=utf-8"),
            ("content-length", "21"),
        ]
