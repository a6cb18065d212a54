"""The CRUD and login project: `uvicorn main:app`, then http://localhost:8000/docs."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError

from database import create_tables, engine
from middleware import AccessLogMiddleware, SecurityHeadersMiddleware, add_cors
from routers import auth, items, lab, users
from seed import seed_people


# region main.lifespan
@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Runs once: above `yield` before the first request, below it after the last one."""
    create_tables()
    seed_people()
    yield
    engine.dispose()


# endregion

# region main.app
app = FastAPI(title="Viva: CRUD and login", version="1.0.0", lifespan=lifespan)
# endregion


@app.exception_handler(RequestValidationError)
async def refuse_input(request: Request, error: RequestValidationError) -> Response:
    """FastAPI's own 422, but never with a password in it. It would be a 500 where the
    input can't be written as JSON: NaN, Infinity, a lone surrogate. Then it is left
    out."""
    error = RequestValidationError([redacted(problem) for problem in error.errors()])
    try:
        return await request_validation_exception_handler(request, error)
    except ValueError:
        problems = [
            {key: value for key, value in problem.items() if key != "input"}
            for problem in error.errors()
        ]
        body = json.dumps({"detail": jsonable_encoder(problems)})
        return Response(body, status_code=422, media_type="application/json")


def redacted(problem: dict[str, Any]) -> dict[str, Any]:
    """`input` repeats what was sent. It is left out where that may be a password: the
    field itself, an unknown field, and the whole body."""
    where, *field = problem["loc"]
    kinds = ("missing", "extra_forbidden")
    whole = where == "body" and (not field or problem["type"] in kinds)
    if not whole and "password" not in field:
        return problem
    return {key: value for key, value in problem.items() if key != "input"}


# region main.middleware
# The one added last is the outermost: it sees the request first and the answer last.
add_cors(app)
app.add_middleware(AccessLogMiddleware)
app.add_middleware(SecurityHeadersMiddleware)
# endregion

# region main.routers
app.include_router(users.router)
app.include_router(auth.router)
app.include_router(items.router)
app.include_router(lab.router)
# endregion
