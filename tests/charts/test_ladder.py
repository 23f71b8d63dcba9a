"""The ladder as a step chart."""

from __future__ import annotations

import datetime as dt

import plotly.graph_objects as go

from relations.charts.ladder import ladder_figure
from relations.domain.partial_date import PartialDate
from relations.domain.stairs import Declared, build

TODAY = dt.date(2026, 3, 24)
RUNGS = {1: "Relations", 2: "Friendly", 3: "Good-neighbourly", 4: "Strategic", 5: "Comprehensive", 6: "Further"}


def declared(date: str, level: str, title: str = "A status") -> Declared:
    return Declared(PartialDate.parse(date), level, title, 1)


STAIRS = build(
    [
        declared("1992-01-03", "diplomatic_relations"),
        declared("2005", "strategic_partnership", "Strategic <b>partnership</b>"),
        declared("2022-09-14", "community_shared_future"),
    ]
)


def test_the_line_steps_from_rung_to_rung_up_to_today() -> None:
    line = ladder_figure(STAIRS, "CN-KZ", TODAY, RUNGS)["data"][0]
    assert line["x"] == ["1992-01-03", "2005-01-01", "2026-03-24"]
    assert line["y"] == [1, 4, 4]
    assert line["line"]["shape"] == "hv"


def test_each_step_wears_its_year_and_says_its_date_as_known() -> None:
    marks = ladder_figure(STAIRS, "CN-KZ", TODAY, RUNGS)["data"][1]
    assert marks["text"] == ["1992", "2005"]
    assert marks["customdata"] == ["1992-01-03<br>A status", "2005<br>Strategic &lt;b>partnership&lt;/b>"]


def test_aims_are_dotted_above_the_stairs() -> None:
    aim = ladder_figure(STAIRS, "CN-KZ", TODAY, RUNGS)["data"][2]
    assert aim["x"] == ["2022-09-14", "2026-03-24"]
    assert min(aim["y"]) > 4
    assert aim["line"]["dash"] != "solid"


def test_only_rungs_reached_are_named() -> None:
    shown = ladder_figure(STAIRS, "CN-KZ", TODAY, RUNGS)["layout"]["yaxis"]["ticktext"]
    assert shown == ["Relations", "Friendly", "Good-neighbourly", "Strategic"]


def test_plotly_knows_every_key() -> None:
    built = ladder_figure(STAIRS, "CN-KZ", TODAY, RUNGS)
    for trace in built["data"]:
        for part in ("line", "marker"):
            if part in trace:
                trace[part].pop("color", None), trace[part].pop("line", None)
        trace.pop("textfont", None), trace.pop("fillcolor", None)
    go.Figure(data=built["data"])
