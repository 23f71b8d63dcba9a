"""What the news had of a relationship, as columns under its lane."""

from __future__ import annotations

import datetime as dt

import pytest

from relations.domain.partial_date import PartialDate
from relations.domain.timeline.frame import View
from relations.domain.timeline.layout import Placed, Role
from relations.domain.timeline.place import LANE_GAP, place
from relations.domain.timeline.records import Lane, Words
from relations.domain.timeline.volume import ABOVE, HIGH, NARROW_HIGH, Strip, Volume

TODAY = dt.date(2026, 3, 24)
LANES = [Lane("CN-KZ", "Kazakhstan"), Lane("CN-UZ", "Uzbekistan")]


def volume(month: str, items: int) -> Volume:
    return Volume(PartialDate.parse(month), items, f"{month}: {items}")


def picture(volumes: dict[str, list[Volume]] | None, first: int = 2025, last: int = 2026, width: int = 1000) -> Placed:
    return place(LANES, View(width, first, last, TODAY), Words(), (), volumes)


def strip(placed: Placed, lane: int = 0) -> Strip:
    found = placed.lanes[lane].strip
    assert found is not None
    return found


def test_without_the_layer_the_picture_has_no_strip_and_is_as_high_as_ever() -> None:
    without, with_layer = picture(None), picture({})
    assert [lane.strip for lane in without.lanes] == [None, None]
    assert with_layer.height == without.height + 2 * (ABOVE + HIGH)


def test_all_lanes_share_one_scale() -> None:
    placed = picture({"CN-KZ": [volume("2025-05", 40), volume("2025-06", 10)], "CN-UZ": [volume("2025-05", 20)]})
    assert [column.height for column in strip(placed).columns] == [HIGH, HIGH / 4]
    assert [column.height for column in strip(placed, 1).columns] == [HIGH / 2]


def test_a_month_with_few_reports_beside_many_is_seen_and_one_with_none_is_not() -> None:
    placed = picture({"CN-KZ": [volume("2025-05", 1000), volume("2025-06", 1), volume("2025-07", 0)]})
    assert [column.height for column in strip(placed).columns] == [HIGH, 1.5]


def test_a_column_stands_in_its_month_and_touches_no_other() -> None:
    placed = picture({"CN-KZ": [volume("2025-05", 3), volume("2025-06", 2)]})
    may, june = strip(placed).columns
    first, last = placed.scale.span(PartialDate.parse("2025-05")) or (0, 0)
    assert may.x == pytest.approx((first + last) / 2)
    assert first < may.x - may.width / 2 and may.x + may.width / 2 < last < june.x - june.width / 2


def test_the_month_that_is_not_over_ends_today() -> None:
    (column,) = strip(picture({"CN-KZ": [volume("2026-03", 3)]})).columns
    assert column.x + column.width / 2 <= picture(None).end


def test_months_outside_the_years_shown_have_no_column_and_no_weight() -> None:
    placed = picture({"CN-KZ": [volume("2020-05", 900), volume("2025-05", 9)]})
    assert [column.said for column in strip(placed).columns] == ["2025-05: 9"]
    assert strip(placed).columns[0].height == HIGH


def test_strips_lie_under_their_lanes_and_lanes_do_not_meet() -> None:
    placed = picture({"CN-KZ": [volume("2025-05", 3)]})
    first, second = placed.lanes
    assert first.base < strip(placed).floor == first.bottom == second.top - LANE_GAP


def test_a_wide_picture_names_the_strip_and_a_narrow_one_has_no_room() -> None:
    wide, narrow = picture({}), picture({}, width=390)
    assert [text.text for text in wide.lanes[0].texts if text.role is Role.NEWS] == ["News"]
    assert [text for text in narrow.lanes[0].texts if text.role is Role.NEWS] == []
    assert strip(picture({"CN-KZ": [volume("2025-05", 3)]}, width=390)).columns[0].height == NARROW_HIGH
