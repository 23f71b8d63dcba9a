"""The score month by month, each expectation computed by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.index.score import Item, Options, band_of, month_iso, month_of, series, within
from relations.domain.partial_date import PartialDate
from relations.reference.impact import Impact

TODAY = dt.date(2026, 3, 15)
WEIGHTS = {
    "good": Impact(3.0),
    "small": Impact(1.0, official=False),
    "bad": Impact(-3.0),
    "kept": Impact(2.0, lasting=True),
    "none": Impact(0.0),
}


def item(month: int, kind: str = "good", key: str = "", thread: str = "", verification: str = "official") -> Item:
    return Item(key or f"{kind}-{month}", month, kind, thread or kind, verification)


def scores(items: list[Item], last: int = 3, **options: object) -> list[float]:
    return [month.score for month in series(items, WEIGHTS, Options(**options), last)]  # type: ignore[arg-type]


def month(text: str) -> str | None:
    found = month_of(PartialDate.parse(text), TODAY)
    return None if found is None else month_iso(found)


def test_the_better_a_relation_stands_the_less_the_same_record_adds() -> None:
    # 3·(9 − 0)/9 = 3; then 3·(9 − 3)/9 = 2; then 3·(9 − 5)/9 = 1.3333
    assert scores([item(0), item(1), item(2)], 2) == pytest.approx([3, 5, 6.3333], abs=1e-4)


def test_the_better_a_relation_stands_the_more_a_quarrel_takes_away() -> None:
    # from 0: −3·(9 + 0)/9 = −3; from 3: −3·(9 + 3)/9 = −4
    assert scores([item(0, "bad")], 0) == [-3]
    assert scores([item(0), item(1, "bad")], 1) == pytest.approx([3, -1])


def test_records_of_one_month_are_all_measured_from_the_month_before() -> None:
    (found,) = series([item(0), item(0, "bad")], WEIGHTS, Options(), 0)
    assert [one.factor for one in found.effects] == [1, 1]
    assert (found.up, found.down, found.score) == (3, -3, 0)


def test_a_month_without_records_keeps_the_score() -> None:
    assert scores([item(0)]) == [3, 3, 3, 3]


def test_nothing_leaves_the_scale() -> None:
    assert scores([item(0, key=f"good-{n}") for n in range(4)], 0) == [9]
    assert scores([item(0, "bad", key=f"bad-{n}") for n in range(5)], 0) == [-9]
    assert (within(9.5), within(-12), within(1.5)) == (9, -9, 1.5)


def test_a_relationship_without_records_stands_at_nought() -> None:
    assert scores([]) == [0, 0, 0, 0]


def test_a_weight_of_nought_counts_for_nothing_and_is_told_all_the_same() -> None:
    found = series([item(1, "none")], WEIGHTS, Options(), 1)[1]
    assert (found.score, found.effects[0].effect, found.effects[0].factor) == (0, 0, 1)


def test_what_has_no_source_does_not_count() -> None:
    assert scores([item(0, verification="memory")], 0) == [0]
    assert scores([item(0, verification="single")], 0) == [3]


def test_only_acts_of_governments_count_where_that_is_asked() -> None:
    assert scores([item(0), item(0, "small")], 0) == [4]
    assert scores([item(0), item(0, "small")], 0, official=True) == [3]


def test_what_was_not_followed_up_is_halved_in_the_half_life() -> None:
    found = scores([item(0)], 24 + 12, half_life=12)
    assert found[24] == 3
    assert found[25] == pytest.approx(3 * 0.5 ** (1 / 12))
    assert found[36] == pytest.approx(1.5)


def test_a_follow_up_keeps_the_effects_of_its_thread() -> None:
    followed = scores([item(0), item(24)], 48, half_life=12)
    assert followed[23:25] == pytest.approx([3, 5])
    assert followed[48] == pytest.approx(5)
    assert scores([item(0), item(24, thread="another")], 48, half_life=12)[48] == pytest.approx(5 - 3 + 3 * 0.25)


def test_what_is_gone_stays_gone_when_a_thread_is_taken_up_again() -> None:
    # By month 36 half of the 3 is gone; the follow-up adds 3·(9 − P)/9 with P of month 35 and the rest stays.
    found = scores([item(0), item(36)], 60, half_life=12)
    before = 3 * 0.5 ** (11 / 12)
    assert found[36] == pytest.approx(1.5 + 3 * (9 - before) / 9)
    assert found[60] == pytest.approx(found[36])


def test_what_lasts_does_not_fade() -> None:
    assert scores([item(0, "kept")], 300, half_life=1)[300] == 2


def test_a_quarrel_fades_too() -> None:
    assert scores([item(0, "bad")], 36, half_life=12)[36] == pytest.approx(-1.5)


def test_months_tell_what_faded() -> None:
    found = series([item(0)], WEIGHTS, Options(half_life=12), 25)
    assert found[24].faded == 0
    assert found[25].faded == pytest.approx(found[25].change)
    assert found[25].effects == ()


def test_a_record_counts_when_it_had_surely_happened() -> None:
    assert month("2001-06-14") == "2001-06"
    assert month("2001-06") == "2001-06"
    assert month("2001") == "2001-12"


def test_a_record_of_this_year_known_to_the_year_counts_now() -> None:
    assert month("2026") == "2026-03"


def test_what_is_older_than_the_series_counts_in_its_first_month() -> None:
    assert month("1991-12-27") == "1992-01"
    assert month("1990") == "1992-01"


def test_what_lies_ahead_does_not_count() -> None:
    assert month("2026-03-16") is None
    assert month("2026-03-15") == "2026-03"
    assert month("2027") is None


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (-9, "confrontation"), (-6.01, "confrontation"), (-6, "tension"), (-3, "discord"), (-0.01, "discord"), (0, "ordinary"),
        (2.99, "ordinary"), (3, "good"), (5.99, "good"), (6, "friendly"), (9, "friendly"),
    ],
)  # fmt: skip
def test_a_boundary_belongs_to_the_better_band(score: float, band: str) -> None:
    assert band_of(score) == band
