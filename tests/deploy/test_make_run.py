"""`make run` as somebody types it: in a fresh copy of the project, in a terminal, ended with Ctrl-C."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import termios
import time
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fixtures.processes import ROOT, free_port, surroundings

UP = "Ctrl-C ends it."

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed; on Debian: apt-get install make")


class Terminal:
    """A command in a terminal of its own; every process it starts carries a mark in its environment."""

    def __init__(self, command: list[str], folder: Path, **environment: str) -> None:
        self.port = environment["PORT"]
        self.mark = f"TIANSHAN_TEST_MARK={uuid.uuid4()}"
        name, _, value = self.mark.partition("=")
        self.screen = ""
        self._master, slave = os.openpty()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=surroundings(**environment, **{name: value}),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def read_until(self, text: str, seconds: float = 240) -> None:
        """Collect what appears on the screen until it holds the text."""
        deadline = time.monotonic() + seconds
        while text not in self.screen:
            assert time.monotonic() < deadline, f"{text!r} did not appear:\n{self.screen}"
            assert self._read(), f"ended before {text!r} appeared:\n{self.screen}"

    def press_ctrl_c(self) -> None:
        """What the terminal does then: SIGINT to every process in the foreground."""
        os.write(self._master, b"\x03")

    def wait(self, seconds: float = 30) -> int:
        """The status of the command, once it has ended."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"did not end:\n{self.screen}"
            self._read()
        while self._read():
            pass
        return self.process.returncode

    def processes(self) -> dict[int, str]:
        """The living processes with the mark: id and command line."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if self.mark.encode() in (folder / "environ").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def close(self) -> None:
        """Kill what is left."""
        for number in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], 0.2)
        if not ready:
            return self.process.poll() is None
        try:
            self.screen += os.read(self._master, 65536).decode(errors="replace")
        except OSError:  # the last process has closed the terminal
            return False
        return True


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """A copy of the project without what a run leaves behind, readable for everybody; it shares the environment."""
    folder = Path(tempfile.mkdtemp(prefix="tianshan-run-"))
    folder.chmod(0o755)
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Begun:
    """What a first `make run` left behind, and what it had on its screen."""

    var: Path
    screen: str


@pytest.fixture(scope="module")
def first(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Begun:
    """The very first run, from an empty folder on, ended with Ctrl-C: the other tests begin where it has ended."""
    var = tmp_path_factory.mktemp("first") / "var"
    terminal = Terminal(["make", "run"], checkout, PORT=str(free_port()), VAR_DIR=str(var))
    try:
        terminal.read_until(UP)
        terminal.press_ctrl_c()
        terminal.wait()
    finally:
        terminal.close()
    return Begun(var, terminal.screen)


@pytest.fixture
def run(checkout: Path, first: Begun) -> Iterator[Terminal]:
    """`make run` once more, on a free port."""
    terminal = Terminal(["make", "run"], checkout, PORT=str(free_port()), VAR_DIR=str(first.var))
    yield terminal
    terminal.close()


def parent_of(number: int) -> int:
    """The id of a process's parent, the second field after the name in parentheses."""
    return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])


