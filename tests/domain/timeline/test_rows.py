"""Which row a mark takes."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from relations.domain.timeline.records import Kind
from relations.domain.timeline.rows import AIR, SHAPES, Extent, assign, count, reach

extents = st.lists(
    st.builds(lambda left, width: Extent(left, left + width), st.floats(0, 900), st.floats(1, 60)),
    max_size=60,
)


def test_marks_that_stand_apart_share_the_first_row() -> None:
    assert assign([Extent(0, 8), Extent(20, 28), Extent(40, 48)]) == [0, 0, 0]


def test_a_mark_that_would_touch_another_goes_under_it() -> None:
    # The second begins before the first ends, the third has room again in the first row.
    assert assign([Extent(0, 8), Extent(6, 14), Extent(10, 18)]) == [0, 1, 0]


def test_marks_that_only_meet_count_as_touching() -> None:
    assert assign([Extent(0, 8), Extent(8, 16)]) == [0, 1]
    assert assign([Extent(0, 8), Extent(8 + AIR, 16 + AIR)]) == [0, 0]


def test_the_order_in_which_marks_are_given_does_not_matter() -> None:
    assert assign([Extent(40, 48), Extent(6, 14), Extent(0, 8)]) == [0, 1, 0]


def test_the_bar_of_a_year_goes_under_the_days_within_it() -> None:
    assert assign([Extent(0, 60), Extent(10, 18), Extent(30, 38)]) == [1, 0, 0]


def test_three_on_one_day_take_three_rows() -> None:
    rows = assign([Extent(0, 8)] * 3)
    assert rows == [0, 1, 2]
    assert count(rows) == 3


def test_no_marks_take_no_row() -> None:
    assert count(assign([])) == 0


def test_a_bar_belongs_to_what_a_mark_covers() -> None:
    shape = SHAPES[Kind.SESSION]  # 3.25 px to either side
    assert reach(100, shape, None) == Extent(96.75, 103.25)
    assert reach(100, shape, (90, 101)) == Extent(90, 103.25)


@given(extents)
def test_no_two_marks_of_one_row_touch(given_extents: list[Extent]) -> None:
    rows = assign(given_extents)
    for row in range(count(rows)):
        mine = sorted((e for e, r in zip(given_extents, rows, strict=True) if r == row), key=lambda e: e.left)
        assert all(after.left >= before.right + AIR for before, after in itertools.pairwise(mine))


@given(extents)
def test_every_mark_has_a_row_and_no_row_is_empty(given_extents: list[Extent]) -> None:
    rows = assign(given_extents)
    assert len(rows) == len(given_extents)
    assert set(rows) == set(range(count(rows)))
