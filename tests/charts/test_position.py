"""The figures of positions and comparisons, as Plotly takes them."""

from __future__ import annotations

import plotly.graph_objects as go

from relations.charts.contrast import Share, contrast_figure
from relations.charts.figure import Figure
from relations.charts.position import Lane, Spot, matrix_figure, position_figure
from relations.domain.positions import Role


def checked(figure: Figure) -> Figure:
    """The figure, refused by Plotly where it is none; tokens of colours are put in as it wants them."""

    def plain(value: object) -> object:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return "#000" if isinstance(value, str) and value.startswith("--") else value

    go.Figure(plain(figure))
    return figure


def test_each_side_has_a_lane_the_first_on_top_and_a_shape() -> None:
    figure = checked(
        position_figure(
            [
                Lane("Kazakhstan alone", Role.PARTNER, "KZ", (("2022-09-14", 3, "a"),)),
                Lane("China alone", Role.CHINA, "CN", (("2022", 1, "b"), ("2024-07", 9, "<b>"))),
                Lane("Both sides", Role.TOGETHER, "KZ", (("2001-09-12", 1, "c"),)),
            ],
            (1992, 2026),
        )
    )
    lanes = [(trace["name"], trace["y"][0], trace["marker"]["symbol"]) for trace in figure["data"]]
    assert lanes == [("Kazakhstan alone", 2, "circle"), ("China alone", 1, "square"), ("Both sides", 0, "diamond")]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Both sides", "China alone", "Kazakhstan alone"]
    china = figure["data"][1]
    assert china["x"] == ["2022-07-02", "2024-07-16"]
    assert china["marker"]["size"] == [11, 21]
    assert china["customdata"] == ["b", "&lt;b>"]


def test_shares_of_two_sets_stand_on_one_line_joined_where_both_have_documents() -> None:
    figure = checked(contrast_figure([Share("Trade", 50.0, 25.04), Share("Water", 0.0, None)], ("left", "right"), ("KZ", "UZ")))
    line, left, right = figure["data"]
    assert (line["x"], line["y"]) == ([50, 25, None], [1, 1, None])
    assert (left["x"], left["y"], left["marker"]["symbol"]) == ([50, 0], [1, 0], "circle")
    assert (right["x"], right["y"], right["marker"]["symbol"]) == ([25], [1], "diamond")


def test_a_relationship_beside_itself_is_told_apart_by_shape_and_filling() -> None:
    figure = checked(contrast_figure([Share("Trade", 50.0, 25.0)], ("1992–2000", "2001–2026"), ("KZ", "KZ")))
    assert figure["data"][1]["marker"]["color"] == "--kz-fill"
    assert figure["data"][2]["marker"]["color"] == "--paper"


def test_the_grid_has_a_circle_for_each_topic_of_a_relationship() -> None:
    spots = [Spot(0, 0, "KZ", 4, False, "a <b>"), Spot(1, 1, "KG", 1, True, "c")]
    figure = checked(matrix_figure(["Trade", "Water"], ["Kazakhstan", "Kyrgyzstan"], spots))
    (trace,) = figure["data"]
    assert (trace["x"], trace["y"], trace["text"], trace["customdata"]) == ([0, 1], [0, 1], ["4", "1"], ["a &lt;b>", "c"])
    assert trace["marker"]["size"] == [18, 12]  # the area by the number: 6 + 12·√(4/4), 6 + 12·√(1/4)
    assert trace["marker"]["color"] == ["--kz-fill", "--paper"]
    assert figure["layout"]["yaxis"]["range"] == [1.5, -0.5]  # the first topic above
    assert checked(matrix_figure([], [], []))["data"][0]["x"] == []
