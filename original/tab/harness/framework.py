"""What FastAPI and Starlette do between the project's functions, as steps. None of it does anything else than before."""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from http import HTTPStatus
from typing import Any

import fastapi.dependencies.utils as utils
import fastapi.routing as routing
from fastapi.middleware.cors import CORSMiddleware
from fastapi.security import OAuth2PasswordBearer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Router

from . import details, regions, steps, verdicts

_validation: ContextVar[steps.Step | None] = ContextVar("viva_validation", default=None)


def watch() -> None:
    wrap(utils, "solve_dependencies", solve)
    routing.solve_dependencies = utils.solve_dependencies
    wrap(utils, "request_params_to_args", check_parameters)
    wrap(utils, "request_body_to_args", check_body)
    wrap(routing, "get_request_handler", found_route)
    wrap(routing, "serialize_response", serialize)
    wrap(routing.APIRoute, "handle", check_method)
    wrap(Router, "not_found", no_route)
    wrap(Request, "body", read_body)
    wrap(Request, "form", read_form)
    wrap(Response, "__call__", send)
    wrap(CORSMiddleware, "__call__", cross_origins)
    wrap(CORSMiddleware, "preflight_response", preflight)
    wrap(OAuth2PasswordBearer, "__call__", take_token)


def wrap(owner: Any, name: str, around: Callable[..., Any]) -> None:
    """`around` is called with the original first."""
    original = getattr(owner, name)

    @functools.wraps(original)
    def call(*args: Any, **kwargs: Any) -> Any:
        return around(original, *args, **kwargs)

    setattr(owner, name, call)


class NotingCache(dict[Any, Any]):
    """FastAPI's cache of dependencies: what is taken out of it was needed again."""

    def __getitem__(self, key: Any) -> Any:
        code = getattr(key[0], "__code__", None)
        name = regions.of(code) if code else None
        if name is not None:
            summary = "Needed again in the same request: the same value is used."
            about = details.dependency(name.partition(".")[2], None, summary, cached=True)
            steps.note(name, **about, verdict="cached")
        return super().__getitem__(key)


async def solve(original: Callable[..., Any], **options: Any) -> Any:
    """Dependencies first, then everything declared: what is checked for one function is one step."""
    if options.get("dependency_cache") is None:
        options["dependency_cache"] = NotingCache()
    token = _validation.set(None)
    try:
        return await original(**options)
    finally:
        checked, seen = _validation.get(), steps.seen()
        if checked is not None and seen is not None:
            seen.end(checked)
        _validation.reset(token)


def validation(where: str) -> steps.Step | None:
    """The step of the function whose declarations are being checked."""
    seen, checked = steps.seen(), _validation.get()
    if seen is None or checked is not None:
        if checked is not None:
            checked.about["detail"]["where"] = where
        return checked
    detail = {"kind": "validation", "model": None, "where": where, "fields": []}
    checked = seen.begin("request.validation", "validation", "Request validated", detail)
    _validation.set(checked)
    return checked


def check_parameters(original: Callable[..., Any], fields: Any, received: Any) -> Any:
    if not fields:
        return original(fields, received)
    step = validation(verdicts.place(fields[0]))
    values, errors = original(fields, received)
    if step is not None:
        step.about["detail"]["fields"] += verdicts.of_parameters(fields, received, errors)
        step.verdict = "refused" if errors else step.verdict
    return values, errors


async def check_body(original: Callable[..., Any], **options: Any) -> Any:
    fields, received = options["body_fields"], options["received_body"]
    step, model = validation(verdicts.place(fields[0])), verdicts.model_of(fields)
    if step is None:
        return await original(**options)
    shown = step.about["detail"]
    region = regions.of_class(model) if model else None
    if region is None:
        values, errors = await original(**options)
        shown["fields"] += verdicts.of_parameters(fields, received, errors)
    else:
        shown["model"] = model.__name__
        detail = {"kind": "validation", "model": model.__name__, "where": "body", "fields": []}
        with steps.step(region, "validation", model.__name__, detail) as made:
            values, errors = await original(**options)
            detail["fields"] = verdicts.of_model(model, received, errors)
            made.verdict = "refused" if errors else "ok"
        shown["fields"] += detail["fields"]
    step.verdict = "refused" if errors else step.verdict
    return values, errors


