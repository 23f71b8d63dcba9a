"""The band of earlier sessions, by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain.experience import Band, Experience, Fall, quantile

DAY = dt.date(2024, 1, 1)


def falls(*shares: float) -> list[Fall]:
    return [Fall(DAY + dt.timedelta(days=number), share) for number, share in enumerate(shares)]


def test_a_quantile_stands_between_two_neighbours() -> None:
    # Four values: the place of 0.5 is 2.5, halfway between the second and the third.
    assert quantile([1, 2, 4, 8], 0.5) == 3
    assert quantile([1, 2, 4, 8], 0.4) == 2
    assert quantile([1, 2, 4, 8], 0.7) == 6


def test_a_quantile_never_leaves_the_values() -> None:
    assert quantile([1, 2, 4, 8], 0.1) == 1
    assert quantile([1, 2, 4, 8], 0.9) == 8
    assert quantile([3], 0.5) == 3


def test_no_values_have_no_quantile() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)


def test_the_band_of_nineteen_falls_leaves_out_one_at_each_end_and_holds_a_tenth_more() -> None:
    # 19 falls: the places are 2 and 18.
    assert Experience(falls(*range(1, 20))).band(dt.date(2025, 1, 1)) == Band(2, 18, 19)


def test_nine_falls_are_too_few() -> None:
    assert Experience(falls(*range(9))).band(dt.date(2025, 1, 1)) is None
    assert Experience(falls(*range(10))).band(dt.date(2025, 1, 1)) is not None
    assert Experience().band(dt.date(2025, 1, 1)) is None


def test_only_what_was_known_by_the_day_counts() -> None:
    experience = Experience(falls(*([1.0] * 10), 50.0))
    known = experience.band(DAY + dt.timedelta(days=9))
    assert known == Band(1, 1, 10)
    later = experience.band(DAY + dt.timedelta(days=10))
    assert later is not None and (later.low, later.falls) == (1, 11) and later.high > 1


@given(st.lists(st.floats(0.01, 100), min_size=10, max_size=40))
def test_the_band_lies_within_the_falls(shares: list[float]) -> None:
    band = Experience(falls(*shares)).band(dt.date(2025, 1, 1))
    assert band is not None
    assert min(shares) <= band.low <= band.high <= max(shares)
