"""What is known of a feed after an attempt: its interval, its state, where it has moved to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from relations.ingest import record
from relations.ingest.document import PARSER_VERSION
from relations.ingest.runner import Postponed, run_feed
from relations.models import Feed, FetchAttempt, Host
from relations.services.feeds import accept_new_address, reject_new_address
from tests.factories import FeedFactory
from tests.ingest.feed_server import FeedServer

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
RSS = "<rss version='2.0'><channel><title>T</title>{head}{items}</channel></rss>"
ITEM = "<item><guid>{n}</guid><title>Item {n}</title><link>https://example.org/{n}</link><pubDate>{date}</pubDate></item>"


@pytest.fixture
def clock() -> Iterator[Any]:
    """Stands still at noon; `clock.shift(span)` moves it."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def no_dice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record.random, "random", lambda: 0.0)


def rss(head: str = "", *numbers: int, date: str = "Tue, 10 Mar 2026 10:00:00 GMT") -> str:
    return RSS.format(head=head, items="".join(ITEM.format(n=n, date=date) for n in numbers))


def feed_at(url: str, **columns: Any) -> Feed:
    feed: Feed = FeedFactory(url=url, next_check=None, **columns)
    return feed


def fetched(feed: Feed) -> Feed:
    run_feed(feed.pk, only_due=False)
    feed.refresh_from_db()
    return feed


def wait(feed: Feed) -> dt.timedelta:
    assert feed.next_check is not None
    return feed.next_check - timezone.now()


# ---- The interval --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "headers", "hours"),
    [
        ("<ttl>180</ttl>", {}, 3),
        ("<ttl>5</ttl>", {}, 1),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", {}, 12),
        ("", {"Cache-Control": "max-age=7200"}, 2),
        ("", {"Expires": "Tue, 10 Mar 2026 16:00:00 GMT", "Date": "Tue, 10 Mar 2026 12:00:00 GMT"}, 4),
        ("<ttl>180</ttl>", {"Cache-Control": "max-age=14400"}, 4),
        ("<ttl>99999</ttl>", {}, 24),
        ("", {}, 1),
    ],
)
def test_a_feed_or_its_server_may_ask_for_a_longer_interval(
    feeds: FeedServer, clock: Any, head: str, headers: dict[str, str], hours: int
) -> None:
    assert wait(fetched(feed_at(feeds.serve("/a", rss(head, 1), headers=headers)))) == hours * HOUR


def test_what_a_feed_asked_for_counts_until_it_is_read_again(feeds: FeedServer, clock: Any) -> None:
    feed = fetched(feed_at(feeds.serve("/a", rss("<ttl>180</ttl>", 1), headers={"ETag": '"1"'})))
    feeds.serve("/a", status=304)
    assert wait(fetched(feed)) == 3 * HOUR
    feeds.serve("/a", status=304, headers={"Cache-Control": "max-age=36000"})
    assert wait(fetched(feed)) == 10 * HOUR
    feeds.serve("/a", rss("", 1, 2))
    assert wait(fetched(feed)) == HOUR


# ---- Failing and needing a human ------------------------------------------------------------------------------------------


def test_a_failing_feed_says_since_when_and_why(feeds: FeedServer, clock: Any) -> None:
    feed = fetched(feed_at(feeds.serve("/a", status=500)))
    clock.shift(DAY)
    feed = fetched(feed)
    assert (feed.failures, feed.failing_since, feed.last_error, feed.repeated) == (2, NOON, "server_error", 2)
    assert feed.last_detail == "The server answered 500 Internal Server Error."
    assert (feed.needs_human, feed.needs_human_since) == ("", None)
    assert list(Feed.objects.failing()) == [feed]


def test_a_feed_that_is_not_found_three_times_needs_a_human_and_is_tried_all_the_same(feeds: FeedServer, clock: Any) -> None:
    feed = feed_at(feeds.url + "/missing")
    feeds.serve("/missing", status=503)
    fetched(feed)  # another kind does not count
    feeds.pages.clear()
    states = []
    for _ in range(4):
        clock.shift(HOUR)
        states.append(fetched(feed).needs_human)
    assert states == ["", "", "not_found", "not_found"]
    assert feed.needs_human_since == NOON + 3 * HOUR
    assert (feed.failures, feed.repeated) == (5, 4)
    assert wait(feed) == 32 * HOUR
    assert feed.enabled
    assert list(Feed.objects.needing_human()) == [feed]


def test_a_login_page_needs_a_human_at_once_and_another_reason_keeps_the_time(feeds: FeedServer, clock: Any) -> None:
    feed = fetched(feed_at(feeds.file("/a", "login_page.html")))
    assert (feed.needs_human, feed.needs_human_since) == ("login_page", NOON)
    clock.shift(DAY)
    feeds.file("/a", "not_a_feed.html")
    fetched(feed)
    assert (feed.needs_human, feed.needs_human_since, feed.repeated) == ("not_a_feed", NOON, 1)
    clock.shift(DAY)
    feeds.serve("/a", status=500)
    fetched(feed)
    assert (feed.needs_human, feed.last_error) == ("not_a_feed", "server_error")


