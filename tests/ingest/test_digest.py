"""The daily letter: who gets it, what it says, and that it says nothing twice."""

from __future__ import annotations

import asyncio
import datetime as dt
import email.policy
import smtplib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import override_settings
from pytest_django.fixtures import Settings

from relations.config.settings import CELERY_BEAT_SCHEDULE
from relations.ingest import digest
from relations.ingest.digest import preview, receivers, send_digest
from relations.models import Feed, FeedDigest
from tests.factories import FeedFactory
from tests.fixtures.processes import free_port

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 6, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def with_mail(settings: Settings) -> None:
    """Mail is set up, and goes into django.core.mail.outbox."""
    settings.EMAIL_SET_UP = True
    settings.INGEST_DIGEST_TO = ["desk@example.org"]
    settings.DEFAULT_FROM_EMAIL = "tianshan@example.org"


def needing(**values: Any) -> Feed:
    """A feed that needs a human."""
    told = {"failing_since": NOW - 3 * DAY, "last_error": "gone", "failures": 4, "needs_human": "gone", "needs_human_since": NOW - DAY}
    made: Feed = FeedFactory(**{"last_success": NOW - 4 * DAY, **told, **values})
    return made


def failing(**values: Any) -> Feed:
    return needing(**{"last_error": "timeout", "needs_human": "", "needs_human_since": None, **values})


def add_user(name: str, group: str, address: str, **values: Any) -> None:
    user = User.objects.create_user(name, address, "a password for tests", **values)
    user.groups.add(Group.objects.get(name=group))


# ---- When -------------------------------------------------------------------------------------------------------------------------


def test_nothing_is_sent_where_nothing_is_wrong() -> None:
    FeedFactory(last_success=NOW)
    assert send_digest(NOW) == 0
    assert mail.outbox == [] and not FeedDigest.objects.exists()


def test_nothing_is_sent_where_no_mail_is_set_up(settings: Settings) -> None:
    settings.EMAIL_SET_UP = False
    needing()
    assert send_digest(NOW) == 0
    assert mail.outbox == []


def test_the_letter_waits_for_its_hour(settings: Settings) -> None:
    settings.INGEST_DIGEST_HOUR = 7
    needing()
    assert send_digest(NOW) == 0
    assert send_digest(NOW + HOUR) == 1


def test_one_letter_a_day_and_none_without_news() -> None:
    needing()
    assert send_digest(NOW) == 1
    assert send_digest(NOW + HOUR) == 0
    needing()
    assert send_digest(NOW + 2 * HOUR) == 0, "the next letter is tomorrow's"
    assert send_digest(NOW + DAY) == 1
    assert send_digest(NOW + 2 * DAY) == 0
    assert len(mail.outbox) == 2


def test_a_trouble_that_passed_is_told_again_when_it_comes_back() -> None:
    feed = needing()
    send_digest(NOW)
    Feed.objects.update(failing_since=None, failures=0, last_error="", needs_human="")
    assert send_digest(NOW + DAY) == 0
    Feed.objects.filter(pk=feed.pk).update(failing_since=NOW + DAY, failures=3, last_error="gone", needs_human="gone")
    assert send_digest(NOW + 2 * DAY) == 1


def test_old_letters_are_forgotten() -> None:
    FeedDigest.objects.create(day=(NOW - 101 * DAY).date(), begun=NOW, sent=NOW)
    FeedDigest.objects.create(day=(NOW - 99 * DAY).date(), begun=NOW, sent=NOW)
    needing()
    send_digest(NOW)
    assert FeedDigest.objects.count() == 2


# ---- What ---------------------------------------------------------------------------------------------------------------------------


def test_the_letter_names_what_is_new_why_and_since_when(settings: Settings) -> None:
    settings.SITE_NAME = "tianshan.example.org"
    kabar = needing(outlet__name="Kabar\n", url="https://kabar.example/rss")
    failing(outlet__name="UzA", url="https://uza.example/rss")
    avesta = FeedFactory(
        outlet__name="Avesta",
        url="https://avesta.example/rss",
        last_success=NOW,
        proposed_url="https://new.example/rss",
        proposed_since=NOW,
    )
    send_digest(NOW)
    (letter,) = mail.outbox
    assert letter.subject == "Tianshan: 2 feeds need a human"
    assert (letter.to, letter.from_email) == (["desk@example.org"], "tianshan@example.org")
    assert letter.body.splitlines() == [
        "New: these will not mend by themselves:",
        "- Kabar, https://kabar.example/rss: Gone for good, since 2026-03-07",
        "  Look on the site for where the feed lives now, and enter that address; pause the feed where there is none any more.",
        f"  https://tianshan.example.org/ingestion/{kabar.pk}/",
        "",
        "New: these say that they have moved for good; accept or reject the new address:",
        "- Avesta, https://avesta.example/rss: moves to https://new.example/rss",
        f"  https://tianshan.example.org/ingestion/{avesta.pk}/",
        "",
        "New: these fail, and are tried again by themselves:",
        "- UzA, https://uza.example/rss: No answer in time, since 2026-03-07",
        "",
        "https://tianshan.example.org/ingestion/",
    ]


def test_what_was_told_and_still_waits_is_named_below_the_news() -> None:
    needing(outlet__name="Kabar")
    send_digest(NOW)
    needing(outlet__name="UzA")
    send_digest(NOW + DAY)
    letter = mail.outbox[1]
    assert letter.subject == "Tianshan: 1 feed needs a human"
    assert letter.body.index("UzA") < letter.body.index("Told before, and still waiting for somebody:") < letter.body.index("Kabar")