def page_of(terminal: Terminal, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{terminal.port}{path}", timeout=20) as answer:
        return int(answer.status)


@pytest.mark.slow
class TestRun:
    def test_the_site_is_up_nothing_is_done_twice_and_ctrl_c_leaves_no_process(self, run: Terminal, first: Begun) -> None:
        run.read_until(UP)
        for line in ("Preparing the database", "Collecting static files"):
            assert line in first.screen
            assert line not in run.screen
        assert "Password" not in run.screen
        assert f"http://127.0.0.1:{run.port}/" in run.screen
        assert page_of(run, "/") == 200  # public, since only this machine reaches it
        commands = " ".join(run.processes().values())
        assert "gunicorn" in commands and " worker " in commands and " beat " in commands
        run.press_ctrl_c()
        assert run.wait() != 0
        assert run.processes() == {}
        assert "Traceback" not in run.screen

    def test_sigterm_to_the_launcher_leaves_no_process(self, run: Terminal) -> None:
        run.read_until(UP)
        family = {number: parent_of(number) for number, command in run.processes().items() if "serve.py" in command}
        (launcher,) = (number for number, parent in family.items() if parent not in family)
        os.kill(launcher, signal.SIGTERM)
        run.wait()
        assert run.processes() == {}

    def test_ctrl_c_while_the_processes_are_being_started_leaves_none(self, run: Terminal) -> None:
        run.read_until("web")  # the supervisor's first line
        run.press_ctrl_c()
        run.wait()
        assert run.processes() == {}
        assert "Traceback" not in run.screen

    def test_the_first_run_names_an_editor_who_can_log_in(self, checkout: Path, first: Begun) -> None:
        password = re.search(r"Password +(\S+)", first.screen)
        assert password
        script = f"from django.contrib.auth import authenticate as a; print(a(username='editor', password={password[1]!r}).is_staff)"
        shown = subprocess.run(
            [ROOT / ".venv/bin/python", "manage.py", "shell", "-v0", "-c", script],
            cwd=checkout,
            env=surroundings(VAR_DIR=str(first.var)),
            capture_output=True,
            text=True,
        )
        assert shown.stdout.strip() == "True", shown.stderr
        assert (first.var / "secret_key").stat().st_mode & 0o777 == 0o600


# ---- What goes wrong is one line -------------------------------------------------------------------------------------


def refusal(command: list[str], folder: Path, user: str | None = None, **environment: str) -> str:
    """The one line that the failing command writes to stderr, without make's own."""
    done = subprocess.run(command, cwd=folder, env=surroundings(**environment), capture_output=True, text=True, user=user, timeout=60)
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("tianshan: ")
    return lines[0]


def test_a_taken_port_is_one_line(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"port {port} is taken" in refusal(["make", "run", f"PORT={port}"], checkout)


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_one_line(checkout: Path, port: str) -> None:
    assert "PORT must be a whole number from 1 to 65535" in refusal(["make", "run", f"PORT={port}"], checkout)


def test_a_folder_that_cannot_be_made_is_one_line(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot write in" in refusal(["make", "run"], checkout, PORT=str(free_port()), VAR_DIR=str(tmp_path / "file" / "var"))


def test_a_checkout_of_somebody_else_is_one_line(checkout: Path) -> None:
    var = checkout / "var"
    var.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        line = refusal(["make", "run"], checkout, user="nobody", PORT=str(free_port()), HOME="/nonexistent")
    else:
        var.chmod(0o555)
        line = refusal(["make", "run"], checkout, PORT=str(free_port()))
        var.chmod(0o755)
    assert f"cannot write in {var}" in line
    assert "Permission denied" in line


def old_python(folder: Path) -> Path:
    """A program that answers the launcher's questions as Python 3.9 would."""
    script = folder / "python3"
    script.write_text('#!/bin/sh\ncase "$2" in *"(3, 11)"*) exit 1;; *) printf 3.9.2;; esac\n')
    script.chmod(0o755)
    return script


def test_a_python_that_is_too_old_is_one_line(checkout: Path, tmp_path: Path) -> None:
    assert "Python 3.9.2; Tianshan needs 3.11 or newer" in refusal(["make", "run", f"PYTHON={old_python(tmp_path)}"], checkout)


def test_only_an_old_python_in_the_path_is_one_line(checkout: Path, tmp_path: Path) -> None:
    old_python(tmp_path)
    for program in ("sh", "make", "dirname"):
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    assert "Python 3.9.2 is too old; install Python 3.11 or newer" in refusal(["make", "run"], checkout, PATH=str(tmp_path))


def test_a_database_that_cannot_be_reached_is_one_line(checkout: Path, tmp_path: Path) -> None:
    address = f"postgres://nobody@/nothing?host={tmp_path}"
    line = refusal(["make", "run"], checkout, PORT=str(free_port()), DATABASE_URL=address, VAR_DIR=str(tmp_path / "var"))
    assert "the database cannot be used" in line
