"""Compares two servers with the same requests, for facts that are measured."""

import asyncio
import os
import platform
import re
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROUNDS = 5

# A title, the request, how many connections, and how many requests on each.
Case = tuple[str, bytes, int, int]


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def post(path: str, body: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
    return f"{head}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def compare(app: str, cases: Sequence[Case]) -> None:
    """Runs `api` of the file `app` under uvicorn and `web` under gunicorn, and prints seconds."""
    folder, name = Path(app).parent, Path(app).stem
    ports = [free_port(), free_port()]
    uvicorn = ["uvicorn", f"{name}:api", "--port", str(ports[0]), "--no-access-log"]
    gunicorn = ["gunicorn", f"{name}:web", "--bind", f"127.0.0.1:{ports[1]}"]
    commands = [uvicorn, [*gunicorn, "--threads", "8"]]
    environment = {**os.environ, "PYTHONPATH": f"{folder}:{Path(__file__).parent}"}
    servers = [
        subprocess.Popen([sys.executable, "-m", *command], env=environment)
        for command in commands
    ]
    try:
        asyncio.run(measure(ports, cases))
    finally:
        for server in servers:
            server.terminate()
            server.wait()


async def measure(ports: Sequence[int], cases: Sequence[Case]) -> None:
    python = platform.python_version()
    print(f"{date.today()}: {platform.system()}, {os.cpu_count()} cores, Python {python}")
    print(f"FastAPI {version('fastapi')}: uvicorn {version('uvicorn')} with uvloop and httptools")
    print(f"Flask {version('flask')}: gunicorn {version('gunicorn')} --threads 8")
    print(f"One process each. Seconds, the best of {ROUNDS} rounds in turn:")
    for title, request, connections, each in cases:
        best = [float("inf")] * 2
        for _ in range(ROUNDS):
            for index, port in enumerate(ports):
                await send_all(port, request, connections, 1)  # Warms up.
                seconds = await send_all(port, request, connections, each)
                best[index] = min(best[index], seconds)
        print(f"{title}: FastAPI {best[0]:.2f}, Flask {best[1]:.2f}")


async def send_all(port: int, request: bytes, connections: int, each: int) -> float:
    """Sends `each` requests one after another on every connection. Returns seconds."""

    async def send() -> None:
        reader, writer = await connect(port)
        for _ in range(each):
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            if not head.startswith(b"HTTP/1.1 200") or length is None:
                raise RuntimeError(head.decode())
            await reader.readexactly(int(length[1]))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(send() for _ in range(connections)))
    return time.perf_counter() - began


async def connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Waits until the server listens."""
    for _ in range(200):
        try:
            return await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.1)
    raise TimeoutError(f"nothing listens on {port}")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
