"""What every test may ask for. Run one file with `.venv/bin/pytest tests/web/test_overview.py`, everything with `make test`.

Data
- `dataset`: the shipped dataset is in the test database, loaded once for all tests that ask for it (session); what a test
  changes is rolled back. Not together with `transaction=True`, which empties the tables. Needs `@pytest.mark.django_db`.

Servers (private, started on first use; skipped with the way to install them where they are missing, a failure with CI=true)
- `postgres_server` (session): `.url("postgres")` is a DATABASE_URL, `.version`; its database `migrated` is a template with all tables.
- `redis_server` (session): `.url` (TCP), `.socket_url` (Unix socket), `.flush()`.
- All tests that use the database, but for those of pages and desk, run a second time on PostgreSQL, by
  tests/test_on_postgresql.py. One that can only hold
  on SQLite carries `@pytest.mark.sqlite_only`.

The running product (gunicorn, production settings, collected static files, whole dataset, every page public)
- `live_site` (session): `.url`, `.manage("command", …)`; read only.
- `editable_site` (function): the same to be changed: its files are restored before each test, the server stays.
  `.add_account("ana", "Editor")` gives an Account to `log_in` with; inside `with site.database():` the models are the site's.
- `desk.begin("news", prepare)`: the editable site in a state that `prepare(site)` makes once for all tests that ask for it.

Browser (Chromium by Playwright; these tests run last)
- `page`, `narrow_page`: empty pages of 1280 and 390 pixels over `live_site`: `page.goto("/timeline/?dyad=CN-KZ")`.
- `open_page(path, width=390, scheme="dark", script=False, site=editable_site)`: any other page; one test may make several.
- `complaints`: errors on the console, uncaught exceptions, violations of the Content-Security-Policy and requests to other
  hosts fail the test at its end; `complaints.allow("404")` expects one.
- `BROWSER_SCRIPT_DELAY=700 pytest tests/browser` lets every script come 700 ms late, `BROWSER_ANSWER_DELAY` every answer to htmx:
  a test that does not wait for what it uses fails then on every machine, not on a busy one alone. `arrives(page, heading)` waits.
- `log_in(page, account)` from tests.fixtures.browsers; `log_in_by_form` where the form is what is tested.

Order: random within each of the groups that `_rank` makes, from the fastest to the slowest. Several processes take the next test
each as they have ended theirs (tests/fixtures/sharing.py).
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation
from xdist.remote import Producer

from tests.fixtures.browsers import browser, complaints, narrow_page, open_page, page
from tests.fixtures.databases import dataset, django_db_setup, migrated_database
from tests.fixtures.servers import SUMMARY, migrated_cluster, postgres_server, redis_server
from tests.fixtures.sharing import OneByOne
from tests.fixtures.sites import built_site, desk, editable_site, live_site

__all__ = [
    "browser",
    "built_site",
    "complaints",
    "dataset",
    "desk",
    "django_db_setup",
    "editable_site",
    "english",
    "live_site",
    "migrated_cluster",
    "migrated_database",
    "narrow_page",
    "open_page",
    "page",
    "postgres_server",
    "redis_server",
]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves the language of its reader active; the next test begins in English all the same."""
    with translation.override("en"):
        yield


def pytest_configure(config: pytest.Config) -> None:
    """Compile the words of the other languages where their files are newer; `make run` does the same."""
    if not hasattr(config, "workerinput"):  # once, not in every process that runs a share of the tests
        # A shell that starts the tests in the background lets them ignore Ctrl-C, and with them every program that they start.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        subprocess.run([sys.executable, str(config.rootpath / "deploy" / "messages.py"), "compile"], check=True)


_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "admin_client", "admin_user"}


def _uses_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(_DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def _empties_tables(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(mark and mark.kwargs.get("transaction")) or bool({"transactional_db", "django_db_reset_sequences"} & fixtures)


def _rank(item: pytest.Item) -> int:
    """Fast before slow; and tests in an empty database before those that find the dataset in it."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("slow"):
        return 5
    if "browser" in fixtures:
        return 6
    if fixtures & {"built_site", "postgres_server", "redis_server"}:
        return 4
    if "dataset" in fixtures:
        return 3
    # Emptying the tables takes away what the migrations wrote (groups, dyads), so those tests come after the others: on SQLite
    # the dataset comes as a whole file after them, on PostgreSQL it is loaded into what the migrations wrote.
    if _empties_tables(item):
        return 2 if connection.vendor == "sqlite" else 7
    return 1 if _uses_database(item) else 0


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests that use the database (`db`) and the browser (`browser`)."""
    if _uses_database(item):
        item.add_marker("db")
    if "browser" in getattr(item, "fixturenames", ()):
        item.add_marker("browser")
    if "dataset" in getattr(item, "fixturenames", ()) and _empties_tables(item):
        raise pytest.UsageError(f"{item.nodeid}: `dataset` and transaction=True do not go together")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by rank what pytest-randomly has shuffled."""
    items.sort(key=_rank)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneByOne | None:
    """`OneByOne`, unless another way of dealing tests out is asked for by `--dist`."""
    if config.getvalue("dist") != "load":
        return None
    config.option.loadscopereorder = False  # the order is that of `_rank`
    return OneByOne(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how the second run, on PostgreSQL, went."""
    ended = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    for summary in (value for report in ended for name, value in report.user_properties if name == SUMMARY):
        terminalreporter.write_line(str(summary))
