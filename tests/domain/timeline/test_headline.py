"""The sentence over the picture."""

from __future__ import annotations

import datetime as dt

from relations.domain.partial_date import PartialDate
from relations.domain.timeline.headline import headline
from relations.domain.timeline.records import Lane, Status

END = dt.date(2026, 3, 24)


def lane(name: str, *rungs: tuple[str, int | None]) -> Lane:
    return Lane(
        "CN-KZ", name, [Status(f"{name}-{date}", PartialDate.parse(date), height, "", f"{name} {height}") for date, height in rungs]
    )


KZ = lane("Kazakhstan", ("1992-01-03", 1), ("2011-06-13", 5), ("2019-09-11", 6))
KG = lane("Kyrgyzstan", ("1992-01-05", 1), ("2018-06-06", 5))


def test_it_counts_who_came_how_far_and_from_when_to_when() -> None:
    found = headline([KZ, KG], END)
    assert (found.total, found.reached, found.first, found.last) == (2, 2, 2011, 2018)


def test_it_counts_only_what_was_declared_by_the_end() -> None:
    found = headline([KZ, KG], dt.date(2015, 12, 31))
    assert (found.reached, found.first, found.last) == (1, 2011, 2011)


def test_who_went_straight_to_the_top_counts_as_well() -> None:
    assert headline([lane("Uzbekistan", ("2016", 6)), KG], END).reached == 2


def test_nobody_yet_has_no_years() -> None:
    found = headline([KZ, KG], dt.date(2000, 12, 31))
    assert (found.reached, found.first) == (0, None)


def test_one_alone_says_where_it_stands() -> None:
    found = headline([KZ], END)
    assert found.name == "Kazakhstan"
    assert found.alone is not None and found.alone.title == "Kazakhstan 6"
