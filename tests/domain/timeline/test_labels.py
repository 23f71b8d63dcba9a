"""Labels under a lane."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from relations.domain.timeline.labels import AIR, HOLD, Label, arrange, starts

LIMIT = 600.0
labels = st.lists(st.builds(Label, st.floats(5, LIMIT - 5), st.floats(20, 160)), max_size=7)


def test_a_label_alone_stands_in_the_middle_over_its_point() -> None:
    assert arrange([Label(300, 100)], LIMIT) == [(0, 250)]


def test_a_label_at_the_end_is_pushed_inside_but_still_covers_its_point() -> None:
    assert arrange([Label(590, 100)], LIMIT) == [(0, 500)]
    assert arrange([Label(10, 100)], LIMIT) == [(0, 0)]


def test_neighbours_move_aside_for_each_other_and_keep_their_distance() -> None:
    # Centred they would overlap: [250, 350] and [290, 390]. The first keeps its place, the second follows it.
    assert arrange([Label(300, 100), Label(340, 100)], LIMIT) == [(0, 229), (0, 337)]


def test_what_finds_no_room_in_the_upper_line_goes_into_the_lower() -> None:
    placed = arrange([Label(300, 160), Label(310, 160)], LIMIT)
    assert placed[0] is not None and placed[1] is not None
    assert {placed[0][0], placed[1][0]} == {0, 1}


def test_what_finds_no_room_at_all_is_left_out_and_the_weightier_stays() -> None:
    placed = arrange([Label(300, 160), Label(301, 160), Label(302, 160), Label(303, 160)], LIMIT)
    assert placed[0] is not None
    assert None in placed[2:]


def test_a_point_outside_the_line_gets_no_label() -> None:
    assert arrange([Label(LIMIT + 50, 60)], LIMIT) == [None]


def test_starts_of_labels_that_cannot_stand_together_are_none() -> None:
    assert starts([Label(100, 90), Label(101, 90), Label(102, 90)], LIMIT) is None


@given(labels)
def test_no_two_labels_of_a_line_touch_and_none_leaves_the_picture(given_labels: list[Label]) -> None:
    placed = arrange(given_labels, LIMIT)
    for line in (0, 1):
        boxes = sorted((p[1], p[1] + label.width) for label, p in zip(given_labels, placed, strict=True) if p and p[0] == line)
        assert all(after[0] >= before[1] + AIR - 1e-6 for before, after in itertools.pairwise(boxes))
        assert all(left >= -1e-6 and right <= LIMIT + 1e-6 for left, right in boxes)


@given(labels)
def test_every_label_stands_over_its_point(given_labels: list[Label]) -> None:
    for label, place in zip(given_labels, arrange(given_labels, LIMIT), strict=True):
        if place:
            assert place[1] + HOLD <= label.x + 1e-6 and label.x <= place[1] + label.width - HOLD + 1e-6


@given(labels)
def test_a_connector_to_the_lower_line_crosses_no_label_of_the_upper(given_labels: list[Label]) -> None:
    placed = arrange(given_labels, LIMIT)
    upper = [(p[1], p[1] + label.width) for label, p in zip(given_labels, placed, strict=True) if p and p[0] == 0]
    for label, place in zip(given_labels, placed, strict=True):
        if place and place[0] == 1:
            assert all(label.x <= left or label.x >= right for left, right in upper)


@given(labels)
def test_the_first_label_is_placed_wherever_its_point_allows(given_labels: list[Label]) -> None:
    if given_labels and HOLD <= given_labels[0].x <= LIMIT - HOLD and given_labels[0].width >= 2 * HOLD:
        assert arrange(given_labels, LIMIT)[0] is not None
