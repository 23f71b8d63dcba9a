"""The figures of the relationship index."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from relations.charts import theme
from relations.charts.figure import to_json
from relations.charts.index import Contributions, Curve, View, lines_figure, one_figure, spaced

BANDS = {name: name for name in ("confrontation", "tension", "discord", "ordinary", "good", "friendly")}
WIDE, NARROW = View(1000, 1992, 2027, BANDS), View(360, 1992, 2027, BANDS)


def curve(dyad: str = "CN-KZ", y: tuple[float, ...] = (1.2, 7.0), name: str = "Kazakhstan") -> Curve:
    x = [1992.042 + number for number in range(len(y))]
    return Curve(dyad, name, dyad[-2:], x, y, [f"{name} {value}" for value in y], [f"199{number}-01" for number in range(2, 2 + len(y))])


def one(low: float = 1.0) -> dict[str, Any]:
    moved = Contributions([1992.042, 1993.042], [1.2, 0.0], [0.0, -0.1], ["a", "b"], ["1992-01", "1993-01"])
    return one_figure(curve(), [low, 6.5], [1.5, 7.5], moved, WIDE)


@pytest.mark.parametrize("built", [lines_figure([curve(), curve("CN-UZ", (0.5, 7.1))], WIDE), lines_figure([], WIDE), one()])
def test_plotly_knows_every_part_of_the_figures(built: dict[str, Any]) -> None:
    go.Figure(coloured(json.loads(to_json(built))))


def coloured(value: Any) -> Any:
    """The figure as the page's script hands it to Plotly: colours for tokens."""
    if isinstance(value, dict):
        return {key: coloured(item) for key, item in value.items()}
    if isinstance(value, list):
        return [coloured(item) for item in value]
    if theme.is_token(value):
        return "Arial" if value in (theme.SANS, theme.SERIF) else "#123456"
    return value


def test_lines_differ_in_dash_as_well_as_in_colour_and_are_named_at_their_ends() -> None:
    built = lines_figure([curve(), curve("CN-UZ", (0.5, 7.1), "Uzbekistan")], WIDE)
    assert [(trace["line"]["color"], trace["line"]["dash"]) for trace in built["data"]] == [
        ("--kz-edge", "solid"),
        ("--uz-edge", "5px,2px"),
    ]
    assert [note["text"] for note in built["layout"]["annotations"]] == ["Kazakhstan", "Uzbekistan"]
    assert all(trace["line"]["shape"] == "hv" for trace in built["data"])


def test_a_phone_has_short_names() -> None:
    assert [note["text"] for note in lines_figure([curve()], NARROW)["layout"]["annotations"]] == ["KZ"]


def test_the_scale_shows_a_band_below_zero_and_as_many_more_as_the_scores_need() -> None:
    axis = lines_figure([curve()], WIDE)["layout"]["yaxis"]
    assert axis["ticktext"] == ["−3", "discord", "0", "ordinary", "3", "good", "6", "friendly", "9"]
    assert lines_figure([curve(y=(-4.0, 1.0))], WIDE)["layout"]["yaxis"]["ticktext"][:2] == ["−6", "tension"]
    assert lines_figure([curve(y=(-9.0,))], WIDE)["layout"]["yaxis"]["ticktext"][0] == "−9"


def test_a_relationship_without_a_line_is_left_out() -> None:
    built = lines_figure([curve("CN-TM", ()), curve()], WIDE)
    assert [trace["name"] for trace in built["data"]] == ["Kazakhstan"]


def test_the_band_lies_between_its_limits_and_bars_go_up_and_down() -> None:
    low, high, _line, up, down = one()["data"]
    assert (low["y"], high["y"], high["fill"]) == ([1.0, 6.5], [1.5, 7.5], "tonexty")
    assert (up["y"], down["y"]) == ([1.2, 0.0], [0.0, -0.1])
    assert [point[0] for point in up["customdata"]] == ["1992-01", "1993-01"]
    assert (up["marker"]["color"], down["marker"]["color"]) == ("--kz-fill", "--ink")


def test_names_that_would_lie_on_each_other_are_moved_apart() -> None:
    assert spaced([10, 12, 100], 17, 200) == [10, 27, 100]
    assert spaced([195, 198], 17, 200) == [183, 200]
    assert spaced([30, 10], 17, 200) == [30, 10]
    assert spaced([], 17, 200) == []


def test_the_chosen_month_is_a_stroke_through_both_parts() -> None:
    assert not [shape for shape in one()["layout"]["shapes"] if shape.get("name") == "chosen"]
    built = one_figure(curve(), [1, 6.5], [1.5, 7.5], Contributions(), WIDE, 1993.042)
    (stroke,) = [shape for shape in built["layout"]["shapes"] if shape.get("name") == "chosen"]
    assert (stroke["x0"], stroke["x1"], stroke["y0"], stroke["y1"], stroke["yref"]) == (1993.042, 1993.042, 0, 1, "paper")
