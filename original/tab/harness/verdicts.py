"""What validation made of each field, and what a response model leaves out."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

NAMES = {str: "string", int: "int", float: "float", bool: "bool", type(None): "null"}


def place(field: Any) -> str:
    """path, query, header, cookie, body or form."""
    info = field.field_info
    kind = getattr(info, "in_", None)
    if kind is not None:
        return str(kind.value)
    return "form" if type(info).__name__ in ("Form", "File") else "body"


def annotation_of(field: Any) -> Any:
    return field.field_info.annotation


def model_of(fields: Sequence[Any]) -> type[BaseModel] | None:
    """The model of a body that is one model."""
    annotation = annotation_of(fields[0])
    is_model = inspect.isclass(annotation) and issubclass(annotation, BaseModel)
    return annotation if len(fields) == 1 and is_model else None


def of_parameters(fields: Sequence[Any], received: Any, errors: Sequence[Any]) -> list[dict[str, Any]]:
    where = place(fields[0])
    first = "body" if where == "form" else where
    values = received if isinstance(received, Mapping) else {}
    return [
        verdict([first, field.alias], values.get(field.alias, ...), rule_of(annotation_of(field)), errors)
        for field in fields
    ]


def of_model(model: type[BaseModel], received: Any, errors: Sequence[Any]) -> list[dict[str, Any]]:
    if not isinstance(received, Mapping):
        return [verdict(["body"], ... if received is None else received, model.__name__, errors)]
    declared = [
        verdict(["body", name], received.get(name, ...), rule_of(info.annotation), errors)
        for name, info in model.model_fields.items()
    ]
    extra = [
        verdict(["body", name], received[name], "not declared", errors)
        for name in received
        if name not in model.model_fields
    ]
    return [*declared, *extra]


def verdict(loc: list[Any], value: Any, rule: str, errors: Sequence[Any]) -> dict[str, Any]:
    problem = next((each for each in errors if list(each["loc"])[: len(loc)] == loc), None)
    shown = {"loc": loc, "valueType": type_of(value), "rule": rule, "ok": problem is None}
    if problem is not None:
        shown |= {"error": problem["type"], "message": problem["msg"]}
    return shown


def type_of(value: Any) -> str:
    if value is ...:
        return "missing"
    if isinstance(value, Mapping):
        return "object"
    return NAMES.get(type(value), "list" if isinstance(value, list) else type(value).__name__)


def rule_of(annotation: Any) -> str:
    return getattr(annotation, "__name__", None) or str(annotation)


def name_of(model: Any) -> str:
    inner = get_args(model)
    if not inner:
        return rule_of(model)
    outer = get_origin(model)
    return f"{getattr(outer, '__name__', outer)}[{', '.join(map(name_of, inner))}]"


def removed(model: Any, content: Any) -> list[str]:
    """Fields that the handler returned and the model doesn't declare. Rows of one list have the same: the first is enough."""
    if get_origin(model) is list and isinstance(content, Sequence):
        model, content = get_args(model)[0], next(iter(content), None)
    if not (inspect.isclass(model) and issubclass(model, BaseModel)):
        return []
    mapper = getattr(type(content), "__mapper__", None)
    if mapper is not None:
        names = list(mapper.columns.keys())
    elif isinstance(content, Mapping):
        names = list(content)
    else:
        names = list(getattr(type(content), "model_fields", {}))
    return [name for name in names if name not in model.model_fields]
