"""Small graphics: where things stand, by hand."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

from django.template import Context, Template
from django.test import RequestFactory

from relations.templatetags import figures

TODAY = dt.date(2026, 3, 24)
KAZAKHSTAN = [("1992-01-03", 1, "Diplomatic relations"), ("2002-12-23", 3, "Treaty"), ("2005-07-04", 4, "Strategic partnership"),
              ("2011-06-13", 5, "Comprehensive"), ("2019-09-11", 6, "Permanent")]  # fmt: skip


def render(source: str, **context: Any) -> str:
    return Template("{% load figures %}" + source).render(Context({"request": RequestFactory().get("/"), **context}))


def placed(*rungs: tuple[str, int]) -> list[figures.Step]:
    # One hundred years, so that a year is one percent and easy to count.
    return figures.place_steps(rungs, dt.date(1992, 1, 1), dt.date(2092, 1, 1))


def test_each_rung_begins_at_its_day_and_ends_at_the_next() -> None:
    first, second = placed(("1992-01-01", 1), ("2042-01-01", 4))
    assert (first.x, first.y) == (0.0, 62)
    assert abs(second.x - 50) < 0.01
    assert first.end == second.x
    assert (second.y, second.end) == (35, 100.0)
    assert figures.treads_path([first, second]) == f"M0 62H{second.x:g}V35H100"
    assert figures.ground_path([first, second]) == f"M0 75V62H{second.x:g}V35H100V75Z"


def test_without_a_rung_nothing_is_drawn() -> None:
    assert figures.treads_path([]) == figures.ground_path([]) == ""


def test_a_year_that_would_touch_the_next_riser_is_left_out_and_the_newest_never() -> None:
    first, short, newest = placed(("1992-01-01", 1), ("2040-01-01", 3), ("2045-01-01", 4))
    assert (first.anchor, short.anchor, newest.anchor) == ("start", "", "start")


def test_the_newest_year_ends_at_the_edge_where_it_has_no_room_to_the_right() -> None:
    before, newest = placed(("2060-01-01", 5), ("2090-01-01", 6))
    assert (newest.anchor, newest.label_x) == ("end", 100.0)
    assert before.anchor == "start"
    near, _newest = placed(("2077-01-01", 5), ("2091-01-01", 6))
    assert near.anchor == "", "its year would run into the newest one"


def test_the_stairs_are_told_in_words() -> None:
    html = render("{% steps rungs 'CN-KZ' today %}", rungs=KAZAKHSTAN, today=TODAY)
    assert (
        'role="img" aria-label="Diplomatic relations 1992; Treaty 2002; Strategic partnership 2005; Comprehensive 2011; Permanent 2019"'
        in html
    )
    assert 'data-side="KZ"' in html
    assert "style=" not in html


def test_aims_stand_beside_the_stairs() -> None:
    html = render("{% steps rungs 'CN-C5' today aims %}", rungs=[("1992", 1, "Relations")], aims=[("2022-01-25", "Community")], today=TODAY)
    ((x, ground),) = re.findall(r'class="aim" d="M([\d.]+) (\d+)H100"', html)
    assert (round(float(x)), ground) == (88, "46"), "30 years of 34 and a quarter, above the first rung"
    assert f"M{x} 62V46" in html
    assert "Community 2022" in html and '">2022</text>' in html


def test_numbers_in_a_graphic_have_a_point_in_every_language() -> None:
    from django.utils import translation

    with translation.override("ru"):
        html = render(
            "{% steps rungs 'CN-KZ' today %}{% health_strip dates 'CN-KZ' today %}", rungs=KAZAKHSTAN, dates=["2016-05-05"], today=TODAY
        )
    assert "," not in html.replace("; ", "").split("<path", 1)[1]


def test_sessions_stand_on_the_line_of_fifteen_years() -> None:
    strip = figures.health_strip(["2012-01-01", "2019-07-03", "2025-04-25"], "CN-KZ", TODAY, due="2026-04-25")
    assert figures.strip_years(TODAY) == (2012, 2027)
    assert strip["sessions"][0] == 0.0
    assert abs(strip["sessions"][1] - 50) < 0.1
    assert abs(strip["due"] - 95.44) < 0.1
    assert re.findall(r'class="tick" x1="(\d+)\.', strip["ground"]) == ["20", "53", "86"]
    assert strip["label"] == "3 sessions since 2012"
    assert strip["spans"] == []


def test_a_session_known_to_the_year_spans_its_year() -> None:
    strip = figures.health_strip(["2021"], "CN-KZ", TODAY)
    ((start, end),) = strip["spans"]
    assert abs((end - start) - 100 / 15) < 0.1


def test_a_mechanism_silent_since_before_the_line_says_since_when() -> None:
    assert "last in 2010" in render("{% health_strip dates 'CN-KZ' today %}", dates=["2005-04-04", "2010-04-15"], today=TODAY)
    assert "last in" not in render("{% health_strip dates 'CN-KZ' today %}", dates=["2010-04-15", "2020-01-01"], today=TODAY)


def test_tracks_run_together_as_long_as_both_state_it() -> None:
    track = figures.tracks(14, 1, 0, 25, "CN-KZ")
    assert (track["both"], track["cn_x"], track["cn"], track["pa"]) == (56.0, 56.0, 4.0, 0)
    assert figures.tracks(0, 0, 0, 0, "CN-KZ")["both"] == 0


def provision(number: int, side: str, topic: str = "relations") -> SimpleNamespace:
    return SimpleNamespace(number=number, side=side, topics=(topic,))


def test_a_silence_is_a_gap_in_the_track_of_the_side_that_is_silent() -> None:
    html = render("{% score rows 'CN-KZ' %}", rows=[provision(1, "both"), provision(2, "KZ", "taiwan"), provision(3, "CN")])
    china, kazakhstan = html.split('<th scope="row">')[1:]
    assert [part in china for part in ("#p1", "#p2", "#p3")] == [True, False, True]
    assert [part in kazakhstan for part in ("#p1", "#p2", "#p3")] == [True, True, False]
    assert html.count("silent") == 2
    assert 'tabindex="-1"' in html


def test_what_one_side_states_alone_is_labelled_with_its_topic() -> None:
    rows = [provision(n, "both") for n in range(1, 10)] + [provision(n, "KZ", "taiwan") for n in (10, 11, 12)]
    runs = figures.label_runs(rows)
    assert [(run.label, run.length, run.shown) for run in runs] == [("Both sides", 9, True), ("Kazakhstan: Taiwan", 3, True)]


def test_the_topic_of_a_label_is_one_that_all_its_provisions_have() -> None:
    rows = [
        SimpleNamespace(number=1, side="CN", topics=("development_path",)),
        SimpleNamespace(number=2, side="CN", topics=("sovereignty", "development_path")),
    ]
    assert [run.label for run in figures.label_runs(rows)] == ["China: Development path"]
    rows.append(provision(3, "CN", "water"))
    assert [run.label for run in figures.label_runs(rows)] == ["China"]


def test_labels_that_would_touch_are_left_out_and_those_of_one_side_stay() -> None:
    rows = [provision(1, "both"), provision(2, "KZ", "taiwan")] + [provision(n, "both") for n in range(3, 41)]
    first, alone, last = figures.label_runs(rows)
    assert (first.shown, alone.shown, last.shown) == (False, True, False)


def test_one_of_the_five_keeps_its_own_colour_in_their_track() -> None:
    assert 'data-side="UZ"' in render("{% score rows 'CN-C5' %}", rows=[provision(1, "all"), provision(2, "UZ")])
