"""The staircase of a relationship."""

from __future__ import annotations

import datetime as dt

from relations.domain.partial_date import PartialDate
from relations.domain.stairs import Declared, build


def declared(date: str, level: str, key: int = 0) -> Declared:
    return Declared(PartialDate.parse(date), level, level, key)


def test_each_rung_lasts_until_the_next_and_the_last_has_no_end() -> None:
    stairs = build([declared("2005-07-04", "strategic_partnership"), declared("1992-01-03", "diplomatic_relations")])
    assert [(tread.rung, tread.start, tread.end) for tread in stairs.treads] == [
        (1, dt.date(1992, 1, 3), dt.date(2005, 7, 4)),
        (4, dt.date(2005, 7, 4), None),
    ]
    assert stairs.height == 4


def test_the_three_names_of_the_top_share_one_height() -> None:
    stairs = build(
        [
            declared("2016-06-22", "comprehensive_strategic_partnership"),
            declared("2022-09-15", "comprehensive_strategic_partnership_new_era"),
            declared("2024-01-24", "all_weather_comprehensive_strategic_partnership"),
        ]
    )
    assert [tread.rung for tread in stairs.treads] == [5, 6, 6]
    assert stairs.now is not None and stairs.now.level == "all_weather_comprehensive_strategic_partnership"


def test_an_aim_stands_beside_the_ladder_and_is_not_the_present_status() -> None:
    stairs = build([declared("2011-06-13", "comprehensive_strategic_partnership"), declared("2022-09-14", "community_shared_future")])
    assert [aim.level for aim in stairs.aims] == ["community_shared_future"]
    assert stairs.now is not None and stairs.now.level == "comprehensive_strategic_partnership"


def test_where_nothing_stands_above_diplomatic_relations_the_last_aim_is_the_present_status() -> None:
    stairs = build(
        [
            declared("1992-01", "diplomatic_relations"),
            declared("2022-01-25", "community_shared_future"),
            declared("2025-06-17", "permanent_good_neighbourliness"),
        ]
    )
    assert stairs.now is not None and stairs.now.level == "permanent_good_neighbourliness"


def test_recognition_is_no_tread_once_relations_exist() -> None:
    assert [tread.rung for tread in build([declared("1991-12-27", "recognition")]).treads] == [0]
    both = build([declared("1991-12-27", "recognition"), declared("1992-01-03", "diplomatic_relations")])
    assert [tread.rung for tread in both.treads] == [1]


def test_a_step_down_is_left_out() -> None:
    stairs = build([declared("2005", "strategic_partnership"), declared("2007", "friendly_cooperation")])
    assert [tread.rung for tread in stairs.treads] == [4]


def test_no_status_is_no_stairs() -> None:
    stairs = build([])
    assert (stairs.treads, stairs.aims, stairs.now, stairs.height) == ((), (), None, 0)
