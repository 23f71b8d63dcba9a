"""What follows from a kind of failure."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.failures import CONSEQUENCES, Failure, needs_human

NOW = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def test_every_kind_has_its_consequence() -> None:
    assert set(CONSEQUENCES) == set(Failure)


@pytest.mark.parametrize("kind", [Failure.LOGIN_PAGE, Failure.NOT_A_FEED, Failure.TLS, Failure.TOO_LARGE, Failure.ENTITIES])
def test_what_waiting_does_not_change_needs_a_human_at_once(kind: Failure) -> None:
    assert needs_human(kind, 1, NOW, NOW)


def test_what_may_be_a_slip_needs_a_human_when_it_is_repeated() -> None:
    assert [needs_human(Failure.NOT_FOUND, repeated, NOW, NOW) for repeated in (1, 2, 3, 4)] == [False, False, True, True]
    assert [needs_human(Failure.GONE, repeated, NOW, NOW) for repeated in (1, 2)] == [False, True]


@pytest.mark.parametrize("kind", [Failure.UNRESOLVED, Failure.TIMEOUT, Failure.SERVER_ERROR, Failure.UNREACHABLE, Failure.BUSY])
def test_what_passes_by_itself_needs_a_human_after_two_weeks(kind: Failure) -> None:
    assert not needs_human(kind, 500, NOW - 13 * DAY, NOW)
    assert needs_human(kind, 1, NOW - 14 * DAY, NOW)
