"""The figure of the timeline."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import plotly.graph_objects as go
import pytest

from relations.charts import theme
from relations.charts.figure import Figure, to_json
from relations.charts.timeline import timeline
from relations.domain.partial_date import PartialDate
from relations.domain.timeline.frame import View
from relations.domain.timeline.place import place
from relations.domain.timeline.records import Entry, Kind, Lane, Status, Words
from relations.domain.timeline.volume import Volume

TODAY = dt.date(2026, 3, 24)


def entry(kind: Kind, date: str, key: str) -> Entry:
    return Entry(key, kind, PartialDate.parse(date), key, label="Gas pipeline" if kind is Kind.LANDMARK else "")


LANE = Lane(
    "CN-KZ",
    "Kazakhstan",
    [
        Status("status-1", PartialDate.parse("1992-01-03"), 1, "Diplomatic relations", ""),
        Status("status-2", PartialDate.parse("2005-07-04"), 4, "Strategic", "", document="declaration-1"),
    ],
    [
        entry(Kind.DOCUMENT, "2005-07-04", "declaration-1"),
        entry(Kind.VISIT, "2013", "visit-1"),
        entry(Kind.SESSION, "2015-11-20", "session-1"),
        entry(Kind.LANDMARK, "2009-12-12", "event-1"),
        entry(Kind.FRICTION, "2016-04-24", "event-2"),
    ],
)
POINTS = {
    key: [f"date of {key}", f"title of {key}", "words", "official"] for key in ("status-1", "status-2", *(e.key for e in LANE.entries))
}


@pytest.fixture
def figure() -> Figure:
    return timeline(
        place([LANE], View(1032, 1992, 2026, TODAY), Words(now="24 Mar 2026")), POINTS, {"verification": {"official": "Official"}}
    )


def traces(figure: Figure, name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("name") == name]


def with_colours(value: Any) -> Any:
    """The figure with a colour or a face for each token, as the page will put them in."""
    if isinstance(value, dict):
        return {key: with_colours(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_colours(item) for item in value]
    if theme.is_token(value):
        return "Arial" if value in (theme.SANS, theme.SERIF) else "#123456"
    return value


def test_plotly_accepts_the_figure(figure: Figure) -> None:
    go.Figure(with_colours(json.loads(to_json(figure))))


def test_it_names_tokens_and_no_colour(figure: Figure) -> None:
    text = to_json(figure)
    assert '"--kz-edge"' in text
    assert "#" not in text


def test_every_kind_has_its_shape(figure: Figure) -> None:
    symbols = {
        name: traces(figure, name)[0]["marker"]["symbol"]
        for name in ("status", "document", "visit", "session", "landmark", "friction")
        if traces(figure, name)
    }
    assert symbols == {"status": "diamond", "visit": "circle", "session": "square", "landmark": "triangle-up", "friction": "x-thin"}


def test_frictions_are_ink_and_visits_are_open(figure: Figure) -> None:
    (friction,), (visit,) = traces(figure, "friction"), traces(figure, "visit")
    assert friction["marker"]["line"]["color"] == "--ink"
    assert (visit["marker"]["color"], visit["marker"]["line"]["color"]) == ("--paper", "--kz-edge")


def test_a_mark_carries_the_records_it_stands_for(figure: Figure) -> None:
    records = [mark for trace in traces(figure, "status") for mark in trace["customdata"]]
    assert [
        ["status-2", "date of status-2", "title of status-2", "words", "official"],
        ["declaration-1", *POINTS["declaration-1"]],
    ] in records


def test_every_record_is_drawn_once(figure: Figure) -> None:
    keys = [record[0] for trace in figure["data"] for mark in trace.get("customdata", []) for record in mark]
    assert sorted(keys) == sorted(POINTS)


def test_a_pixel_of_the_axes_is_a_pixel_of_the_picture(figure: Figure) -> None:
    layout = figure["layout"]
    assert layout["width"] == 1032
    assert layout["xaxis"]["range"] == [0, 1032]
    assert layout["yaxis"]["range"] == [layout["height"], 0]
    assert set(layout["margin"].values()) == {0}


def test_the_page_learns_how_pixels_and_years_go_together(figure: Figure) -> None:
    meta = figure["layout"]["meta"]
    (left, right), (first, last) = meta["plot"], meta["years"]
    (visit,) = traces(figure, "visit")
    year = first + (visit["x"][0] - left) / (right - left) * (last - first)
    assert year == pytest.approx(2013.5, abs=0.01)  # 2013 alone stands in the middle of its year


def test_words_stay_plain_since_markup_would_set_style_attributes() -> None:
    lane = Lane("CN-KZ", "<b>Kazakhstan</b>", LANE.statuses, [])
    built = timeline(place([lane], View(1032, 1992, 2026, TODAY), Words()), POINTS)
    texts = [text for trace in built["data"] if trace["mode"] == "text" for text in trace["text"]]
    assert "&lt;b>Kazakhstan&lt;/b>" in texts


def test_numbers_are_short(figure: Figure) -> None:
    numbers = [n for trace in figure["data"] for n in (*trace["x"], *trace["y"]) if n is not None]
    assert all(round(n, 1) == n for n in numbers)


def test_the_size_of_a_full_figure_stays_small() -> None:
    entries = [entry(Kind.VISIT, f"{1992 + n % 34}-05-{n % 28 + 1:02d}", f"visit-{n}") for n in range(500)]
    points = {e.key: ["14 Sep 2022", "A title of the length that titles have", "State visit, President", "official"] for e in entries}
    built = timeline(place([Lane("CN-KZ", "Kazakhstan", [], entries)], View(1032, 1992, 2026, TODAY), Words()), points)
    assert len(to_json(built)) < 140 * 500


# ---- The layer of the news ---------------------------------------------------------------------------------------------------


@pytest.fixture
def with_news() -> Figure:
    """Ten years of news under one lane."""
    months = [Volume(PartialDate(2016 + n // 12, n % 12 + 1), n % 9 + 1, "Mar 2026: 12 reports") for n in range(120)]
    view = View(1032, 1992, 2026, TODAY)
    return timeline(place([LANE], view, Words(), (), {"CN-KZ": months}), POINTS)


def test_plotly_accepts_the_columns(with_news: Figure) -> None:
    go.Figure(with_colours(json.loads(to_json(with_news))))


def test_columns_stand_on_the_floor_of_their_strip_and_open_no_record(with_news: Figure) -> None:
    (bars,) = [trace for trace in with_news["data"] if trace["type"] == "bar"]
    assert len(bars["x"]) == 120
    assert min(bars["y"]) == -20 and max(bars["y"]) < 0  # upwards, since y counts downwards
    assert bars["base"] == with_news["layout"]["meta"]["lanes"][0][2]
    assert "customdata" not in bars


def test_ten_years_of_news_weigh_little(figure: Figure, with_news: Figure) -> None:
    assert len(to_json(with_news)) - len(to_json(figure)) < 50 * 120
