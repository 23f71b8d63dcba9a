"""The suite once more, on PostgreSQL: the tests that use the database, in a session of its own on the private server.

Those of the pages and of the desk are left out, which take half of the time and render far more than they ask; that every one
of them answers on PostgreSQL too is tests/test_every_page.py's to say.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.fixtures.processes import ROOT
from tests.fixtures.servers import SUMMARY, PostgresServer

LEFT_OUT = ["--ignore=tests/web", "--ignore=tests/admin"]


@pytest.mark.slow
def test_the_tests_that_use_the_database_pass_on_postgresql(
    postgres_server: PostgresServer, record_property: Callable[[str, object], None]
) -> None:
    environment = {**os.environ, "TEST_DATABASE_URL": postgres_server.url(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    chosen = "db and not sqlite_only and not browser and not slow"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", chosen, *LEFT_OUT, "-o", "cache_dir=.pytest_cache/postgresql"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""
    record_property(SUMMARY, f"PostgreSQL {postgres_server.version}: {last.strip('= ')}")
    assert done.returncode == 0, f"{done.stdout[-20_000:]}\n{done.stderr[-4_000:]}"
    assert re.search(r"[1-9]\d* passed", last), "no test ran on PostgreSQL"
