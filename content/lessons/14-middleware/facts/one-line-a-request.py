"""Logging"""
import logging
import sys

from fastapi.testclient import TestClient
from main import app

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(name)s: %(message)s")
logging.getLogger("httpx2").setLevel(logging.WARNING)
client = TestClient(app)
for path in ("/items", "/users/abc", "/nowhere"):
    client.get(path)
