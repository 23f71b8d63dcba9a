"""The daily letter by hand."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tests.factories import FeedFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 6, tzinfo=dt.UTC)


def run(*arguments: str) -> str:
    out = io.StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("send_feed_digest", *arguments, stdout=out)
    return out.getvalue()


def a_feed_that_needs_a_human() -> None:
    FeedFactory(failing_since=NOW, last_error="gone", failures=4, needs_human="gone", needs_human_since=NOW)


def test_without_mail_it_says_what_to_set() -> None:
    with pytest.raises(CommandError, match="set EMAIL_URL"):
        run()


def test_it_shows_the_letter_without_sending_it(settings: Settings) -> None:
    assert run("--print") == "Nothing is new.\n"
    settings.INGEST_DIGEST_TO = ["desk@example.org"]
    a_feed_that_needs_a_human()
    assert run("--print").startswith("To: desk@example.org\nSubject: Tianshan: 1 feed needs a human\n\nNew: these will not mend")
    assert mail.outbox == []


def test_it_sends_the_letter_once(settings: Settings) -> None:
    settings.EMAIL_SET_UP, settings.INGEST_DIGEST_TO = True, ["desk@example.org"]
    a_feed_that_needs_a_human()
    assert run() == "1 letter sent.\n"
    assert run() == "0 letters sent.\n"
    assert len(mail.outbox) == 1
