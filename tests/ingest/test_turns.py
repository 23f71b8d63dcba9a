"""Turns at a host, in the table and in Redis alike."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from relations.ingest import client, turns
from relations.ingest.turns import Busy, Turn
from relations.models import Host
from tests.fixtures.processes import free_port
from tests.fixtures.servers import RedisServer

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(params=["table", "redis"])
def place(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Where the turns lie; the gap is a second."""
    settings.INGEST_HOST_GAP = 1.0
    settings.REDIS_URL = None
    if request.param == "redis":
        server: RedisServer = request.getfixturevalue("redis_server")
        server.flush()
        settings.REDIS_URL = server.url
    return str(request.param)


def take(*hosts: str) -> Turn:
    turn = turns.take(hosts, timezone.now())
    assert isinstance(turn, Turn)
    return turn


def busy(*hosts: str) -> float:
    """Seconds until the hosts may be asked."""
    now = timezone.now()
    answer = turns.take(hosts, now)
    assert isinstance(answer, Busy) and not answer.asked
    return (answer.until - now).total_seconds()


def test_a_host_has_one_turn_at_a_time(place: str) -> None:
    take("example.org")
    assert 0 < busy("example.org") <= 5
    take("example.kz")


def test_after_a_turn_there_is_a_gap_and_then_the_next_one(place: str) -> None:
    turns.give_back(take("example.org"))
    assert 0 < busy("example.org") <= 1
    time.sleep(1.1)
    take("example.org")


def test_a_turn_at_several_hosts_is_taken_whole_or_not_at_all(place: str) -> None:
    take("b.org")
    assert busy("a.org", "b.org") > 0
    take("a.org")


def test_a_turn_that_nobody_gives_back_runs_out(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LENGTH", 0.1 * SECOND)
    lost = take("example.org")
    time.sleep(0.15)
    monkeypatch.setattr(turns, "LENGTH", 4 * SECOND)
    take("example.org")
    turns.give_back(lost)  # of the one whose turn it is no more
    assert 1 < busy("example.org") <= 4


def test_a_turn_outlives_the_longest_request() -> None:
    assert turns.LENGTH.total_seconds() > client.TOTAL_SECONDS


def test_a_host_that_asks_to_wait_is_left_alone_whatever_redis_forgets(place: str) -> None:
    until = timezone.now() + dt.timedelta(hours=2)
    turns.ask_to_wait("example.org", until)
    assert turns.take(["a.org", "example.org"], timezone.now()) == Busy(until, asked=True)
    take("a.org")
    assert isinstance(turns.take(["example.org"], until + SECOND), Turn)


def test_a_host_that_asks_again_is_believed(place: str) -> None:
    later = timezone.now() + dt.timedelta(hours=2)
    take("example.org")
    turns.ask_to_wait("example.org", timezone.now() + SECOND)
    turns.ask_to_wait("example.org", later)
    assert Host.objects.get().wait_until == later


def test_without_a_gap_there_are_no_turns_but_the_wish_of_a_host_counts(place: str, settings: Settings) -> None:
    settings.INGEST_HOST_GAP = 0.0
    for _ in range(2):
        turns.give_back(take("example.org"))
    assert not Host.objects.exists()
    turns.ask_to_wait("example.org", timezone.now() + SECOND)
    assert isinstance(turns.take(["example.org"], timezone.now()), Busy)


def test_while_redis_is_away_the_table_gives_the_turns(settings: Settings) -> None:
    settings.INGEST_HOST_GAP = 1.0
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    turn = take("example.org")
    assert busy("example.org") > 0
    turns.give_back(turn)
    assert busy("example.org") <= 1


def test_an_address_without_a_host_needs_no_turn(place: str) -> None:
    turns.give_back(take(""))
    turns.ask_to_wait("", timezone.now())
    assert not Host.objects.exists()


def test_taking_a_turn_asks_the_database_a_fixed_number_of_times(settings: Settings, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    settings.INGEST_HOST_GAP = 0.0
    with django_assert_num_queries(1):
        take("example.org")
    settings.INGEST_HOST_GAP = 2.0
    turns.give_back(take("example.org"))
    Host.objects.update(busy_until=None)
    with django_assert_num_queries(3):
        turns.give_back(take("example.org"))
