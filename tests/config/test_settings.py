"""The settings as programs meet them: each one in a process of its own, with an environment of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.processes import ROOT, surroundings
from tests.fixtures.servers import PostgresServer, RedisServer

KEY = "k" * 50
CONNECT = "import django; django.setup(); from django.db import connection as c"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=surroundings(**environment), capture_output=True, text=True, timeout=120
    )


def settings(*names: str, **environment: str) -> dict[str, Any]:
    """The values of these settings under this environment."""
    script = (
        f"import json; from django.conf import settings as s; print(json.dumps({{n: getattr(s, n) for n in {list(names)!r}}}, default=str))"
    )
    done = run("-c", script, **{"SECRET_KEY": KEY, **environment})
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DEBUG", "maybe", "DEBUG must be 1 or 0"),
        ("DASHBOARD_PUBLIC", "all", "DASHBOARD_PUBLIC must be 1 or 0"),
        ("DATABASE_URL", "oracle://db/facts", "DATABASE_URL must be sqlite:////absolute/path"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL must be redis://host:port/number"),
        ("ALLOWED_HOSTS", "https://a.example", "ALLOWED_HOSTS must be host names"),
        ("ALLOWED_HOSTS", "a.example", "SECRET_KEY must be at least 32 random characters"),
        ("SECRET_KEY", "short", "SECRET_KEY must be at least 32 random characters"),
    ],
)
@pytest.mark.parametrize(
    "program",
    [
        ["manage.py", "check"],
        ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:0", "relations.config.wsgi"],
        ["-m", "celery", "--app", "relations.config.celery", "worker"],
    ],
    ids=["manage.py", "gunicorn", "celery"],
)
def test_a_wrong_value_is_one_line_that_names_it(tmp_path: Path, program: list[str], name: str, value: str, said: str) -> None:
    done = run(*program, **{"VAR_DIR": str(tmp_path), name: value})
    assert done.returncode != 0
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith(f"tianshan: {said}")


def test_every_page_asks_for_a_login_unless_the_dashboard_is_public() -> None:
    login = "relations.web.access.LoginRequired"
    assert login in settings("MIDDLEWARE")["MIDDLEWARE"]
    assert login not in settings("MIDDLEWARE", DASHBOARD_PUBLIC="1")["MIDDLEWARE"]


def test_a_site_with_a_name_speaks_https_only() -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS")
    assert settings(*names) == {"SESSION_COOKIE_SECURE": False, "CSRF_COOKIE_SECURE": False, "CSRF_TRUSTED_ORIGINS": []}
    named = settings(*names, ALLOWED_HOSTS="facts.example,.b.example,127.0.0.1")
    assert named["SESSION_COOKIE_SECURE"] and named["CSRF_COOKIE_SECURE"]
    assert named["CSRF_TRUSTED_ORIGINS"] == ["https://facts.example", "https://*.b.example"]


def test_nothing_is_required_on_one_machine(tmp_path: Path) -> None:
    done = run("manage.py", "check", VAR_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "secret_key").exists()


def test_sqlite_is_shared_by_several_processes(tmp_path: Path) -> None:
    script = (
        "import django; django.setup(); from django.db import connection as c; cursor = c.cursor()\n"
        "for name in ('journal_mode', 'foreign_keys', 'busy_timeout', 'synchronous'):\n"
        "    print(name, cursor.execute(f'PRAGMA {name}').fetchone()[0])\n"
        "print(c.settings_dict['OPTIONS']['transaction_mode'])"
    )
    done = run("-c", script, VAR_DIR=str(tmp_path))
    assert done.stdout.splitlines() == ["journal_mode wal", "foreign_keys 1", "busy_timeout 20000", "synchronous 1", "IMMEDIATE"], (
        done.stderr
    )


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    """Each reads before it writes: without IMMEDIATE one of them would fail at once with "database is locked"."""
    prepare = f"{CONNECT}; c.cursor().execute('CREATE TABLE t (n INTEGER)')"
    assert run("-c", prepare, VAR_DIR=str(tmp_path)).returncode == 0
    script = (
        "import django; django.setup(); from django.db import connection as c, transaction\n"
        "for _ in range(40):\n"
        "    with transaction.atomic():\n"
        "        n = c.cursor().execute('SELECT count(*) FROM t').fetchone()[0]\n"
        "        c.cursor().execute('INSERT INTO t VALUES (%s)', [n])"
    )
    command = [sys.executable, "-c", script]
    environment = surroundings(VAR_DIR=str(tmp_path))
    writers = [subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    count = f"{CONNECT}; print(*c.cursor().execute('SELECT count(DISTINCT n) FROM t').fetchone())"
    assert run("-c", count, VAR_DIR=str(tmp_path)).stdout.strip() == "80"


def test_postgresql_by_its_address(postgres_server: PostgresServer) -> None:
    script = f"{CONNECT}; c.cursor(); print(c.vendor, c.settings_dict['CONN_HEALTH_CHECKS'])"
    done = run("-c", script, SECRET_KEY=KEY, DATABASE_URL=postgres_server.url())
    assert done.stdout.split() == ["postgresql", "True"], done.stderr


@pytest.mark.parametrize("address", ["url", "socket_url"])
def test_the_cache_lies_in_redis(redis_server: RedisServer, address: str) -> None:
    redis_server.flush()
    url = getattr(redis_server, address)
    write = "import django; django.setup(); from django.core.cache import cache; cache.set('figure', {'marks': 3}, 60)"
    assert run("-c", write, SECRET_KEY=KEY, REDIS_URL=url).returncode == 0
    read = "import django; django.setup(); from django.core.cache import cache; print(cache.get('figure'))"
    assert run("-c", read, SECRET_KEY=KEY, REDIS_URL=url).stdout.strip() == "{'marks': 3}"


def test_mail_has_one_switch_and_a_job_with_it() -> None:
    names = ("EMAIL_SET_UP", "EMAIL_BACKEND", "EMAIL_PORT", "DEFAULT_FROM_EMAIL", "CELERY_BEAT_SCHEDULE")
    off = settings(*names)
    assert (off["EMAIL_SET_UP"], off["EMAIL_BACKEND"]) == (False, "django.core.mail.backends.dummy.EmailBackend")
    assert "send-feed-digest" not in off["CELERY_BEAT_SCHEDULE"]
    on = settings(*names, EMAIL_URL="starttls://desk%40a.example:pw@mail.example")
    assert (on["EMAIL_SET_UP"], on["EMAIL_PORT"], on["DEFAULT_FROM_EMAIL"]) == (True, 587, "desk@a.example")
    job = on["CELERY_BEAT_SCHEDULE"]["send-feed-digest"]
    assert 0 < job["options"]["expires"] < job["schedule"]


@pytest.mark.parametrize(
    ("environment", "sender"),
    [
        ({}, "tianshan@localhost"),
        ({"ALLOWED_HOSTS": "*,127.0.0.1,.facts.example"}, "tianshan@facts.example"),
        ({"ALLOWED_HOSTS": "facts.example", "EMAIL_FROM": "desk@a.example"}, "desk@a.example"),
    ],
)
def test_letters_come_from_the_site(environment: dict[str, str], sender: str) -> None:
    assert settings("DEFAULT_FROM_EMAIL", EMAIL_URL="smtp://mail.example", **environment)["DEFAULT_FROM_EMAIL"] == sender
