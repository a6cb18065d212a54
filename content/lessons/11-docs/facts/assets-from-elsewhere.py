"""The pages that FastAPI serves load their scripts and styles from cdn.jsdelivr.net, and ReDoc a font from Google."""
import re

from fastapi import FastAPI
from fastapi.testclient import TestClient

client = TestClient(FastAPI())
for path in ("/docs", "/redoc"):
    hosts = re.findall(r'(?:src|href)="https://([^/"]+)', client.get(path).text)
    print(path, *sorted(set(hosts)))
