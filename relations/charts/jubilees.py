"""When records lie around jubilees: weeks before and after, a bar each, its parts by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from relations.domain.jubilees import KINDS, Week

from . import theme
from .figure import Figure, axis, figure, layout, plain

HEIGHT: Final = 240
_LOOKS: Final[Mapping[str, dict[str, Any]]] = {
    "declaration": {"color": theme.INK},
    "visit": {"color": theme.PAPER},
    "session": {"color": theme.PAPER, "pattern": {"shape": "/", "fgcolor": theme.INK_2, "size": 6}},
}
"""Kinds differ by more than a shade: filled, empty, hatched."""


def weeks_figure(weeks: Sequence[Week], names: Mapping[str, str], labels: Sequence[Sequence[str]]) -> Figure:
    """Stacked bars; `labels` has what hovering over each week says, a list a kind in the order of `KINDS`."""
    most = max((week.total for week in weeks), default=0) or 1
    traces = [
        {
            "type": "bar",
            "name": plain(names[kind]),
            "x": [(week.first + week.last) / 2 for week in weeks],
            "y": [week.counts[kind] for week in weeks],
            "width": 6,
            "customdata": [plain(label) for label in said],
            "hovertemplate": "%{customdata}<extra></extra>",
            "marker": {**_LOOKS[kind], "line": {"color": theme.INK, "width": 1}},
        }
        for kind, said in zip(KINDS, labels, strict=True)
    ]
    return figure(
        traces,
        layout(
            HEIGHT,
            margin=(8, 12, 28, 40),
            barmode="stack",
            xaxis=axis(grid=False, line=True, range=[-47, 47], tickvals=[-42, -21, 0, 21, 42], ticktext=["−42", "−21", "0", "+21", "+42"]),
            yaxis=axis(range=[0, most * 1.08], nticks=5, tickformat="d"),
        ),
    )
