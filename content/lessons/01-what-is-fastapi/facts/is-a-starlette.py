"""FastAPI is a subclass of Starlette’s application class"""
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.applications import Starlette
from starlette.responses import Response

print("FastAPI is a Starlette:", issubclass(FastAPI, Starlette))
print("its JSONResponse is Starlette's:", issubclass(JSONResponse, Response))
print("order of classes:", [each.__name__ for each in FastAPI.__mro__])
