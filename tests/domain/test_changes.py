"""Since when, what became of a record, what is a load, what came near."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.cadence import State
from relations.domain.changes import (
    LOAD_MOST,
    Basis,
    Difference,
    Fate,
    Load,
    Problem,
    Since,
    Visits,
    became_due,
    differences,
    entered,
    fate,
    loads,
    since,
)

TODAY = dt.date(2026, 3, 24)
OLDEST = dt.date(2024, 3, 24)  # 730 days before


@pytest.mark.parametrize(
    ("asked", "before", "expected"),
    [
        ("", None, Since(dt.date(2026, 2, 22), Basis.FIRST)),
        ("", dt.date(2026, 3, 20), Since(dt.date(2026, 3, 20), Basis.VISIT)),
        ("", dt.date(2010, 1, 1), Since(OLDEST, Basis.VISIT)),
        ("2026-01-31", dt.date(2026, 3, 20), Since(dt.date(2026, 1, 31), Basis.ASKED)),
        (" 2026-03-24 ", None, Since(TODAY, Basis.ASKED)),
        ("2026-03-25", None, Since(TODAY, Basis.ASKED, Problem.FUTURE)),
        ("2024-03-24", None, Since(OLDEST, Basis.ASKED)),
        ("2024-03-23", None, Since(OLDEST, Basis.ASKED, Problem.OLD)),
        ("0001-01-01", None, Since(OLDEST, Basis.ASKED, Problem.OLD)),
        ("2026-02-30", None, Since(dt.date(2026, 2, 22), Basis.FIRST, Problem.UNREADABLE)),
        ("yesterday", dt.date(2026, 3, 20), Since(dt.date(2026, 3, 20), Basis.VISIT, Problem.UNREADABLE)),
        ("2026-3-1", None, Since(dt.date(2026, 2, 22), Basis.FIRST, Problem.UNREADABLE)),
    ],
)
def test_the_day_is_the_one_asked_for_or_the_last_visit_or_thirty_days_ago(asked: str, before: dt.date | None, expected: Since) -> None:
    assert since(asked, before, TODAY) == expected


def test_a_second_visit_of_a_day_keeps_the_visit_before() -> None:
    first = Visits().on(TODAY)
    assert (str(first), first.before) == ("2026-03-24", None)
    assert first.on(TODAY) == first
    second = Visits.parse(str(first), dt.date(2026, 3, 30)).on(dt.date(2026, 3, 30))
    assert (str(second), second.before) == ("2026-03-24.2026-03-30", TODAY)
    assert Visits.parse(str(second), dt.date(2026, 3, 30)).on(dt.date(2026, 3, 30)).before == TODAY


@pytest.mark.parametrize("text", ["", "x", "2026-03-25", "2026-03-20.x", "2026-13-01", "2026-03-20.2026-03-25", "<script>"])
def test_a_cookie_that_makes_no_sense_is_no_visit(text: str) -> None:
    assert Visits.parse(text, TODAY) == Visits()


@pytest.mark.parametrize(
    ("before", "made", "expected"),
    [(None, True, Fate.NEW), (False, False, Fate.NEW), (False, True, Fate.NEW), (True, False, Fate.EDITED), (None, False, Fate.EDITED)],
)
def test_what_was_not_there_or_a_draft_is_new(before: bool | None, made: bool, expected: Fate) -> None:
    assert fate(before, made=made) is expected


def test_fields_differ_where_their_values_do_and_nothing_is_an_empty_text() -> None:
    before = {"place": None, "note": "", "kind": "state", "date": "2026"}
    now = {"place": "", "note": "New.", "kind": "state", "date": "2026-03"}
    assert differences(before, now, ["place", "note", "kind", "date"], 3) == [
        Difference("note", "", "New.", 3),
        Difference("date", "2026", "2026-03", 3),
    ]


def test_more_than_forty_records_on_a_day_are_a_load() -> None:
    def at(day: int, hour: int) -> dt.datetime:
        return dt.datetime(2026, 3, day, hour, tzinfo=dt.UTC)

    made = [(at(1, 9), 30), (at(1, 10), 11), (at(2, 9), LOAD_MOST), (at(5, 9), 1000)]
    assert loads(made) == [Load(dt.date(2026, 3, 5), 1000), Load(dt.date(2026, 3, 1), 41)]
    assert loads([]) == []


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (State.ON_TIME, State.DUE, True),
        (State.DUE, State.OVERDUE, True),
        (State.NO_SESSION, State.OVERDUE, True),
        (State.DUE, State.DUE, False),
        (State.OVERDUE, State.OVERDUE, False),
        (State.OVERDUE, State.DUE, False),
        (State.MET, State.QUIET, False),
    ],
)
def test_due_or_overdue_today_and_not_then(then: State, now: State, expected: bool) -> None:
    assert became_due(then, now) is expected


def test_the_window_of_ninety_days_moved_on() -> None:
    # 24 March + 90 days is 22 June; 14 March + 90 is 12 June, so that the 13th is the first that was not in it.
    assert entered(dt.date(2026, 3, 14), TODAY) == (dt.date(2026, 6, 13), dt.date(2026, 6, 22))
    assert entered(TODAY, TODAY) is None
    assert entered(dt.date(2025, 1, 1), TODAY) == (TODAY, dt.date(2026, 6, 22))
