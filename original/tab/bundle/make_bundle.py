"""Runs in Pyodide under Node: makes the two archives that a browser loads, out of the wheels and Pyodide's standard library.

What the original really uses goes in compiled, so that the tab needn't; everything else as source, in case an edit
imports it.
"""

import email
import importlib._bootstrap_external as external
import re
import sys
import zipfile
from pathlib import Path

STDLIB = "/lib/python314.zip"
SITE = "/lib/site.zip"
FOLDER = Path("/bundle")

# Nothing here is ever imported in a tab.
LEFT_OUT = re.compile(
    r"^sqlalchemy/(testing|ext/mypy|dialects/(mysql|oracle|mssql|postgresql))/"
    r"|^pydantic/mypy\.py|^fastapi/\.agents/|^dns/"
    r"|\.(pyi|so|pyx|pxd|typed)$|/(tests?|__pycache__)/|\.dist-info/(RECORD|WHEEL|INSTALLER|entry_points\.txt|top_level\.txt)$"
)
LEFT_OUT_OF_STDLIB = re.compile(r"^(_pyrepl|idlelib|tkinter|turtledemo|ensurepip|venv|pydoc_data|xmlrpc)/"
    r"|^(turtle|mailbox|imaplib|poplib|ftplib|smtplib|webbrowser)\.py$")
# anyio imports its parts lazily by reading this file's source.
AS_SOURCE = {"anyio/__init__.py"}

LICENCE = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
NOTICE = """The original in the tab is made of the following, unchanged but for compilation.

Pyodide (pyodide.mjs, pyodide.asm.mjs, pyodide.asm.wasm): MPL-2.0. Source: https://github.com/pyodide/pyodide
CPython and its standard library (stdlib.zip): PSF-2.0. https://docs.python.org/3/license.html
SQLite, within pyodide.asm.wasm: public domain.
The packages in site.zip and pydantic_core.so follow, each with its licence."""

files: dict[str, bytes] = {}


def unpack(wheels: list[str]) -> None:
    """Everything as source: what the original uses isn't known before it has run."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            files.update({name: archive.read(name) for name in archive.namelist() if not name.endswith("/")})
    FOLDER.mkdir()
    extension = next(name for name in files if name.endswith(".so"))
    (FOLDER / "pydantic_core.so").write_bytes(files[extension])
    write("site.zip", SITE, wanted(files, LEFT_OUT), set())


def make() -> None:
    """Called when everything that a tab does has been done once, so that `sys.modules` has what it uses."""
    used = {str(getattr(module, "__file__", None)) for module in list(sys.modules.values())}
    with zipfile.ZipFile(STDLIB) as archive:
        stdlib = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    write("site.zip", SITE, wanted(files, LEFT_OUT), used)
    write("stdlib.zip", STDLIB, wanted(stdlib, LEFT_OUT_OF_STDLIB), used)
    (FOLDER / "NOTICE.txt").write_text(notice())


def notice() -> str:
    """Whose work it is and under which licence, with the texts that the wheels bring."""
    parts = [NOTICE]
    for name in sorted(name for name in files if name.endswith(".dist-info/METADATA")):
        fields = email.message_from_bytes(files[name])
        licence = fields["License-Expression"] or fields["License"] or "see below"
        parts.append(f"{fields['Name']} {fields['Version']}: {licence}")
        folder = name.removesuffix("METADATA")
        texts = [each for each in sorted(files) if each.startswith(folder) and LICENCE.search(each)]
        parts += [files[each].decode("utf-8", "replace") for each in texts]
    return "\n\n".join(parts)


def wanted(all_files: dict[str, bytes], left_out: re.Pattern[str]) -> dict[str, bytes]:
    return {name: data for name, data in sorted(all_files.items()) if not left_out.search(name)}


def write(name: str, place: str, contents: dict[str, bytes], used: set[str]) -> None:
    """Stored, not deflated: it travels in brotli, which does better with the whole."""
    with zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_STORED) as archive:
        for inner, data in contents.items():
            shown = f"{place}/{inner}"
            if inner.endswith(".py") and shown in used and inner not in AS_SOURCE:
                code = compile(data, shown, "exec", dont_inherit=True, optimize=2)
                inner, data = f"{inner}c", external._code_to_hash_pyc(code, bytes(8), False)
            archive.writestr(zipfile.ZipInfo(inner, (1980, 1, 1, 0, 0, 0)), data)
