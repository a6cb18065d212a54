"""FastAPI is built on Starlette, which supports async natively."""
from inspect import iscoroutinefunction

from fastapi import FastAPI
from starlette.applications import Starlette

print("FastAPI is a Starlette:", issubclass(FastAPI, Starlette))
print("a server calls it with await:", iscoroutinefunction(Starlette.__call__))
