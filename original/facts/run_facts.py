"""Runs facts for `run-facts.ts`: reads paths, one a line, and writes one line of JSON for each.

Each fact runs in a process and an empty folder of its own, so none can change what another prints. The packages are
imported once, here: with `fork`, sixty facts take seconds rather than a minute.
"""

import json
import os
import runpy
import signal
import sys
import tempfile
import traceback

SECONDS_EACH = 600

for package in ("fastapi.testclient", "sqlalchemy.orm", "jwt", "pwdlib"):
    try:
        __import__(package)
    except Exception:  # An older version, asked for by a fact, may lack it.
        pass


def run(path: str, output: int, fault: int) -> None:
    """In the child: everything that the fact prints goes to `output`, an exception that leaves it to `fault`."""
    signal.alarm(SECONDS_EACH)  # Ends this process.
    os.dup2(output, 1)
    sys.path.insert(0, os.path.dirname(path))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            runpy.run_path(path, run_name="__main__")
        except BaseException:
            os.write(fault, traceback.format_exc().encode())
        finally:
            sys.stdout.flush()
            os.chdir("/")


def read_all(descriptor: int) -> str:
    with os.fdopen(descriptor, "rb") as file:
        return file.read().decode()


for line in sys.stdin:
    output_end, output = os.pipe()
    with tempfile.TemporaryFile() as faults:
        child = os.fork()
        if child == 0:
            os.close(output_end)
            run(line.strip(), output, faults.fileno())
            os._exit(0)
        os.close(output)
        text = read_all(output_end)
        _, status = os.waitpid(child, 0)
        faults.seek(0)
        fault = faults.read().decode()
        if os.WIFSIGNALED(status):
            fault = f"ended by signal {os.WTERMSIG(status)}; a fact may take {SECONDS_EACH} seconds"
        print(json.dumps({"output": text, "fault": fault}), flush=True)
