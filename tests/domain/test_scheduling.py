"""When a feed is fetched next."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.failures import Failure
from relations.domain.scheduling import after_failure, after_request_to_wait, after_success, freshness, parse_retry_after, told_by_feed

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def test_a_healthy_feed_waits_its_interval() -> None:
    assert after_success(NOW, HOUR) == NOW + HOUR
    assert after_success(NOW, HOUR, dice=0.5) == NOW + 63 * MINUTE


@pytest.mark.parametrize(
    ("interval", "told", "wait"),
    [
        (HOUR, 3 * HOUR, 3 * HOUR),  # longer where the feed asks for it
        (HOUR, 5 * MINUTE, HOUR),  # never shorter than the editor's
        (HOUR, 30 * DAY, DAY),  # a day at most
        (2 * DAY, 3 * HOUR, 2 * DAY),  # unless the editor's is longer
        (MINUTE, None, 15 * MINUTE),  # a quarter of an hour at least
        (MINUTE, 20 * MINUTE, 20 * MINUTE),
    ],
)
def test_what_a_feed_tells_of_itself_lengthens_its_interval(interval: dt.timedelta, told: dt.timedelta | None, wait: dt.timedelta) -> None:
    assert after_success(NOW, interval, told) == NOW + wait


@pytest.mark.parametrize(("failures", "hours"), [(1, 2), (2, 4), (3, 8), (6, 64), (7, 72), (500, 72)])
def test_a_failing_feed_waits_twice_as_long_each_time_but_never_longer_than_three_days(failures: int, hours: int) -> None:
    assert after_failure(NOW, HOUR, failures, Failure.TIMEOUT) == NOW + hours * HOUR


def test_failing_feeds_do_not_march_in_step_and_the_dice_do_not_exceed_three_days() -> None:
    assert after_failure(NOW, HOUR, 1, Failure.TIMEOUT, dice=0.5) == NOW + 126 * MINUTE
    assert after_failure(NOW, HOUR, 99, Failure.TIMEOUT, dice=0.5) == NOW + 3 * DAY * 0.95


def test_what_is_gone_or_too_large_is_asked_less_often_from_the_start() -> None:
    assert after_failure(NOW, HOUR, 1, Failure.GONE) == NOW + 2 * DAY
    assert after_failure(NOW, HOUR, 1, Failure.TOO_LARGE) == NOW + 12 * HOUR


def test_the_server_may_ask_for_more_time_but_not_for_less_or_for_ever() -> None:
    assert after_request_to_wait(NOW, HOUR, 5 * HOUR) == NOW + 5 * HOUR
    assert after_request_to_wait(NOW, HOUR, dt.timedelta(seconds=1)) == NOW + HOUR
    assert after_request_to_wait(NOW, HOUR, dt.timedelta(days=900)) == NOW + 3 * DAY
    assert after_request_to_wait(NOW, HOUR, 5 * HOUR, dice=0.5) == NOW + 5 * HOUR + 3 * MINUTE


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", 2 * MINUTE),
        (" 0 ", dt.timedelta(0)),
        ("99999999999999999999", 3 * DAY),
        ("Tue, 10 Mar 2026 13:00:00 GMT", HOUR),
        ("Tue, 10 Mar 2026 13:00:00 -0000", HOUR),
        ("Tue, 10 Mar 2026 11:00:00 GMT", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str | None, wait: dt.timedelta | None) -> None:
    assert parse_retry_after(value, NOW) == wait


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"Cache-Control": "public, max-age=7200"}, 2 * HOUR),
        ({"Cache-Control": 'MAX-AGE="60"'}, MINUTE),
        ({"Cache-Control": "s-maxage=9000, max-age=60"}, MINUTE),
        ({"Cache-Control": "s-maxage=9000"}, None),
        ({"Cache-Control": "max-age=7200", "Age": "3600"}, HOUR),
        ({"Cache-Control": "max-age=60", "Age": "3600"}, None),
        ({"Cache-Control": "max-age=7200, no-cache"}, None),
        ({"Cache-Control": "no-store", "Expires": "Tue, 10 Mar 2026 13:00:00 GMT"}, None),
        ({"Cache-Control": "max-age=999999999999999999"}, dt.timedelta(seconds=10**9)),
        ({"Cache-Control": "max-age=-1"}, None),
        ({"Expires": "Tue, 10 Mar 2026 13:00:00 GMT"}, HOUR),
        ({"Expires": "Tue, 10 Mar 2026 15:00:00 GMT", "Date": "Tue, 10 Mar 2026 14:00:00 GMT"}, HOUR),
        ({"Expires": "0"}, None),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_an_answer_may_say_how_long_it_stays_fresh(headers: dict[str, str], fresh: dt.timedelta | None) -> None:
    assert freshness(headers, NOW) == fresh


@pytest.mark.parametrize(
    ("ttl", "period", "frequency", "told"),
    [
        ("90", "", "", 90 * MINUTE),
        ("", "hourly", "", HOUR),
        ("", "hourly", "4", 15 * MINUTE),
        ("", "Daily", "2", 12 * HOUR),
        ("", "weekly", "1", 7 * DAY),
        ("60", "daily", "1", DAY),  # the longer of the two
        ("0", "", "", None),
        ("-5", "", "", None),
        ("soon", "fortnightly", "x", None),
        ("", "hourly", "0", HOUR),
        ("9" * 40, "", "", dt.timedelta(minutes=10**9 // 60)),
        ("", "", "3", None),
    ],
)
def test_a_feed_may_say_how_often_it_is_renewed(ttl: str, period: str, frequency: str, told: dt.timedelta | None) -> None:
    assert told_by_feed(ttl, period, frequency) == told
