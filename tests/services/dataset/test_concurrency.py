"""Two loads at once: one waits for the other, and nothing is doubled."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from relations import models
from relations.domain.dataset.plan import Action
from relations.reference.parties import DYADS, partner_of
from relations.services.dataset import LoadReport, load
from tests.fixtures.processes import ROOT, surroundings
from tests.services.dataset.material import Tree


def test_two_processes_on_one_sqlite_file(tree: Tree, files: Callable[[Tree], Path], migrated_database: Path, tmp_path: Path) -> None:
    directory = files(tree)
    shutil.copy(migrated_database, tmp_path / "db.sqlite3")
    environment = surroundings(VAR_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3", SECRET_KEY="tests" * 10)
    command = [sys.executable, "manage.py", "load_dataset", str(directory)]

    running = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in running]

    assert [process.returncode for process in running] == [0, 0]
    totals = sorted(line.split()[1:4] for text in said for line in text.splitlines() if line.startswith("all "))
    assert totals == [["0", "0", "28"], ["28", "0", "0"]]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="for PostgreSQL: on SQLite the test with two processes does it")
@pytest.mark.django_db(transaction=True)
def test_two_loads_on_postgresql(tree: Tree, files: Callable[[Tree], Path]) -> None:
    directory = files(tree)
    for position, code in enumerate(DYADS):  # other tests of this sort leave the tables empty
        models.Dyad.objects.get_or_create(code=code, defaults={"partner": partner_of(code), "position": position})
    reports: list[LoadReport] = []

    def run() -> None:
        try:
            reports.append(load(directory))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(report.total(Action.ADD) for report in reports) == [0, 0, 28]
    assert models.DatasetEntry.objects.count() == 28
