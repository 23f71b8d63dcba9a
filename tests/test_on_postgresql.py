"""The suite once more, on PostgreSQL: every test that uses the database, in a session of its own on the private server."""

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.fixtures.processes import ROOT
from tests.fixtures.servers import SUMMARY, PostgresServer


@pytest.mark.slow
def test_every_test_that_uses_the_database_passes_on_postgresql(
    postgres_server: PostgresServer, record_property: Callable[[str, object], None]
) -> None:
    environment = {**os.environ, "TEST_DATABASE_URL": postgres_server.url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    chosen = "db and not sqlite_only and not browser and not slow"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", chosen, "-o", "cache_dir=.pytest_cache/postgresql"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    record_property(SUMMARY, f"PostgreSQL {postgres_server.version}: {last.strip('= ')}")
    assert done.returncode == 0, f"{done.stdout[-20_000:]}\n{done.stderr[-4_000:]}"
    assert re.search(r"[1-9]\d* passed", last), "no test ran on PostgreSQL"
