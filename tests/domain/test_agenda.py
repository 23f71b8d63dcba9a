"""One line a matter: what is merged, what is kept apart, and what goes first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from relations.domain.agenda import EVERY_YEAR, Entry, Kind, Rank, Remembered, grouped, remembered, weightiest
from relations.domain.partial_date import PartialDate
from relations.domain.recurrence import Origin

FIRST, LAST = dt.date(2026, 3, 24), dt.date(2026, 6, 22)


def record(key: str, date: str, rank: Rank, dyad: str = "CN-KZ", **changes: Any) -> Remembered:
    values: dict[str, Any] = {
        "key": key,
        "record": key.partition(":")[0],
        "pk": len(key),
        "dyad": dyad,
        "origin": Origin.of(PartialDate.parse(date)),
        "title": f"Title of {key}",
        "verification": "official",
        "url": f"/{key}/",
        "rank": rank,
    }
    return Remembered(**(values | changes))


def test_a_status_speaks_for_the_declaration_that_set_it() -> None:
    status = record("status:partnership", "2011-06-13", Rank.RUNG)
    statement = record("declaration:statement", "2011-06-13", Rank.DECLARATION)
    (line,) = remembered([statement, status], FIRST, LAST)
    assert (line.key, line.title, line.years) == ("status:partnership:2026", "Title of status:partnership", 15)
    assert [(also.title, also.url) for also in line.also] == [("Title of declaration:statement", "/declaration:statement/")]


def test_a_declaration_is_remembered_at_jubilees_only_and_a_status_every_year() -> None:
    status = record("status:era", "2023-05-18", Rank.RUNG)
    statement = record("declaration:statement", "2023-05-18", Rank.DECLARATION)
    (line,) = remembered([status, statement], FIRST, LAST)
    assert (line.years, line.is_jubilee, line.also) == (3, False, ())
    assert remembered([statement], FIRST, LAST) == []


def test_the_rung_goes_before_the_aim_of_the_same_day() -> None:
    aim = record("status:future", "2023-05-18", Rank.AIM)
    rung = record("status:era", "2023-05-18", Rank.RUNG)
    (line,) = remembered([aim, rung], FIRST, LAST)
    assert line.title == "Title of status:era"
    assert [also.title for also in line.also] == ["Title of status:future"]


def test_two_origins_on_one_day_of_the_year_stay_two_lines() -> None:
    day = record("anniversary:day", "1992-05-18", Rank.DAY)
    status = record("status:era", "2023-05-18", Rank.RUNG)
    assert [line.years for line in remembered([day, status], FIRST, LAST)] == [3, 34]


def test_the_same_day_in_two_relationships_stays_two_lines() -> None:
    lines = remembered(
        [record("status:a", "2018-06-06", Rank.RUNG), record("status:b", "2018-06-06", Rank.RUNG, dyad="CN-KG")], FIRST, LAST
    )
    assert [line.dyads for line in lines] == [("CN-KZ",), ("CN-KG",)]


def test_a_matter_that_relationships_share_is_one_line_in_the_words_of_all() -> None:
    shared = {"matter": "recognition:1991", "shared_title": "Recognition"}
    lines = remembered(
        [record(f"status:{dyad}", "1991-05-27", Rank.RUNG, dyad=dyad, **shared) for dyad in ("CN-KZ", "CN-KG", "CN-TJ")], FIRST, LAST
    )
    (line,) = lines
    assert (line.key, line.title, line.dyads, line.dyad, line.url) == (
        "recognition:1991:2026",
        "Recognition",
        ("CN-KZ", "CN-KG", "CN-TJ"),
        "",
        "",
    )


def test_a_matter_of_one_relationship_keeps_its_own_words() -> None:
    (line,) = remembered([record("status:kz", "1991-05-27", Rank.RUNG, matter="recognition:1991", shared_title="Recognition")], FIRST, LAST)
    assert (line.title, line.dyad, line.url) == ("Title of status:kz", "CN-KZ", "/status:kz/")


def test_the_best_verified_record_speaks_for_a_shared_day() -> None:
    one = record("anniversary:kz", "1949-05-01", Rank.DAY, matter="day", verification="memory", pk=1)
    two = record("anniversary:kg", "1949-05-01", Rank.DAY, dyad="CN-KG", matter="day", verification="official", pk=2)
    (line,) = remembered([one, two], FIRST, LAST)
    assert (line.verification, line.pk, line.dyads) == ("official", 2, ("CN-KZ", "CN-KG"))


def test_what_is_known_to_the_month_merges_by_the_month_and_stands_after_its_days() -> None:
    lines = remembered(
        [
            record("declaration:a", "2006-04", Rank.AGREEMENT),
            record("declaration:b", "2006-04", Rank.AGREEMENT),
            record("declaration:c", "2006-04-29", Rank.AGREEMENT),
            record("declaration:d", "2006", Rank.AGREEMENT),
        ],
        FIRST,
        LAST,
    )
    assert [(line.date.iso, len(line.also)) for line in lines] == [("2026-04-29", 0), ("2026-04", 1), ("2026", 0)]


def test_groups_are_months_and_the_years_come_last() -> None:
    lines = remembered(
        [
            record("declaration:a", "2006-04-03", Rank.AGREEMENT),
            record("declaration:b", "2011", Rank.AGREEMENT),
            record("declaration:c", "2006-06-09", Rank.DECLARATION),
            record("declaration:d", "2006-06", Rank.DECLARATION),
        ],
        FIRST,
        LAST,
    )
    groups = grouped(lines)
    assert [(group.year, group.month, len(group.entries)) for group in groups] == [(2026, 4, 1), (2026, 6, 2), (2026, None, 1)]
    assert [group.date.iso for group in groups] == ["2026-04", "2026-06", "2026"]


def entry(day: str, years: int | None = None, kind: Kind = Kind.ANNIVERSARY) -> Entry:
    return Entry(f"x:{day}:{years}", kind, "status", 1, PartialDate.parse(day), "Title", ("CN-KZ",), "official", "/", years=years)


def test_a_short_list_keeps_what_weighs_most_in_the_order_of_time() -> None:
    lines = [
        entry("2026-04-01", 7),
        entry("2026-04-02", 15),
        entry("2026-04-03", 3),
        entry("2026-04-04", 20),
        entry("2026-04-05", kind=Kind.SESSION),
    ]
    assert [line.date.day for line in weightiest(lines, 3)] == [2, 4, 5]
    assert [line.date.day for line in weightiest(lines, 4)] == [1, 2, 4, 5]
    assert weightiest(lines, None) == lines
    assert weightiest(lines, 9) == lines


def test_days_are_counted_where_the_day_is_known() -> None:
    assert entry("2026-04-25", 1).days_until(FIRST) == 32
    assert entry("2026-04", 1).days_until(FIRST) is None


_records = st.lists(
    st.builds(
        lambda number, day, rank, dyad: record(f"r:{number}", day.isoformat(), rank, dyad),
        st.integers(0, 10**6),
        st.dates(dt.date(1991, 1, 1), dt.date(2026, 1, 1)),
        st.sampled_from(Rank),
        st.sampled_from(["CN-KZ", "CN-KG"]),
    ),
    max_size=20,
    unique_by=lambda row: row.key,
)


@given(_records)
def test_every_record_that_comes_round_is_in_exactly_one_line(records: list[Remembered]) -> None:
    first, last = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    lines = remembered(records, first, last)
    told = [line.title for line in lines] + [also.title for line in lines for also in line.also]
    due = [row.title for row in records if row.rank in EVERY_YEAR or (2026 - (row.origin.year or 0)) % 5 == 0]
    begun = {row.title for row in records if row.origin.year == 2026}
    assert sorted(told) == sorted(title for title in due if title not in begun)
    assert len({line.key for line in lines}) == len(lines)
