"""What editors decide about a feed."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from relations.models import Feed, FetchAttempt
from relations.services import feeds as services
from relations.services.feeds import NotPossible, accept_new_address, fetch_now, forget_old_attempts, pause, reject_new_address, resume
from tests.factories import FeedFactory, FetchAttemptFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=2)
NEW = "https://new.example.org/feed"


@pytest.fixture(autouse=True)
def at_noon() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def ana() -> User:
    return User.objects.create(username="ana")


def proposing(**columns: object) -> Feed:
    feed: Feed = FeedFactory(
        url="https://old.example.org/feed", moved_to=NEW, moved_days=3, proposed_url=NEW, proposed_since=NOW, next_check=LATER, **columns
    )
    return feed


def test_a_feed_that_is_to_be_fetched_now_is_due_and_keeps_its_state() -> None:
    feed = FeedFactory(next_check=LATER, failures=4, needs_human="gone", needs_human_since=NOW)
    assert fetch_now(feed.pk)
    assert list(Feed.objects.due(timezone.now())) == [feed]
    feed.refresh_from_db()
    assert (feed.failures, feed.needs_human) == (4, "gone")
    assert not fetch_now(feed.pk + 1)


def test_a_file_that_was_taken_in_by_hand_is_neither_fetched_nor_enabled() -> None:
    feed = FeedFactory(url="file:///var/feeds/agency.xml", enabled=False)
    assert not fetch_now(feed.pk)
    with pytest.raises(NotPossible, match="taken in by hand"):
        services.enable(feed)
    feed.refresh_from_db()
    assert not feed.enabled and feed.next_check is None


def test_a_paused_feed_is_not_fetched_until_it_is_resumed(ana: User) -> None:
    feed = FeedFactory(next_check=NOW, failing_since=NOW, needs_human="tls", needs_human_since=NOW)
    assert pause(feed, ana)
    assert not pause(feed, ana)
    assert feed.paused and not Feed.objects.due(NOW).exists()
    assert not Feed.objects.needing_human().exists() and not Feed.objects.failing().exists()
    assert feed.history.first().history_user == ana

    Feed.objects.update(next_check=LATER)
    assert resume(feed, ana)
    assert not resume(feed, ana)
    assert not feed.paused and list(Feed.objects.due(NOW)) == [feed]


def test_pausing_does_not_disturb_who_is_fetching() -> None:
    feed = FeedFactory(next_check=NOW)
    Feed.objects.update(leased_until=LATER, etag='"new"')
    pause(feed)
    assert Feed.objects.values_list("leased_until", "etag", "paused").get() == (LATER, '"new"', True)


def test_an_accepted_address_is_fetched_at_once_and_whole(ana: User) -> None:
    feed = proposing(etag='"1"', last_modified="Mon", parser_version=1, failures=2, last_error="gone")
    assert accept_new_address(feed, ana) == NEW
    assert (feed.url, feed.next_check) == (NEW, NOW)
    assert (feed.etag, feed.last_modified, feed.parser_version) == ("", "", 0)
    assert (feed.moved_to, feed.moved_days, feed.proposed_url, feed.proposed_since) == ("", 0, "", None)
    assert (feed.failures, feed.last_error) == (0, "")
    entry = feed.history.first()
    assert (entry.url, entry.history_user) == (NEW, ana)


def test_a_rejected_address_is_not_asked(ana: User) -> None:
    feed = proposing()
    assert reject_new_address(feed, ana) == NEW
    assert (feed.url, feed.rejected_url, feed.proposed_url, feed.proposed_since) == ("https://old.example.org/feed", NEW, "", None)
    assert feed.next_check == LATER


@pytest.mark.parametrize("decide", [accept_new_address, reject_new_address])
def test_what_is_no_longer_proposed_cannot_be_decided(decide: object) -> None:
    feed = proposing()
    Feed.objects.update(proposed_url="", proposed_since=None)  # the server answers at the old address again
    with pytest.raises(NotPossible, match="No new address"):
        decide(feed)  # type: ignore[operator]


def test_an_address_of_another_feed_is_not_taken() -> None:
    FeedFactory(url=NEW, outlet__name="The Steppe")
    feed = proposing()
    with pytest.raises(NotPossible, match="The Steppe"):
        accept_new_address(feed)
    assert Feed.objects.get(pk=feed.pk).url == "https://old.example.org/feed"


@pytest.mark.parametrize(("proposed", "said"), [("http://new.example.org/", "encryption"), ("ftp://new.example.org/", "not an address")])
def test_an_address_that_would_never_be_fetched_is_not_taken(proposed: str, said: str) -> None:
    feed = proposing()
    Feed.objects.update(proposed_url=proposed)
    with pytest.raises(NotPossible, match=said):
        accept_new_address(feed)


def test_an_address_changed_by_hand_forgets_what_was_known_of_the_old_one() -> None:
    feed = Feed.objects.get(pk=proposing(etag='"1"', parser_version=1, needs_human="gone", needs_human_since=NOW).pk)
    feed.url = "https://third.example.org/feed"
    feed.save(update_fields=["url"])
    feed.refresh_from_db()
    assert (feed.etag, feed.parser_version, feed.needs_human, feed.proposed_url) == ("", 0, "", "")
    assert feed.next_check == LATER


def test_other_changes_forget_nothing() -> None:
    feed = Feed.objects.get(pk=proposing(etag='"1"').pk)
    feed.note = "seen"
    feed.save()
    feed.url = "https://third.example.org/feed"
    feed.save(update_fields=["note"])  # the address is not written
    feed.refresh_from_db()
    assert (feed.etag, feed.proposed_url, feed.url) == ('"1"', NEW, "https://old.example.org/feed")


def test_attempts_are_forgotten_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_BATCH", 2)
    for days in (300, 200, 150, 101, 99, 1):
        FetchAttemptFactory(started=NOW - dt.timedelta(days=days), finished=NOW)
    assert forget_old_attempts(NOW) == 4
    assert FetchAttempt.objects.count() == 2
    assert forget_old_attempts(NOW) == 0
