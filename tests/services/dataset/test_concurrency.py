"""Two loads at once: one waits for the other, and nothing is doubled."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.fixtures.processes import ROOT, surroundings
from tests.fixtures.servers import PostgresServer
from tests.services.dataset.material import Tree

FilesOf = Callable[[Tree], Path]


def load_at_once(environment: dict[str, str], directory: Path, times: int) -> list[list[str]]:
    """What each of several loads that begin together adds, changes and leaves unchanged."""
    command = [sys.executable, "manage.py", "load_dataset", str(directory)]
    running = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(times)]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * times
    return sorted(line.split()[1:4] for text in said for line in text.splitlines() if line.startswith("all "))


def test_on_sqlite(tree: Tree, files: FilesOf, migrated_database: Path, tmp_path: Path) -> None:
    shutil.copy(migrated_database, tmp_path / "db.sqlite3")
    environment = surroundings(VAR_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3", SECRET_KEY="tests" * 10)

    assert load_at_once(environment, files(tree), 2) == [["0", "0", "28"], ["28", "0", "0"]]


def test_on_postgresql(tree: Tree, files: FilesOf, postgres_server: PostgresServer, tmp_path: Path) -> None:
    with psycopg.connect(postgres_server.url(), autocommit=True) as server:
        server.execute("CREATE DATABASE loads_at_once TEMPLATE migrated")
    environment = surroundings(VAR_DIR=str(tmp_path), DATABASE_URL=postgres_server.url("loads_at_once"), SECRET_KEY="tests" * 10)

    assert load_at_once(environment, files(tree), 3) == [["0", "0", "28"], ["0", "0", "28"], ["28", "0", "0"]]
