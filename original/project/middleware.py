"""Code around every request: before it reaches a router, and after it was answered."""

import logging
from time import perf_counter

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint

# uvicorn's own logger, so that its lines are seen without further set-up.
logger = logging.getLogger("uvicorn.error")


# region middleware.access_log
class AccessLogMiddleware(BaseHTTPMiddleware):
    """Measures each request, in seconds, and logs it."""

    async def dispatch(
        self, request: Request, call_next: RequestResponseEndpoint
    ) -> Response:
        note_order(request, "access_log in")
        started = perf_counter()
        response = await call_next(request)
        seconds = perf_counter() - started
        response.headers["X-Process-Time"] = f"{seconds:.6f}"
        logger.info("%s %s %d", request.method, request.url.path, response.status_code)
        response.headers["X-Order"] = note_order(request, "access_log out")
        return response


# endregion


# region middleware.security_headers
class SecurityHeadersMiddleware(BaseHTTPMiddleware):
    """Tells browsers not to guess types, not to frame and not to pass addresses on."""

    async def dispatch(
        self, request: Request, call_next: RequestResponseEndpoint
    ) -> Response:
        note_order(request, "security_headers in")
        response = await call_next(request)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Order"] = note_order(request, "security_headers out")
        return response


# endregion


# region middleware.cors
def add_cors(app: FastAPI) -> None:
    """Lets pages of another origin read answers. It stops no request: browsers do."""
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["http://localhost:5173"],
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["X-Order", "X-Process-Time"],
    )


# endregion


def note_order(request: Request, event: str) -> str:
    """Adds to what has happened to this request so far and gives all of it."""
    order: list[str] = getattr(request.state, "order", [])
    request.state.order = [*order, event]
    return ", ".join(request.state.order)
