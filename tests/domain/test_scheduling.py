"""When a feed is fetched next."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.scheduling import after_failure, after_request_to_wait, after_success, parse_retry_after

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def test_a_healthy_feed_waits_its_interval() -> None:
    assert after_success(NOW, HOUR) == NOW + HOUR
    assert after_success(NOW, HOUR, dice=0.5) == NOW + dt.timedelta(minutes=63)


@pytest.mark.parametrize(("failures", "hours"), [(1, 2), (2, 4), (3, 8), (6, 64), (7, 72), (500, 72)])
def test_a_failing_feed_waits_twice_as_long_each_time_but_never_longer_than_three_days(failures: int, hours: int) -> None:
    assert after_failure(NOW, HOUR, failures) == NOW + hours * HOUR


def test_the_server_may_ask_for_more_time_but_not_for_less_or_for_ever() -> None:
    assert after_request_to_wait(NOW, HOUR, 5 * HOUR) == NOW + 5 * HOUR
    assert after_request_to_wait(NOW, HOUR, dt.timedelta(seconds=1)) == NOW + HOUR
    assert after_request_to_wait(NOW, HOUR, dt.timedelta(days=900)) == NOW + dt.timedelta(days=3)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", dt.timedelta(minutes=2)),
        (" 0 ", dt.timedelta(0)),
        ("99999999999999999999", dt.timedelta(days=3)),
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