def found_route(original: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Called when a route is declared; what it returns is called for each request that reaches the route."""
    handle = original(*args, **options)

    async def app(request: Request) -> Response:
        route = request.scope.get("route")
        path = getattr(route, "path_format", None) or getattr(route, "path", request.url.path)
        route_found("Route found", f"{request.method} {path} is the first route that matches.")
        return await handle(request)

    return app


async def check_method(original: Callable[..., Any], route: Any, scope: Any, *rest: Any) -> Any:
    if route.methods and scope["method"] not in route.methods:
        allowed = ", ".join(sorted(route.methods))
        route_found(
            "No route",
            f"{route.path} matches, but allows {allowed} and not {scope['method']}.",
            "refused",
        )
    return await original(route, scope, *rest)


async def no_route(original: Callable[..., Any], *args: Any) -> Any:
    route_found("No route", "No route matches this path.", "refused")
    return await original(*args)


def route_found(title: str, summary: str, verdict: str = "ok") -> None:
    detail = {"kind": "handler", "summary": summary}
    steps.note("main.routers", "handler", title, detail, verdict)


async def serialize(original: Callable[..., Any], **options: Any) -> Any:
    field, content = options.get("field"), options.get("response_content")
    if field is None:
        return await original(**options)
    model = verdicts.annotation_of(field)
    name = verdicts.name_of(model)
    detail = {
        "kind": "response",
        "model": name,
        "removed": verdicts.removed(model, content),
        "status": 200,
    }
    region = regions.of_class(model) or "response.model"
    with steps.step(region, "response", f"Response model {name}", detail) as made:
        if made is not None:
            made.awaits_status = True
        return await original(**options)


async def read_body(original: Callable[..., Any], request: Request) -> Any:
    if hasattr(request, "_body"):
        return await original(request)
    detail = body_detail(request)
    with steps.step("body.parse", "body", "Body read", detail):
        content = await original(request)
        detail["bytes"] = len(content)
        if content:
            is_json = "json" in detail["contentType"] or not detail["contentType"]
            detail["as"] = "json" if is_json else "bytes"
        return content


def read_form(original: Callable[..., Any], request: Request, **limits: Any) -> Any:
    if getattr(request, "_form", None) is not None:
        return original(request, **limits)
    detail = body_detail(request)
    detail["as"] = "form"
    detail["bytes"] = int(request.headers.get("content-length", 0))
    steps.note("body.parse", "body", "Body read", detail)
    return original(request, **limits)


def body_detail(request: Request) -> dict[str, Any]:
    kind = request.headers.get("content-type", "")[:100]
    return {"kind": "body", "contentType": kind, "bytes": 0, "as": "nothing"}


async def send(original: Callable[..., Any], response: Response, *args: Any) -> None:
    if args[0]["type"] != "http" or steps.seen() is None:
        return await original(response, *args)
    seen, status = steps.seen(), response.status_code
    names = {each.about["name"] for each in seen.steps}
    if isinstance(response, RedirectResponse) and "main.routers" not in names:
        where = response.headers["location"]
        route_found("No route", f"No route matches this path, but {where} would match.", "refused")
    for each in seen.steps:
        if each.awaits_status:
            each.about["detail"]["status"] = status
    title = f"{status} {HTTPStatus(status).phrase}" if status in set(HTTPStatus) else str(status)
    detail = {"kind": "response", "model": None, "removed": [], "status": status}
    with steps.step("response.send", "response", title, detail):
        return await original(response, *args)


async def cross_origins(original: Callable[..., Any], middleware: Any, scope: Any, *rest: Any) -> None:
    if scope["type"] != "http":
        return await original(middleware, scope, *rest)
    summary = "Lets pages of another origin read answers."
    detail = {"kind": "middleware", "before": 0, "after": 0, "summary": summary}
    with steps.step("middleware.cors", "middleware", "CORSMiddleware", detail):
        return await original(middleware, scope, *rest)


def preflight(original: Callable[..., Any], *args: Any, **options: Any) -> Response:
    response = original(*args, **options)
    if response.status_code >= 400:
        steps.refuse()
    return response


async def take_token(original: Callable[..., Any], scheme: Any, request: Request) -> Any:
    about = details.dependency("oauth2_scheme", "event loop", "Called.")
    with steps.step("auth.oauth2_scheme", **about):
        return await original(scheme, request)
