"""A copy of the product to measure: its own database with the shipped dataset, served as `make run` serves it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def prepare(folder: Path) -> dict[str, str]:
    """Migrate, load the dataset and collect static files under `folder`; the environment of a process that uses them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "DATABASE_", "REDIS_"))}
    environment = {
        **kept,
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "SECRET_KEY": "benchmarks" * 6,
        "DASHBOARD_PUBLIC": "1",
        "DEBUG": "0",
    }
    for command in (["migrate", "--verbosity", "0"], ["load_dataset"], ["collectstatic", "--no-input", "--verbosity", "0"]):
        manage(environment, *command)
    return environment


def manage(environment: dict[str, str], *command: str) -> None:
    """Run `manage.py` with the database and folders of an environment."""
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def run_module(module: str, environment: dict[str, str], *arguments: str) -> None:
    """Run a module of the benchmarks in a process that knows the copy."""
    subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, check=True)


@contextlib.contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[str]:
    """Serve a WSGI application by gunicorn on a free port of the loopback, with the project's configuration; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", application]
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, "PORT": str(port)}, stdout=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Until it answers. Raises RuntimeError where the process ends or time runs out."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server of {address} ended with {process.returncode}")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise RuntimeError(f"{address} did not answer within {seconds:.0f} seconds")