def test_a_feed_that_recovers_is_healthy_in_every_column(feeds: FeedServer) -> None:
    feed = fetched(feed_at(feeds.file("/a", "login_page.html")))
    feeds.serve("/a", rss("", 1))
    feed = fetched(feed)
    assert (feed.failures, feed.failing_since, feed.last_error, feed.last_detail, feed.repeated) == (0, None, "", "", 0)
    assert (feed.needs_human, feed.needs_human_since) == ("", None)


def test_an_error_that_nobody_foresaw_needs_a_human_the_third_time(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("no room left")

    monkeypatch.setattr(record, "success", broken)
    feed = feed_at(feeds.serve("/a", rss("", 1)))
    assert [fetched(feed).needs_human for _ in range(3)] == ["", "", "unexpected"]
    assert dt.timedelta(minutes=59) < wait(feed) <= HOUR


# ---- Hosts ----------------------------------------------------------------------------------------------------------------


def test_a_host_that_asks_to_wait_is_left_alone_by_all_its_feeds(feeds: FeedServer, clock: Any) -> None:
    first = fetched(feed_at(feeds.serve("/a", status=503, headers={"Retry-After": "7200"})))
    second = feed_at(feeds.serve("/b", rss("", 1)))
    outcome = run_feed(second.pk, only_due=False)
    assert outcome == Postponed(second.pk, second.url, second.outlet.name, NOON + 2 * HOUR, asked=True)
    second.refresh_from_db()
    assert second.next_check == first.next_check == NOON + 2 * HOUR
    assert feeds.sent("/b") == []
    assert (second.failures, second.leased_until) == (0, None)
    clock.shift(2 * HOUR)
    assert fetched(second).last_success == NOON + 2 * HOUR


def test_a_feed_that_hears_for_a_fortnight_only_that_it_should_wait_needs_a_human(feeds: FeedServer, clock: Any) -> None:
    url = feeds.serve("/a", status=429, headers={"Retry-After": "86400"})
    feed = fetched(feed_at(url, last_success=NOON - 30 * DAY))
    for _ in range(13):
        clock.shift(DAY)
        feed = fetched(feed)
    assert (feed.needs_human, feed.last_error, feed.failing_since) == ("", "", None)
    clock.shift(DAY)
    feed = fetched(feed)
    assert (feed.needs_human, feed.needs_human_since, feed.last_error) == ("asked_to_wait", timezone.now(), "asked_to_wait")
    assert (feed.failures, feed.failing_since) == (0, None)
    clock.shift(DAY)
    assert fetched(feed).needs_human_since == timezone.now() - DAY
    feeds.serve("/a", rss("", 1))
    clock.shift(2 * DAY)
    feed = fetched(feed)
    assert (feed.needs_human, feed.needs_human_since, feed.last_error) == ("", None, "")


def test_where_another_host_asked_to_wait_its_feeds_wait(feeds: FeedServer, clock: Any) -> None:
    elsewhere = feeds.serve("/busy", status=429, headers={"Retry-After": "7200"}).replace("127.0.0.1", "127.0.0.2")
    feeds.serve("/a", status=302, headers={"Location": elsewhere.replace("127.0.0.2", "localhost")})
    fetched(feed_at(feeds.url + "/a"))
    assert list(Host.objects.values_list("name", "wait_until")) == [("localhost", NOON + 2 * HOUR)]


def test_a_feed_whose_host_is_busy_stays_due(feeds: FeedServer, settings: Any) -> None:
    settings.INGEST_HOST_GAP = 2.0
    feed = feed_at(feeds.serve("/a", rss("", 1)))
    Host.objects.create(name="127.0.0.1", busy_until=timezone.now() + dt.timedelta(seconds=3))
    outcome = run_feed(feed.pk)
    assert isinstance(outcome, Postponed) and not outcome.asked
    assert list(Feed.objects.due(timezone.now())) == [feed]
    assert feeds.requests == []
    assert not FetchAttempt.objects.exists()


# ---- Parser version --------------------------------------------------------------------------------------------------------


def test_after_a_change_of_the_parser_a_feed_is_fetched_whole_once(feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    feed = fetched(feed_at(feeds.serve("/a", rss("", 1), headers={"ETag": '"1"'})))
    assert feed.parser_version == PARSER_VERSION
    Feed.objects.update(parser_version=PARSER_VERSION - 1)
    fetched(feed)
    fetched(feed)
    assert ["if-none-match" in headers for headers in feeds.sent("/a")] == [False, False, True]


# ---- News and silence ------------------------------------------------------------------------------------------------------


def test_a_feed_of_old_entries_is_silent_from_the_start(feeds: FeedServer) -> None:
    feed = fetched(feed_at(feeds.serve("/a", rss("", 1, 2, date="Tue, 10 Mar 2020 10:00:00 GMT"))))
    assert feed.last_news == dt.datetime(2020, 3, 10, 10, tzinfo=dt.UTC)
    assert list(Feed.objects.silent(timezone.now())) == [feed]


def test_a_new_entry_ends_the_silence_whatever_its_date(feeds: FeedServer, clock: Any) -> None:
    feed = fetched(feed_at(feeds.serve("/a", rss("", 1, date="Tue, 10 Mar 2020 10:00:00 GMT"))))
    clock.shift(DAY)
    feeds.serve("/a", rss("", 1, 2, date="Tue, 10 Mar 2020 10:00:00 GMT"))
    assert fetched(feed).last_news == NOON + DAY
    clock.shift(DAY)
    assert fetched(feed).last_news == NOON + DAY


def test_a_feed_that_tells_what_its_sister_told_first_is_not_silent(feeds: FeedServer, clock: Any) -> None:
    one = fetched(feed_at(feeds.serve("/all", rss("", 1, 2))))
    other = fetched(feed_at(feeds.serve("/politics", rss("", 1)), outlet=one.outlet))
    assert other.last_news == NOON - 2 * HOUR


def test_entries_from_the_future_are_no_news_of_today(feeds: FeedServer, clock: Any) -> None:
    feed = fetched(feed_at(feeds.serve("/a", rss("", 1, date="Tue, 10 Mar 2099 10:00:00 GMT"))))
    assert feed.last_news == NOON


# ---- Moving ----------------------------------------------------------------------------------------------------------------


def moving(feeds: FeedServer, status: int = 301, target: str = "/new") -> Feed:
    feeds.serve("/new", rss("", 1))
    return feed_at(feeds.serve("/old", status=status, headers={"Location": target}))


@pytest.mark.parametrize("status", [301, 308])
def test_an_address_seen_on_three_days_is_proposed_and_until_then_the_old_one_is_asked(feeds: FeedServer, clock: Any, status: int) -> None:
    feed = moving(feeds, status)
    proposals = []
    for _ in range(4):
        fetched(feed)
        clock.shift(HOUR)
        proposals.append(fetched(feed).proposed_url)
        clock.shift(DAY - HOUR)
    new = feeds.url + "/new"
    assert proposals == ["", "", new, new]
    assert (feed.moved_to, feed.moved_days, feed.proposed_since) == (new, 3, NOON + 2 * DAY)
    assert feed.url == feeds.url + "/old"
    assert len(feeds.sent("/old")) == len(feeds.sent("/new")) == 8
    assert list(Feed.objects.needing_human()) == [feed]

    accept_new_address(feed)
    fetched(feed)
    assert (len(feeds.sent("/old")), len(feeds.sent("/new"))) == (8, 9)
    assert (feed.moved_to, feed.proposed_url) == ("", "")


def test_a_redirect_for_now_is_followed_and_forgotten(feeds: FeedServer, clock: Any) -> None:
    feed = moving(feeds, 302)
    for _ in range(4):
        fetched(feed)
        clock.shift(DAY)
    assert (feed.last_error, feed.moved_to, feed.proposed_url) == ("", "", "")


def test_of_a_chain_the_part_that_is_meant_for_good_counts(feeds: FeedServer, clock: Any) -> None:
    feed = moving(feeds, target="/b#top")
    feeds.serve("/b", status=302, headers={"Location": "/c"})
    feeds.serve("/c", status=301, headers={"Location": "/new"})
    assert fetched(feed).moved_to == feeds.url + "/b"


def test_a_target_that_is_no_feed_is_not_counted(feeds: FeedServer, clock: Any) -> None:
    feed = moving(feeds, target="/parked")
    feeds.file("/parked", "not_a_feed.html")
    for _ in range(4):
        fetched(feed)
        clock.shift(DAY)
    assert (feed.moved_to, feed.proposed_url, feed.needs_human) == ("", "", "not_a_feed")


def test_a_proposal_ends_where_the_old_address_answers_again(feeds: FeedServer, clock: Any) -> None:
    feed = moving(feeds)
    for _ in range(3):
        fetched(feed)
        clock.shift(DAY)
    assert feed.proposed_url
    feeds.serve("/old", rss("", 1))
    fetched(feed)
    assert (feed.moved_to, feed.moved_days, feed.proposed_url, feed.proposed_since) == ("", 0, "", None)


def test_a_rejected_target_is_not_proposed_again_but_another_one_is(feeds: FeedServer, clock: Any) -> None:
    feed = moving(feeds)
    for _ in range(3):
        fetched(feed)
        clock.shift(DAY)
    reject_new_address(feed)
    fetched(feed)
    assert feed.proposed_url == ""
    feeds.serve("/newer", rss("", 1))
    feeds.serve("/old", status=301, headers={"Location": "/newer"})
    for _ in range(3):
        fetched(feed)
        clock.shift(DAY)
    assert feed.proposed_url == feeds.url + "/newer"


def test_a_move_is_noticed_where_nothing_has_changed(feeds: FeedServer, clock: Any) -> None:
    feed = moving(feeds)
    feeds.serve("/new", rss("", 1), headers={"ETag": '"1"'})
    fetched(feed)
    feeds.serve("/new", status=304)
    clock.shift(DAY)
    assert fetched(feed).moved_days == 2
