"""The original in a tab: what `engine.ts` calls. Everything goes in and out as JSON, bodies as bytes."""

import json
import platform
import sys
from importlib.metadata import version
from typing import Any

PACKAGES = ("fastapi", "starlette", "pydantic", "SQLAlchemy", "PyJWT", "pwdlib")


def install(bcryptjs: Any) -> str:
    """Imports the packages, with their stand-ins. Returns their versions."""
    sys.dont_write_bytecode = True
    from . import stand_ins

    stand_ins.install(bcryptjs)
    from . import connections, framework, output, statements

    import jwt
    import pwdlib.hashers.bcrypt
    import sqlalchemy.orm

    connections.watch()
    framework.watch()
    statements.watch()
    output.redirect()
    forget_browser()
    packages = {name.lower(): version(name) for name in PACKAGES}
    return json.dumps({"python": platform.python_version(), "packages": packages})


def forget_browser() -> None:
    """Pyodide's modules for JavaScript: what runs here from now on is Python alone."""
    import pyodide_js

    for name in ("pyodide_js", "js"):
        pyodide_js.unregisterJsModule(name)
        sys.modules.pop(name, None)


async def apply(files: str, keep_data: bool) -> str:
    from . import project

    return json.dumps(await project.apply(json.loads(files), keep_data))


async def send(request: str, body: Any, trace_lines: bool) -> tuple[str, bytes]:
    from . import asgi

    content = None if body is None else bytes(body.to_py())
    answer, content = await asgi.answer(json.loads(request), content, trace_lines)
    return json.dumps(answer), content


async def reset() -> str:
    from . import project

    return json.dumps(await project.reset())


def rows() -> str:
    from . import store

    return json.dumps(store.view())


def run_fact(code: str) -> str:
    from . import facts

    return json.dumps(facts.run(code))
