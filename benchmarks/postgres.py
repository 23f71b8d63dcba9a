"""A private PostgreSQL for a benchmark: on a Unix socket, with the durability that SQLite has here, gone with it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any, Final

import psycopg

# A commit does not wait for the disk, as with SQLite's WAL and synchronous=NORMAL; the files are whole after a crash.
_OPTIONS: Final = {"listen_addresses": "", "port": "5432", "synchronous_commit": "off", "shared_buffers": "256MB", "jit": "off"}


@dataclass(frozen=True, slots=True)
class Server:
    """A cluster that answers on a socket in `folder`."""

    folder: Path

    def url(self, name: str) -> str:
        """The DATABASE_URL of a database."""
        return f"postgres://tianshan@/{name}?host={self.folder}&port={_OPTIONS['port']}"

    def create(self, name: str, template: str = "template1") -> str:
        """Make a database as a copy of another, in place of one of its name; its DATABASE_URL."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            connection.execute("CHECKPOINT")
        return self.url(name)


def available() -> bool:
    """Whether PostgreSQL is installed."""
    return _program("initdb") is not None


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A fresh cluster. Raises RuntimeError where it does not start."""
    folder = Path(tempfile.mkdtemp(prefix="tianshan-pg-"))
    account = _account()
    try:
        if account:
            shutil.chown(folder, account["user"], account["group"])
        home = {"cwd": folder, "env": {**os.environ, "HOME": str(folder), "TZ": "UTC"}, **account}
        initdb = [str(_program("initdb")), "-D", "data", "-U", "tianshan", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"]
        subprocess.run(initdb, check=True, capture_output=True, **home)
        options = [word for name, value in _OPTIONS.items() for word in ("-c", f"{name}={value}")]
        command = [str(_program("postgres")), "-D", "data", "-c", f"unix_socket_directories={folder}", *options]
        with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, **home) as process:
            try:
                _wait(server := Server(folder), process)
                yield server
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str | None:
    return shutil.which(name) or next((path for path in sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None)


def _account() -> dict[str, Any]:
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return {}
    found = pwd.getpwnam("postgres")
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def _wait(server: Server, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(server.url("postgres"), connect_timeout=2):
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start")
