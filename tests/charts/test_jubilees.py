"""The figure of the weeks around jubilees."""

from __future__ import annotations

import json

import plotly.graph_objects as go

from relations.charts.figure import to_json
from relations.charts.jubilees import weeks_figure
from relations.domain.jubilees import KINDS, Week
from tests.charts.test_index import coloured

NAMES = {"declaration": "Documents", "visit": "Visits", "session": "Sessions"}


def week(first: int, declarations: int = 0, visits: int = 0, sessions: int = 0) -> Week:
    return Week(first, first + 6, {"declaration": declarations, "visit": visits, "session": sessions})


def test_kinds_are_stacked_and_differ_by_more_than_a_shade() -> None:
    weeks = [week(-10, 2, 1), week(-3, 3, 4, 5)]
    built = weeks_figure(weeks, NAMES, [[f"{kind} {one.first}" for one in weeks] for kind in KINDS])
    go.Figure(coloured(json.loads(to_json(built))))
    assert built["layout"]["barmode"] == "stack"
    assert [(trace["name"], trace["x"], trace["y"]) for trace in built["data"]] == [
        ("Documents", [-7, 0], [2, 3]), ("Visits", [-7, 0], [1, 4]), ("Sessions", [-7, 0], [0, 5]),
    ]  # fmt: skip
    assert built["layout"]["yaxis"]["range"][1] == 12 * 1.08
    filled, empty, hatched = (trace["marker"] for trace in built["data"])
    assert filled["color"] != empty["color"] and hatched["pattern"]["shape"] == "/"


def test_nothing_around_is_a_figure_too() -> None:
    assert weeks_figure([], NAMES, [[], [], []])["layout"]["yaxis"]["range"] == [0, 1.08]
