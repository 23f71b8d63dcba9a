"""Brings the data up to date and runs web, worker and beat under one supervisor until Ctrl-C or SIGTERM.

Runs inside .venv, started by run.py. A step whose inputs are unchanged since it last succeeded is skipped.
"""

import contextlib
import hashlib
import multiprocessing
import os
import shlex
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ["VAR_DIR"])
os.chdir(ROOT)
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.config.settings")
# This run serves the loopback interface only: whoever reaches it sits at this machine.
os.environ["DASHBOARD_PUBLIC"] = os.environ.get("DASHBOARD_PUBLIC", "").strip() or "1"


def fingerprint(*roots: Path, salt: str = "") -> str:
    """A hash of the names, sizes and times of change of all files below the folders."""
    total = hashlib.sha256(salt.encode())
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                state = path.stat()
                total.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return total.hexdigest()


def once(name: str, wanted: str, step: Callable[[], object]) -> None:
    """Run the step unless it last succeeded for the same fingerprint."""
    stamp = VAR / f".{name}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    step()
    stamp.write_text(wanted)


def prepare() -> str | None:
    """Database, dataset, static files, first editor; the editor's password where one was made now."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from messages import compile_messages

    django.setup()
    database = settings.DATABASES["default"]
    salt = f"{database['ENGINE']} {database['NAME']} {database.get('HOST')} {database.get('PORT')}"
    if migrations_pending():
        print("Preparing the database", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
        (VAR / ".dataset").unlink(missing_ok=True)  # a new database, or a table that has a new column to fill
    compile_messages()
    once("dataset", fingerprint(ROOT / "relations", salt=salt), lambda: call_command("load_dataset"))
    installed = (ROOT / ".venv" / ".installed-requirements.txt").read_text()
    once("collected", fingerprint(ROOT / "static", salt=installed), collect)
    password = first_editor()
    connections.close_all()  # the children are forked: none may inherit an open connection
    return password


def migrations_pending() -> bool:
    """Whether the database lacks a migration that the code has."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect() -> None:
    """Static files under names with hashes, compressed; those that are gone are cleared away."""
    from django.core.management import call_command

    print("Collecting static files", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def first_editor() -> str | None:
    """Make the first account where there is none, and give its password."""
    from relations.services.accounts import create_first_editor

    return create_first_editor()


def processes() -> Iterable[tuple[str, str]]:
    """Name and shell line of each process of the Procfile, with this environment's Python."""
    for line in (ROOT / "deploy" / "Procfile").read_text().splitlines():
        name, _, command = line.partition(":")
        if command.strip():
            yield name, "exec " + command.strip().replace("python", shlex.quote(sys.executable), 1)


class LeaderFirst:
    """SIGTERM to a program alone, which then ends its own children in order; SIGKILL to it and them."""

    def terminate(self, pid: int) -> None:
        """Ask the program to end."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)

    def kill(self, pid: int) -> None:
        """End the program and its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def supervise() -> int:
    """Run the processes; when one ends, or on Ctrl-C or SIGTERM, end them all. Gives the status to exit with."""
    from honcho.manager import Manager

    class Supervisor(Manager):
        """honcho, safe against a signal that arrives while the processes are being started."""

        asked_to_stop = False

        def __init__(self) -> None:
            super().__init__()
            self._procmgr = LeaderFirst()

        def terminate(self) -> None:
            """End the processes; before all of them are known, only note that the loop has to do it."""
            self.asked_to_stop = True
            if self._all_started():
                super().terminate()

        def _system_print(self, data: str) -> None:
            # A signal may come while a line is being written: the handler's own line is then lost, not what it has to do.
            with contextlib.suppress(RuntimeError):
                super()._system_print(data)

        def _any_stopped(self) -> bool:
            # The loop calls terminate() when a process has stopped, and kills what is left after five seconds.
            return self.asked_to_stop or super()._any_stopped()

    supervisor = Supervisor()
    # In a container everything belongs to root, and the queue accepts JSON only: Celery's warning would hide other lines.
    quiet = "ignore:You're running the worker with superuser"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": quiet}
    for name, command in processes():
        supervisor.add_process(name, command, env=environment, cwd=str(ROOT))
    # A terminal that is closed ends everything as Ctrl-C does.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    supervisor.loop()
    return int(supervisor.returncode or 0)


def announce(port: int, password: str | None) -> None:
    """Wait until the site answers, then say where it is and how an editor logs in."""
    while True:
        time.sleep(0.1)
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            continue
    lines = [f"Tianshan is at http://127.0.0.1:{port}/", f"Editing        http://127.0.0.1:{port}/admin/"]
    if password:
        lines += ["", "Log in as      editor", f"Password       {password}   (shown this once)"]
    lines += ["", "Ctrl-C ends it."]
    width = max(map(len, lines)) + 4
    print("\n" + "\n".join(["─" * width, *(f"  {line}" for line in lines), "─" * width]) + "\n", flush=True)


def main() -> None:
    """Prepare, announce, supervise; every failure that a user can mend is one line."""
    from django.core.management import CommandError
    from django.db import Error as DatabaseError

    try:
        password = prepare()
    except KeyboardInterrupt:
        sys.exit(130)
    except CommandError as error:
        sys.exit(f"tianshan: {error}")
    except DatabaseError as error:
        sys.exit(f"tianshan: the database cannot be used: {str(error).strip().splitlines()[0]}")
    except OSError as error:
        sys.exit(f"tianshan: {error.filename or 'a file'}: {error.strerror}")
    multiprocessing.set_start_method("fork")  # honcho's processes cannot be pickled
    port = int(os.environ["PORT"])
    threading.Thread(target=announce, args=(port, password), daemon=True).start()
    sys.exit(supervise())


if __name__ == "__main__":
    main()