def test_what_merely_fails_is_no_reason_to_write(settings: Settings) -> None:
    failing(outlet__name="UzA")
    assert (send_digest(NOW), mail.outbox) == (0, [])
    needing(outlet__name="Kabar")
    assert send_digest(NOW) == 1 and "- UzA" in mail.outbox[0].body


def test_without_the_internet_the_letter_is_one_sentence() -> None:
    for host in "abcd":
        failing(url=f"https://{host}.example/", last_error="unresolved", last_success=None)
    send_digest(NOW)
    letter = mail.outbox[0]
    assert letter.subject == "Tianshan: no feed can be reached"
    assert letter.body.strip() == (
        "No host name can be resolved: the machine seems to be without the internet. Each feed is tried again by itself."
    )


def test_a_long_letter_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "LISTED", 2)
    for _ in range(5):
        needing()
    send_digest(NOW)
    assert mail.outbox[0].body.count("\n- ") == 2 and "and 3 more" in mail.outbox[0].body


def test_the_letter_is_written_in_the_language_of_the_setting(settings: Settings) -> None:
    needing()
    settings.INGEST_DIGEST_LANGUAGE = "ru"
    send_digest(NOW)
    assert "Gone for good" not in mail.outbox[0].body


def test_no_name_of_the_site_no_link() -> None:
    needing()
    send_digest(NOW)
    assert "/ingestion/" not in mail.outbox[0].body


def test_a_preview_sends_and_writes_nothing() -> None:
    assert preview(NOW) is None
    needing()
    shown = preview(NOW)
    assert shown is not None and shown.subject == "Tianshan: 1 feed needs a human"
    assert mail.outbox == [] and not FeedDigest.objects.exists()


# ---- To whom -----------------------------------------------------------------------------------------------------------------------


def test_editors_and_administrators_with_an_address_get_it_each_by_a_letter_of_their_own(settings: Settings) -> None:
    settings.INGEST_DIGEST_TO = []
    add_user("ana", "Editor", "ana@example.org")
    add_user("adm", "Administrator", "adm@example.org")
    add_user("twin", "Editor", "ANA@example.org")
    add_user("silent", "Editor", "")
    add_user("gone", "Editor", "gone@example.org", is_active=False)
    add_user("vera", "Viewer", "vera@example.org")
    needing()
    assert send_digest(NOW) == 2
    assert sorted(letter.to[0].lower() for letter in mail.outbox) == ["adm@example.org", "ana@example.org"]
    assert all(len(letter.to) == 1 and not letter.cc and not letter.bcc for letter in mail.outbox)


def test_the_setting_takes_the_place_of_the_accounts() -> None:
    add_user("ana", "Editor", "ana@example.org")
    assert receivers() == ["desk@example.org"]


def test_nobody_to_write_to_is_said_and_counts_as_untold(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.INGEST_DIGEST_TO = []
    needing()
    assert send_digest(NOW) == 0
    assert "nobody can be told of feeds" in caplog.text
    settings.INGEST_DIGEST_TO = ["desk@example.org"]
    assert send_digest(NOW + HOUR) == 1


# ---- When it goes wrong ----------------------------------------------------------------------------------------------------------------


def test_a_letter_that_could_not_be_sent_is_sent_an_hour_later(settings: Settings) -> None:
    needing()
    nobody_there = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": free_port()}
    with override_settings(**nobody_there), pytest.raises(OSError, match="refused"):
        send_digest(NOW)
    assert not FeedDigest.objects.exists()
    assert send_digest(NOW + HOUR) == 1


def test_who_else_is_at_it_is_left_alone_until_an_hour_has_passed() -> None:
    needing()
    FeedDigest.objects.create(day=NOW.date(), begun=NOW - HOUR / 2)
    assert send_digest(NOW) == 0
    FeedDigest.objects.update(begun=NOW - 2 * HOUR)
    assert send_digest(NOW) == 1
    assert FeedDigest.objects.get().sent == NOW


# ---- A real server ----------------------------------------------------------------------------------------------------------------------


class Mailbox:
    """What a private server of mail has taken; it refuses letters to one address."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address.startswith("full@"):
            return "550 mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append(message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 taken"


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A server of mail on the loopback interface, and settings that use it."""
    taken = Mailbox()
    controller = Controller(taken, hostname="127.0.0.1", port=free_port(), loop=asyncio.new_event_loop())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    yield taken
    controller.stop()


def test_the_letter_arrives_as_plain_text_in_any_script(mailbox: Mailbox) -> None:
    needing(outlet__name="Вестник 公报")
    assert send_digest(NOW) == 1
    (letter,) = mailbox.letters
    assert letter["Subject"] == "Tianshan: 1 feed needs a human"
    assert (letter["To"], letter["From"]) == ("desk@example.org", "tianshan@example.org")
    assert letter.get_content_type() == "text/plain"
    assert "- Вестник 公报, " in letter.get_content()


def test_an_address_that_is_refused_does_not_keep_the_others_back(
    mailbox: Mailbox, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.INGEST_DIGEST_TO = ["full@example.org", "desk@example.org"]
    needing()
    assert send_digest(NOW) == 1
    assert [letter["To"] for letter in mailbox.letters] == ["desk@example.org"]
    assert "to full@example.org was not sent" in caplog.text


def test_letters_that_are_all_refused_count_as_untold(mailbox: Mailbox, settings: Settings) -> None:
    settings.INGEST_DIGEST_TO = ["full@example.org"]
    needing()
    with pytest.raises(smtplib.SMTPException):
        send_digest(NOW)
    assert not FeedDigest.objects.exists()


def test_no_job_is_scheduled_where_no_mail_is_set_up() -> None:
    assert "send-feed-digest" not in CELERY_BEAT_SCHEDULE
