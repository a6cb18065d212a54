"""What a step shows of a function of the project, beyond its time: the same details as the twin's step of that name."""

import inspect
from types import CodeType
from typing import Any

DEPENDENCIES = {"database.get_db", "auth.get_current_user"}

# What PyJWT and `decode_token` check, in this order, with the exception that each raises.
CHECKS = {
    "header": ("Authorization: Bearer with a token", ()),
    "shape": ("three parts in base64url", ("DecodeError", "InvalidTokenError")),
    "algorithm": ("HS256 and no other", ("InvalidAlgorithmError",)),
    "signature": ("made with this server's key", ("InvalidSignatureError",)),
    "exp": ("not expired", ("ExpiredSignatureError",)),
    "iat": ("not issued in the future", ("ImmatureSignatureError", "InvalidIssuedAtError")),
    "iss": ("issued by viva", ("InvalidIssuerError",)),
    "aud": ("issued for this API", ("InvalidAudienceError",)),
    "sub": ("the id of a user", ("InvalidSubjectError",)),
}


def of_call(name: str, code: CodeType, variables: dict[str, Any]) -> dict[str, Any] | None:
    """Kind, title and detail; None for functions that the twin has no step for."""
    part, _, function = name.partition(".")
    if part in ("models", "schemas"):
        return None
    if part == "middleware":
        title = code.co_qualname.split(".")[0]
        detail = {"kind": "middleware", "before": 0, "after": 0, "summary": title}
        return {"kind": "middleware", "title": title, "detail": detail}
    if name in DEPENDENCIES:
        return dependency(function, place(code), "Called.")
    if name in ("auth.hash_password", "auth.verify_password"):
        return password(function, variables)
    if name in ("auth.create_access_token", "auth.decode_token"):
        return token(function)
    kind = "wait" if name == "lab.call_service" else "handler"
    called = f" with {', '.join(sorted(variables))}" if variables else ""
    summary = f"Your function is called{called}."
    detail = {"kind": "handler", "ranIn": place(code), "summary": summary}
    return {"kind": kind, "title": f"{code.co_name}()", "detail": detail}


def of_clean_up(name: str, failed: bool) -> dict[str, Any] | None:
    if name not in DEPENDENCIES:
        return None
    why = "at once: the request failed" if failed else "the answer has been sent"
    function = name.partition(".")[2]
    made = dependency(function, None, f"The code after `yield` runs: {why}.")
    return {**made, "title": f"{made['title']}, after yield"}


def dependency(function: str, ran_in: str | None, summary: str, cached: bool = False) -> dict[str, Any]:
    detail: dict[str, Any] = {"kind": "dependency", "cached": cached, "summary": summary}
    if ran_in is not None:
        detail["ranIn"] = ran_in
    return {"kind": "dependency", "title": f"Depends({function})", "detail": detail}


def password(function: str, variables: dict[str, Any]) -> dict[str, Any]:
    stored = str(variables.get("hashed_password", ""))
    hashes = function == "hash_password"
    action = "hash" if hashes else "compare-dummy" if is_dummy(stored) else "compare"
    detail = {"kind": "password", "action": action, "algorithm": "bcrypt", "cost": 10, "match": None}
    add_salt(detail, stored)
    title = "Password hashed" if hashes else "Password compared"
    return {"kind": "password", "title": title, "detail": detail}


def is_dummy(stored: str) -> bool:
    import sys

    return stored != "" and stored == getattr(sys.modules.get("auth"), "DUMMY_HASH", None)


def add_salt(detail: dict[str, Any], hashed: str) -> None:
    """`$2b$10$`, 22 characters of salt, 31 of result."""
    if hashed.startswith("$2"):
        detail["salt"] = hashed[7:29]
        detail["cost"] = int(hashed[4:6])


def token(function: str) -> dict[str, Any]:
    creates = function == "create_access_token"
    detail = {
        "kind": "token",
        "action": "create" if creates else "check",
        "algorithm": "HS256",
        "lifetime": None,
        "checks": [],
    }
    title = "Token created" if creates else "Token checked"
    return {"kind": "token", "title": title, "detail": detail}


def fill(detail: dict[str, Any], value: Any, error: BaseException | None) -> bool:
    """Adds what only the result shows. Returns whether it refuses the caller."""
    if detail["kind"] == "password":
        if isinstance(value, str):
            add_salt(detail, value)
        if isinstance(value, bool):
            detail["match"] = value
        return value is False
    if detail["kind"] == "token" and detail["action"] == "create" and isinstance(value, str):
        detail["lifetime"] = lifetime(value)
    if detail["kind"] == "token" and detail["action"] == "check":
        detail["checks"] = checks(error)
    return False


def lifetime(made: str) -> int | None:
    import jwt

    try:
        claims = jwt.decode(made, options={"verify_signature": False})
        return int(claims["exp"] - claims["iat"])
    except (jwt.InvalidTokenError, KeyError, TypeError):
        return None


def checks(error: BaseException | None) -> list[dict[str, Any]]:
    """Each check up to the one that failed."""
    failed = None if error is None else failed_check(error.__cause__ or error)
    shown = []
    for name, (message, _) in CHECKS.items():
        shown.append({"name": name, "ok": name != failed, "message": message})
        if name == failed:
            break
    return shown


def failed_check(error: BaseException) -> str:
    claim = getattr(error, "claim", None)
    if claim in CHECKS:
        return claim
    kind = type(error).__name__
    return next((name for name, (_, raises) in CHECKS.items() if kind in raises), "sub")


def place(code: CodeType) -> str:
    """Where FastAPI runs it. Here there is one thread, in which both run."""
    runs_on_loop = code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR)
    return "event loop" if runs_on_loop else "threadpool"
