"""Reads multipart bodies, one per line as `[content type, body in Latin-1]`, and writes
Starlette's result for each: the fields in their order, or the detail of the 400."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator

from starlette.datastructures import Headers
from starlette.formparsers import MultiPartException, MultiPartParser


async def stream(body: bytes) -> AsyncGenerator[bytes, None]:
    if body:
        yield body
    yield b""


async def read(content_type: str, body: bytes) -> object:
    headers = Headers(raw=[(b"content-type", content_type.encode("latin-1"))])
    try:
        form = await MultiPartParser(headers, stream(body)).parse()
    except MultiPartException as error:
        return error.message
    except Exception:
        return "There was an error parsing the body"
    return [
        [name, value if isinstance(value, str) else [value.filename, value.size, dict(value.headers)]]
        for name, value in form.multi_items()
    ]


async def main() -> None:
    for line in sys.stdin:
        content_type, body = json.loads(line)
        print(json.dumps(await read(content_type, body.encode("latin-1"))))


asyncio.run(main())
