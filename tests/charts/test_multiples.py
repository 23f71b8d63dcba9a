"""Small multiples of an indicator: panels, bands, what is laid over."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from relations.charts.figure import to_json
from relations.charts.multiples import LOG, OWN, SAME, Over, PanelView, View, multiples_figure
from relations.domain.mirror import discrepancies
from relations.domain.series import Value, group
from tests.charts.test_index import coloured


def value(period: str, amount: float) -> Value:
    return Value(int(period[:4]), period, amount, "exact", "official", 1)


def panel(dyad: str = "CN-KG", scale: float = 1.0, laid: tuple[Over, ...] = ()) -> PanelView:
    customs = {"2020": 8.0, "2021": 10.0, "2022": 15.0, "2024": 20.0}
    series = group(
        [("China Customs (GACC)", "", value(period, amount * scale)) for period, amount in customs.items()]
        + [("Kyrgyzstan statistics", "", value(period, amount * scale)) for period, amount in (("2021", 2.0), ("2022", 4.0), ("2024", 5.0))]
    )
    labels = [[f"{one.reporter} {found.period}" for found in one.values] for one in series]
    return PanelView(dyad, dyad, series, labels, discrepancies(dyad, series), laid)


def view(scale: str = OWN, width: int = 1000) -> View:
    return View(width, 2020, 2024, scale)


def band_of(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["mode"] == "lines" and trace.get("hoverinfo") == "skip"]


@pytest.mark.parametrize("scale", [SAME, OWN, LOG])
@pytest.mark.parametrize("panels", [[], [panel()], [panel(laid=(Over(2021.2, "status", "Status"), Over(2022.0, "visit", "Visit")))] * 6])
def test_plotly_knows_every_part(panels: list[PanelView], scale: str) -> None:
    go.Figure(coloured(json.loads(to_json(multiples_figure(panels, view(scale))))))


def test_the_band_covers_years_in_a_row_and_a_stroke_a_year_alone() -> None:
    area, stroke = band_of(multiples_figure([panel()], view()))
    assert (area["x"], area["y"], area["fill"]) == ([2021, 2022, 2022, 2021], [10.0, 15.0, 4.0, 2.0], "toself")
    assert (stroke["x"], stroke["y"]) == ([2024, 2024], [5.0, 20.0])


def test_a_year_that_a_reporter_skipped_is_not_joined_and_nothing_is_averaged() -> None:
    customs = next(trace for trace in multiples_figure([panel()], view())["data"] if trace["name"].startswith("China"))
    assert customs["x"] == [2020, 2021, 2022, None, 2024]
    assert customs["y"] == [8.0, 10.0, 15.0, None, 20.0]


def test_months_stand_by_themselves_at_their_last_day() -> None:
    series = group([("China Customs (GACC)", "", value(period, 1.0)) for period in ("2022-01/2022-06", "2022-01/2022-12")])
    built = multiples_figure([PanelView("CN-KZ", "", series, [["a", "b"]])], view())
    assert built["data"][0]["x"] == [2021.993, None, 2022.497]


def test_reporters_of_two_sides_differ_in_colour_and_of_one_side_in_shape() -> None:
    series = group([(name, "", value("2022", 1.0)) for name in ("China Customs (GACC)", "Chinese data", "Kyrgyzstan statistics")])
    traces = multiples_figure([PanelView("CN-KG", "", series, [["a"], ["b"], ["c"]])], view())["data"]
    assert [(trace["line"]["color"], trace["marker"]["color"]) for trace in traces] == [
        ("--cn-edge", "--cn-fill"), ("--cn-edge", "--paper"), ("--kg-edge", "--kg-fill"),
    ]  # fmt: skip


def test_each_panel_has_its_own_scale_or_all_have_one() -> None:
    panels = [panel(), panel("CN-KZ", 10.0)]
    own = multiples_figure(panels, view(OWN))["layout"]
    same = multiples_figure(panels, view(SAME))["layout"]
    assert own["yaxis2"]["range"][1] == pytest.approx(10 * own["yaxis"]["range"][1])
    assert same["yaxis"]["range"] == same["yaxis2"]["range"] == own["yaxis2"]["range"]


def test_a_logarithmic_scale_begins_at_a_decade_and_leaves_a_nought_out() -> None:
    series = group([("China Customs (GACC)", "", value("2020", 0.0)), ("China Customs (GACC)", "", value("2021", 30.0))])
    built = multiples_figure([PanelView("CN-KZ", "", series, [["a", "b"]])], view(LOG))
    assert built["layout"]["yaxis"]["range"][0] == 1  # 10 is the decade under 30
    assert built["data"][0]["y"] == [None, 30.0]


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (700, 2), (1000, 3)])
def test_a_narrow_window_has_fewer_columns(width: int, columns: int) -> None:
    layout = multiples_figure([panel()] * 6, view(width=width))["layout"]
    lefts = {layout[f"xaxis{number}"]["domain"][0] for number in ("", "2", "3", "4", "5", "6")}
    assert len(lefts) == columns
    assert layout["height"] == 190 * (6 // columns)


def test_one_year_is_a_chart_too() -> None:
    assert multiples_figure([panel()], View(500, 2022, 2022))["layout"]["xaxis"]["tickvals"] == [2022]
