"""Values as the page may show them: short, without secrets and without addresses in memory."""

import re
from contextvars import ContextVar
from typing import Any

MASK = "•••"
MAX_CHARACTERS = 200
MAX_ITEMS = 12
MAX_DEPTH = 3

SECRET_NAME = re.compile(
    r"pass(word|wd|phrase)?$|password|pwd|secret|token|hash|authorization|credential|cookie|api_?key|salt|signature",
    re.IGNORECASE,
)
SECRET_VALUE = re.compile(
    r"\$2[abxy]?\$\d\d(\$[./A-Za-z0-9]{0,53})?"  # A hash of bcrypt, or its beginning.
    r"|\beyJ[\w-]{4,}(\.[\w-]*){0,2}"  # A JWT, or its beginning.
    r"|\bBearer\s+\S+",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"( object)? at 0x[0-9a-fA-F]+")

# A shorter secret would hide every text that happens to contain it; its own variable is hidden by name.
MIN_SECRET = 4

_known: ContextVar[set[str]] = ContextVar("viva_secrets")


def start(secrets: set[str]) -> None:
    """Begins a request: these values are secrets, wherever they turn up."""
    _known.set({each for each in secrets if len(each) >= MIN_SECRET})


def is_secret(name: str) -> bool:
    return SECRET_NAME.search(name) is not None


def hides(name: str, value: Any) -> bool:
    """Whether a value under this name is a secret: texts, numbers and collections of them, not objects that work with one."""
    kinds = (str, bytes, bytearray, int, float, list, tuple, set, dict)
    return is_secret(name) and isinstance(value, kinds) and not isinstance(value, bool)


def learn(name: str, value: Any) -> None:
    """Remembers the texts in a variable with a secret's name, so that they are hidden under other names, too."""
    if is_secret(name):
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str) and len(value) >= MIN_SECRET:
            _known.get(set()).add(value)
    elif isinstance(value, dict):
        for key, inner in list(value.items())[:MAX_ITEMS]:
            learn(str(key), inner)
    elif (fields := _fields(value)) is not None:
        for key, inner in fields.items():
            learn(key, inner)


def shown(name: str, value: Any) -> str:
    """What a variable of this name shows."""
    learn(name, value)
    if hides(name, value):
        return MASK
    return hidden(_text(value, MAX_DEPTH))


def hidden(text: str) -> str:
    """The text without secrets and addresses, shortened."""
    for each in sorted(_known.get(set()), key=len, reverse=True):
        for form in (each, repr(each)[1:-1]):
            text = text.replace(form, MASK)
    text = ADDRESS.sub("", SECRET_VALUE.sub(MASK, text))
    return text if len(text) <= MAX_CHARACTERS else f"{text[: MAX_CHARACTERS - 1]}…"


def _text(value: Any, depth: int) -> str:
    """`repr` for what is plain; a model shows its fields, and of anything else only the class: its own `repr` may do
    whatever it likes."""
    if value is None or isinstance(value, (bool, int, float, complex)):
        return repr(value)
    if isinstance(value, str):
        # A secret must not be cut in two: what is left of it would not be known any more.
        return repr(hidden(value))
    if isinstance(value, (bytes, bytearray)):
        return f"b{_text(bytes(value).decode('latin-1'), depth)}"
    if type(value).__module__ in ("datetime", "decimal", "uuid", "pathlib", "enum"):
        return repr(value)
    if isinstance(value, BaseException):
        return f"{type(value).__name__}({hidden(str(value))!r})"
    if depth == 0:
        return "…"
    if isinstance(value, dict):
        return _items(value, depth, "{", "}", ": ", repr)
    for kind, opening, closing in ((list, "[", "]"), (tuple, "(", ")"), (set, "{", "}")):
        if type(value) is kind:
            inner = [_text(each, depth - 1) for each in list(value)[:MAX_ITEMS]]
            more = ["…"] if len(value) > MAX_ITEMS else []
            comma = "," if kind is tuple and len(value) == 1 else ""
            return f"{opening}{', '.join([*inner, *more])}{comma}{closing}"
    if isinstance(value, type):
        return f"<class {value.__name__}>"
    if (fields := _fields(value)) is not None:
        return _items(fields, depth, f"{type(value).__name__}(", ")", "=", str)
    if callable(value) and hasattr(value, "__qualname__"):
        return f"<function {value.__qualname__}>"
    return f"<{type(value).__name__}>"


def _items(values: dict[Any, Any], depth: int, opening: str, closing: str, between: str, key: Any) -> str:
    inner = []
    for name, value in list(values.items())[:MAX_ITEMS]:
        text = MASK if hides(str(name), value) else _text(value, depth - 1)
        inner.append(f"{key(name)}{between}{text}")
    if len(values) > MAX_ITEMS:
        inner.append("…")
    return f"{opening}{', '.join(inner)}{closing}"


def _fields(value: Any) -> dict[str, Any] | None:
    """Of a Pydantic model, a row or a dataclass, only what it holds already: asking a row could send a statement."""
    kind = type(value)
    if not any(hasattr(kind, mark) for mark in ("model_fields", "__mapper__", "__dataclass_fields__")):
        return None
    if isinstance(value, type):
        return None
    held = getattr(value, "__dict__", {})
    return {name: inner for name, inner in list(held.items()) if not name.startswith("_")}
