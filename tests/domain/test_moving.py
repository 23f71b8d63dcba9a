"""When a redirect for good becomes a proposal."""

from __future__ import annotations

import datetime as dt

from relations.domain.moving import Move, seen

MONDAY = dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)
NEW, OTHER = "https://new.example.org/feed", "https://other.example.org/feed"


def after(*days: int, target: str = NEW, rejected: str = "") -> Move:
    move = Move(rejected=rejected)
    for day in days:
        move = seen(move, target, MONDAY + day * DAY)
    return move


def test_the_same_target_on_three_days_is_a_proposal() -> None:
    assert [after(*range(days)).is_proposal for days in range(5)] == [False, False, False, True, True]
    assert after(0, 5, 30).is_proposal


def test_a_day_counts_once_however_often_the_feed_is_fetched() -> None:
    assert after(0, 0, 0, 0, 1, 1, 1) == Move(NEW, 2, MONDAY + DAY)


def test_another_target_begins_anew() -> None:
    assert seen(after(0, 1), OTHER, MONDAY + 2 * DAY) == Move(OTHER, 1, MONDAY + 2 * DAY)


def test_a_feed_that_answers_at_its_own_address_again_has_not_moved() -> None:
    assert seen(after(0, 1, 2), "", MONDAY + 3 * DAY) == Move()


def test_what_was_rejected_is_not_proposed_again_and_something_else_is() -> None:
    assert not after(0, 1, 2, 3, rejected=NEW).is_proposal
    assert after(0, 1, 2, rejected=OTHER).is_proposal
    assert seen(after(0, rejected=OTHER), "", MONDAY).rejected == OTHER
