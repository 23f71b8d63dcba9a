"""The system checks: each one tells what it is for, and says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django.fixtures import Settings

from tests.fixtures.processes import free_port
from tests.fixtures.servers import RedisServer


def told(deployment: bool = False) -> dict[str, str]:
    """The project's own messages: id and hint."""
    messages = run_checks(include_deployment_checks=deployment)
    return {str(message.id): str(message.hint) for message in messages if str(message.id).startswith("relations.")}


def test_nothing_is_told_of_an_installation_in_order(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "not" / "made" / "yet"
    assert told() == {}


def test_a_folder_that_cannot_be_written_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.VAR_DIR = tmp_path / "file" / "var"
    assert "VAR_DIR" in told()["relations.E001"]


@pytest.mark.parametrize("options", [{}, {"expires": None}, {"expires": 60}])
def test_a_scheduled_job_that_does_not_expire_is_told(settings: Settings, options: dict[str, int]) -> None:
    settings.CELERY_BEAT_SCHEDULE = {"late": {"task": "relations.tasks.late", "schedule": 60.0, "options": options}}
    assert "expires" in told()["relations.E002"]


def test_tracebacks_for_everybody_are_told(settings: Settings) -> None:
    settings.DEBUG, settings.LOCAL = True, False
    assert "DEBUG" in told()["relations.E003"]


def test_a_site_without_redis_is_told_only_when_it_is_deployed(settings: Settings) -> None:
    settings.REDIS_URL = None
    assert "REDIS_URL" in told(deployment=True)["relations.W001"]
    assert "relations.W001" not in told()


def test_a_redis_that_does_not_answer_is_told(settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    assert "Start Redis" in told(deployment=True)["relations.E004"]


def test_a_redis_that_answers_is_not_told(settings: Settings, redis_server: RedisServer) -> None:
    settings.REDIS_URL = redis_server.url
    assert not {"relations.W001", "relations.E004"} & set(told(deployment=True))


def test_static_files_that_were_not_collected_are_told(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    assert "collectstatic" in told(deployment=True)["relations.E005"]
    (tmp_path / "staticfiles.json").write_text("{}")
    assert "relations.E005" not in told(deployment=True)
