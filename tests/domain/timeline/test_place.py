"""The whole picture: hand-made lanes with places worked out by hand, and what must hold for any."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.domain.partial_date import PartialDate
from relations.domain.timeline.board import Box
from relations.domain.timeline.frame import View, frame, standing
from relations.domain.timeline.layout import Mark, Placed, PlacedLane, Role, Text
from relations.domain.timeline.place import place
from relations.domain.timeline.records import Context, Entry, Kind, Lane, Status, Words

TODAY = dt.date(2026, 3, 24)
WIDE = View(1032, 1992, 2026, TODAY)
NARROW = View(358, 1992, 2026, TODAY)
WORDS = Words(now="24 Mar 2026", now_short="today")
NAMES = {
    0: "Recognition",
    1: "Diplomatic relations",
    2: "Friendly",
    3: "Good-neighbourly",
    4: "Strategic",
    5: "Comprehensive",
    6: "Permanent",
}


def status(date: str, height: int | None, document: str | None = None, name: str = "") -> Status:
    name = name or (NAMES[height] if height is not None else "Shared future")
    return Status(f"status-{date}-{height}", PartialDate.parse(date), height, name, name, document=document)


def entry(kind: Kind, date: str, key: str = "", label: str = "") -> Entry:
    return Entry(key or f"{kind}-{date}", kind, PartialDate.parse(date), f"{kind} of {date}", label=label)


def lane(*entries: Entry, statuses: tuple[Status, ...] = (), name: str = "Kazakhstan") -> Lane:
    return Lane("CN-KZ", name, statuses, entries)


LADDER = (status("1992-01-03", 1), status("2005-07-04", 4), status("2019-09-11", 6))


def only(placed: Placed) -> PlacedLane:
    assert len(placed.lanes) == 1
    return placed.lanes[0]


def of(placed: PlacedLane, role: Role) -> list[str]:
    return [text.text for text in placed.texts if text.role is role]


# ---- Stairs ---------------------------------------------------------------------------------------------------------------


def test_each_rung_is_a_tread_from_its_day_to_the_next_and_the_last_reaches_today() -> None:
    placed = place([lane(statuses=LADDER)], WIDE, WORDS)
    treads = only(placed).treads
    assert [tread.height for tread in treads] == [1, 4, 6]
    assert treads[0].right == treads[1].left and treads[1].right == treads[2].left
    assert treads[2].right == placed.today


def test_a_rung_more_is_six_pixels_more() -> None:
    treads = only(place([lane(statuses=LADDER)], WIDE, WORDS)).treads
    assert treads[0].y - treads[1].y == 3 * 6
    assert treads[1].y - treads[2].y == 2 * 6


def test_the_three_names_of_the_top_share_one_height() -> None:
    new_era, all_weather = status("2022-09-15", 6, name="New era"), status("2024-01-24", 6, name="All-weather")
    first, second = only(place([lane(statuses=(new_era, all_weather))], WIDE, WORDS)).treads
    assert first.y == second.y


def test_the_rung_of_before_the_years_shown_is_the_first_tread() -> None:
    treads = only(place([lane(statuses=LADDER)], View(1032, 2010, 2015, TODAY), WORDS)).treads
    assert [(tread.left, tread.height) for tread in treads] == [(0, 4)]


def test_statuses_that_are_not_shown_leave_no_stairs_no_mark_and_no_standing() -> None:
    placed = only(place([replace(lane(statuses=LADDER), show_statuses=False)], WIDE, WORDS))
    assert not placed.treads and not placed.marks
    assert not of(placed, Role.NOW)


# ---- Marks on the stairs -----------------------------------------------------------------------------------------------------


def test_a_status_and_the_document_that_set_it_are_one_mark_with_both_records() -> None:
    document = entry(Kind.DOCUMENT, "2005-07-04", "declaration-7")
    strategic = status("2005-07-04", 4, "declaration-7")
    placed = only(place([lane(document, statuses=(LADDER[0], strategic))], WIDE, WORDS))
    keys = [mark.keys for mark in placed.marks]
    assert (strategic.key, "declaration-7") in keys
    assert len(keys) == 2


def test_a_rung_and_an_aim_of_one_document_are_one_mark_led_by_the_rung() -> None:
    rung, aim = status("2023-05-18", 6, "declaration-9"), status("2023-05-18", None, "declaration-9")
    marks = only(place([lane(entry(Kind.DOCUMENT, "2023-05-18", "declaration-9"), statuses=(rung, aim))], WIDE, WORDS)).marks
    assert [mark.keys for mark in marks] == [(rung.key, aim.key, "declaration-9")]


def test_a_document_that_the_filters_leave_out_is_not_named_by_its_status() -> None:
    strategic = status("2005-07-04", 4, "declaration-7")
    (mark,) = only(place([lane(statuses=(strategic,))], WIDE, WORDS)).marks
    assert mark.keys == (strategic.key,)


def test_a_status_without_a_document_is_hollow() -> None:
    (mark,) = only(place([lane(statuses=(status("1992-01", 1),))], WIDE, WORDS)).marks
    assert mark.hollow


def test_a_mark_on_the_stairs_that_would_touch_a_newer_one_goes_down_among_the_documents() -> None:
    recognition, relations = status("1991-12-27", 0), status("1992-01-03", 1)
    view = View(1032, 1991, 2026, TODAY)
    upper, lower = sorted(only(place([lane(statuses=(recognition, relations))], view, WORDS)).marks, key=lambda mark: mark.y)
    assert (upper.keys, lower.keys) == ((relations.key,), (recognition.key,))
    assert not upper.box.touches(lower.box)


# ---- Rows -------------------------------------------------------------------------------------------------------------------------


def test_kinds_stand_in_rows_one_under_another() -> None:
    entries = [entry(kind, "2010-05-01") for kind in (Kind.FRICTION, Kind.LANDMARK, Kind.SESSION, Kind.VISIT, Kind.DOCUMENT)]
    marks = sorted(only(place([lane(*entries)], WIDE, WORDS)).marks, key=lambda mark: mark.y)
    assert [mark.kind for mark in marks] == [Kind.DOCUMENT, Kind.VISIT, Kind.SESSION, Kind.LANDMARK, Kind.FRICTION]


def test_documents_of_one_day_stand_under_each_other_and_the_lane_grows() -> None:
    one = only(place([lane(entry(Kind.DOCUMENT, "2010-05-01", "a"), statuses=LADDER)], WIDE, WORDS))
    many = only(place([lane(*(entry(Kind.DOCUMENT, "2010-05-01", key) for key in "abcdefg"), statuses=LADDER)], WIDE, WORDS))
    assert len({mark.y for mark in many.marks if mark.kind is Kind.DOCUMENT}) == 7
    assert many.base - many.top > one.base - one.top


def test_a_date_without_a_day_has_a_bar_and_a_known_day_has_none() -> None:
    year, month, day = entry(Kind.LANDMARK, "2010"), entry(Kind.LANDMARK, "2014-05"), entry(Kind.LANDMARK, "2018-05-01")
    placed = place([lane(year, month, day)], WIDE, WORDS)
    bars = {mark.keys[0]: mark.bar for mark in only(placed).marks}
    of_year, of_month = bars[year.key], bars[month.key]
    assert of_year and of_month and bars[day.key] is None
    assert of_year[1] - of_year[0] == pytest.approx(placed.scale.per_year)
    assert of_month[1] - of_month[0] == pytest.approx(placed.scale.per_year * 31 / 365)


def test_the_bar_of_the_present_year_ends_today() -> None:
    placed = place([lane(entry(Kind.LANDMARK, "2026"))], WIDE, WORDS)
    (mark,) = only(placed).marks
    assert mark.bar and mark.bar[1] == placed.today


def test_a_narrow_picture_shows_documents_and_frictions_only() -> None:
    entries = [entry(kind, "2010-05-01") for kind in Kind if kind is not Kind.STATUS]
    assert {mark.kind for mark in only(place([lane(*entries)], NARROW, WORDS)).marks} == {Kind.DOCUMENT, Kind.FRICTION}


# ---- Words ------------------------------------------------------------------------------------------------------------------------


def test_the_right_side_says_where_it_stands_now_and_since_when() -> None:
    placed = only(place([lane(statuses=LADDER)], WIDE, WORDS))
    assert of(placed, Role.NOW) == ["Permanent"]
    assert of(placed, Role.SINCE) == ["since 2019"]


def test_the_right_side_of_past_years_says_where_it_stood_then() -> None:
    placed = only(place([lane(statuses=LADDER)], View(1032, 2000, 2010, TODAY), WORDS))
    assert of(placed, Role.NOW) == ["Strategic"]


def test_an_aim_is_where_it_stands_only_without_a_ladder() -> None:
    aim = status("2022-01-25", None)
    assert standing(lane(statuses=(LADDER[0], aim)), TODAY) == aim
    assert standing(lane(statuses=(*LADDER, aim)), TODAY) == LADDER[-1]


def test_rungs_are_named_on_their_treads_but_for_the_last() -> None:
    placed = only(place([lane(statuses=LADDER)], WIDE, WORDS))
    assert sorted(of(placed, Role.RUNG)) == ["Diplomatic relations 1992", "Strategic 2005"]


def test_a_narrow_picture_has_years_instead_of_names() -> None:
    assert sorted(of(only(place([lane(statuses=LADDER)], NARROW, WORDS)), Role.RUNG)) == ["1992", "2005"]


def test_a_narrow_lane_is_named_above_itself() -> None:
    placed = only(place([lane(statuses=LADDER)], NARROW, WORDS))
    (name,) = [text for text in placed.texts if text.role is Role.NAME]
    assert name.y < min(tread.y for tread in placed.treads)


def test_turning_points_are_named_under_the_lane_and_tied_to_their_marks() -> None:
    friction = entry(Kind.FRICTION, "2016-04-24", label="Land protests")
    placed = only(place([lane(friction, statuses=LADDER)], WIDE, WORDS))
    assert of(placed, Role.FRICTION) == ["Land protests 2016"]
    (line,) = [line for line in placed.lines if line.role is Role.FRICTION]
    assert line.x0 == line.x1 == next(mark.x for mark in placed.marks if mark.kind is Kind.FRICTION)


def test_where_room_is_short_frictions_are_named_before_landmarks() -> None:
    crowd = [entry(Kind.LANDMARK, f"2016-04-0{day}", label=f"A landmark with a long name {day}") for day in range(1, 6)]
    friction = entry(Kind.FRICTION, "2016-04-24", label="Land protests")
    placed = only(place([lane(*crowd, friction, statuses=LADDER)], WIDE, WORDS))
    assert of(placed, Role.FRICTION) == ["Land protests 2016"]
    assert len(of(placed, Role.LANDMARK)) < 5
    assert len(placed.marks) == 6 + 3  # the marks stand all the same


def test_aims_without_a_ladder_are_named_left_of_their_line() -> None:
    placed = only(place([lane(statuses=(LADDER[0], status("2022-01-25", None)))], WIDE, WORDS))
    assert of(placed, Role.AIM) == ["Shared future 2022"]


def test_contexts_are_lines_through_all_lanes_and_named_where_they_do_not_meet() -> None:
    near = [
        Context("event-1", PartialDate.parse("2013-09-07"), "Silk Road Economic Belt proposed"),
        Context("event-2", PartialDate.parse("2013-12-01"), "Another moment of that year"),
    ]
    placed = place([lane(statuses=LADDER)], WIDE, WORDS, near)
    assert len(placed.contexts) == 2
    names = [text for text in placed.texts if text.role is Role.CONTEXT]
    assert all(not a.box.touches(b.box) for a, b in itertools.combinations(names, 2))


def test_a_context_outside_the_years_is_left_out() -> None:
    context = Context("event-1", PartialDate.parse("2001-06-15"), "SCO founded")
    assert place([lane()], View(1032, 2010, 2015, TODAY), WORDS, [context]).contexts == []


def test_today_is_marked_only_where_the_years_reach_it() -> None:
    assert place([lane()], WIDE, WORDS).today is not None
    assert place([lane()], View(1032, 1992, 2025, TODAY), WORDS).today is None


def test_margins_grow_with_the_names() -> None:
    short, long = (frame([lane(statuses=LADDER, name=name)], WIDE, WORDS) for name in ("Chad", "Turkménistan"))
    assert long.left > short.left


def test_no_lanes_make_an_empty_picture() -> None:
    assert place([], WIDE, WORDS).lanes == []


# ---- What must hold for any picture ---------------------------------------------------------------------------------------------------

days = st.dates(dt.date(1992, 1, 2), TODAY).map(PartialDate.of)
dates = st.one_of(days, days.map(lambda d: PartialDate(d.year, d.month)), days.map(lambda d: PartialDate(d.year)))
kinds = st.sampled_from([kind for kind in Kind if kind is not Kind.STATUS])
words = st.sampled_from(["", "", "", "Gas pipeline", "Land transfer contested", "Protests", "Газопровод", "天然气管道"])


@st.composite
def lanes(draw: st.DrawFn) -> Lane:
    """A lane of any entries, with a ladder that climbs, and perhaps aims beside it; some documents set a status."""
    found = draw(st.lists(st.tuples(kinds, dates, words), max_size=40))
    entries = [Entry(f"entry-{n}", kind, date, "", label=label) for n, (kind, date, label) in enumerate(found)]
    heights = sorted(draw(st.sets(st.integers(0, 6), max_size=6)))
    starts = sorted(draw(st.lists(dates, min_size=len(heights), max_size=len(heights))))
    documents = [entry.key for entry in entries if entry.kind is Kind.DOCUMENT]
    statuses = []
    for number, (height, date) in enumerate(zip([*heights, None, None], [*starts, *draw(st.lists(dates, max_size=2))], strict=False)):
        document = draw(st.sampled_from([None, *documents]))
        statuses.append(
            Status(f"status-{number}", date, height, NAMES.get(height if height is not None else -1, "Aim"), "", document=document)
        )
    return Lane("CN-KZ", draw(st.sampled_from(["Kazakhstan", "Six-party format", "哈萨克斯坦"])), statuses, entries, draw(st.booleans()))


views = st.builds(
    lambda width, first, span: View(width, first, min(first + span, TODAY.year), TODAY),
    st.integers(280, 2000),
    st.integers(1992, TODAY.year),
    st.integers(0, 35),
)


def within(lane: Lane, view: View) -> Lane:
    """What the selector does: only entries of the years shown."""
    return replace(lane, entries=[e for e in lane.entries if view.first <= e.date.year <= view.last])


def pictures(lanes: list[Lane], view: View) -> Placed:
    return place([within(lane, view) for lane in lanes], view, WORDS)


some = settings(max_examples=25, deadline=None)


@some
@given(st.lists(lanes(), min_size=1, max_size=2), views)
def test_no_two_marks_overlap(given_lanes: list[Lane], view: View) -> None:
    for placed in pictures(given_lanes, view).lanes:
        for one, other in itertools.combinations(placed.marks, 2):
            assert not one.box.touches(other.box, -1e-6), (one, other)


@some
@given(st.lists(lanes(), min_size=1, max_size=2), views)
def test_no_bar_runs_under_a_mark_of_its_row(given_lanes: list[Lane], view: View) -> None:
    for placed in pictures(given_lanes, view).lanes:
        for one, other in itertools.permutations([mark for mark in placed.marks if mark.kind is not Kind.STATUS], 2):
            if one.bar and one.y == other.y and one.kind == other.kind:
                assert other.box.right <= one.bar[0] or other.box.left >= one.bar[1]


@some
@given(st.lists(lanes(), min_size=1, max_size=2), views)
def test_no_two_texts_overlap(given_lanes: list[Lane], view: View) -> None:
    picture = pictures(given_lanes, view)
    texts = [*picture.texts, *(text for placed in picture.lanes for text in placed.texts)]
    for one, other in itertools.combinations(texts, 2):
        assert not touching(one.box, other.box), (one, other)


@some
@given(st.lists(lanes(), min_size=1, max_size=2), views)
def test_no_name_lies_over_a_mark(given_lanes: list[Lane], view: View) -> None:
    for placed in pictures(given_lanes, view).lanes:
        for text in placed.texts:
            for mark in placed.marks:
                assert not touching(text.box, mark.box), (text, mark)


@some
@given(st.lists(lanes(), min_size=1, max_size=2), views)
def test_nothing_stands_outside_the_picture(given_lanes: list[Lane], view: View) -> None:
    picture = pictures(given_lanes, view)
    frame_box = Box(-picture.left, -picture.top, picture.scale.width + picture.right, picture.height + picture.bottom)
    boxes: list[tuple[Mark | Text, Box]] = [(text, text.box) for text in picture.texts]
    for placed in picture.lanes:
        boxes += [(mark, mark.box) for mark in placed.marks] + [(text, text.box) for text in placed.texts]
        assert all(mark.y + mark.shape.half_height <= placed.base for mark in placed.marks)
    for thing, box in boxes:
        assert box.left >= frame_box.left - 1e-6 and box.right <= frame_box.right + 1e-6, (thing, frame_box)
        assert box.top >= frame_box.top - 1e-6 and box.bottom <= frame_box.bottom + 1e-6, (thing, frame_box)


@some
@given(lanes(), st.builds(lambda width: View(width, 1992, 2026, TODAY), st.integers(640, 1600)))
def test_every_record_is_in_exactly_one_mark(given_lane: Lane, view: View) -> None:
    (placed,) = pictures([given_lane], view).lanes
    drawn = [key for mark in placed.marks for key in mark.keys]
    statuses = given_lane.statuses if given_lane.show_statuses else ()
    assert sorted(drawn) == sorted([entry.key for entry in given_lane.entries] + [status.key for status in statuses])


@some
@given(st.lists(lanes(), min_size=2, max_size=3), views)
def test_lanes_never_reach_into_each_other(given_lanes: list[Lane], view: View) -> None:
    placed = pictures(given_lanes, view).lanes
    for above, below in itertools.pairwise(placed):
        assert above.base <= above.bottom < below.top


def touching(one: Box, other: Box) -> bool:
    return (
        one.left < other.right - 1e-6 and other.left < one.right - 1e-6 and one.top < other.bottom - 1e-6 and other.top < one.bottom - 1e-6
    )
