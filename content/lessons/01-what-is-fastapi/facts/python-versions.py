"""the package metadata of 0.165.0 asks for Python 3.11 or newer"""
from importlib.metadata import metadata

about = metadata("fastapi")
print("fastapi", about["Version"])
print("Requires-Python:", about["Requires-Python"])
