"""The intervals between the sessions of a mechanism, with the window in which the next one is expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from relations.domain.cadence import DAYS_IN_MONTH, Cadence, Interval

from . import theme
from .figure import Figure, axis, figure, font, layout, plain, short

HEIGHT: Final = 260


def months(days: float) -> float:
    """Days as months."""
    return days / DAYS_IN_MONTH


def interval_figure(found: Cadence, today: dt.date, side: str, spoken: Sequence[str], words: tuple[str, str, str]) -> Figure:
    """A mark for each interval at the session that ended it, as high as it was long in months.

    Hollow where sessions are missing in it or a date is known to the year alone: it does not tell the rhythm. From the last
    session on the band of the expected window with its likeliest length, and a diamond for the present silence.
    `spoken` is what hovering over each interval says; `words` name the window, the likeliest length and the silence.
    """
    window, likely, now = (plain(word) for word in words)
    data = [_intervals(found.intervals, side, spoken)]
    heights = [months(interval.days) for interval in found.intervals]
    shapes: list[dict[str, Any]] = []
    last = found.last.date.middle if found.last else today
    end = today
    if found.forecast and found.rhythm and found.last:
        low, high = (months((day - last).days) for day in (found.forecast.window.earliest, found.forecast.window.latest))
        likeliest = months((found.forecast.day - last).days)
        end = max(today, found.forecast.window.latest)
        shapes = [_band(last, end, low, high), _line(last, end, likeliest)]
        data.append(_label(end, high, f"{likely}, {window}" if window else likely))
        heights += [high * 1.1]
    if found.last and found.silence_days is not None:
        heights.append(months(found.silence_days))
        data.append(_silence(today, months(found.silence_days), now))
    first = min((interval.end.date.middle for interval in found.intervals), default=last)
    margin = dt.timedelta(days=max(60, round((end - first).days * 0.03)))
    return figure(
        data,
        layout(
            HEIGHT,
            margin=(12, 12, 28, 8),
            shapes=shapes,
            xaxis=axis(
                grid=False,
                type="date",
                range=[(first - margin).isoformat(), (end + margin).isoformat()],
                nticks=8,
                tickformat="%Y",
                tickangle=0,
            ),
            yaxis=axis(range=[0, short(max(heights, default=1) * 1.15 or 1)], nticks=6),
        ),
    )


def _intervals(intervals: Sequence[Interval], side: str, spoken: Sequence[str]) -> dict[str, Any]:
    tells = [interval.is_telling and not interval.missing for interval in intervals]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [interval.end.date.middle.isoformat() for interval in intervals],
        "y": [short(months(interval.days)) for interval in intervals],
        "customdata": [plain(words) for words in spoken],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
        "line": {"color": theme.faded(theme.edge(side), 0.4), "width": 1},
        "marker": {
            "symbol": "square",
            "size": 9,
            "color": [theme.fill(side) if telling else theme.PAPER for telling in tells],
            "line": {"color": theme.edge(side), "width": 1.5},
            "opacity": 1,
        },
    }


def _band(first: dt.date, last: dt.date, low: float, high: float) -> dict[str, Any]:
    return {
        "type": "rect", "layer": "below", "x0": first.isoformat(), "x1": last.isoformat(), "y0": short(low), "y1": short(high),
        "fillcolor": theme.faded(theme.INK, 0.1), "line": {"width": 0},
    }  # fmt: skip


def _line(first: dt.date, last: dt.date, height: float) -> dict[str, Any]:
    return {
        "type": "line", "x0": first.isoformat(), "x1": last.isoformat(), "y0": short(height), "y1": short(height),
        "line": {"color": theme.INK, "width": 1.5, "dash": "dash"},
    }  # fmt: skip


def _label(day: dt.date, height: float, words: str) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "text", "x": [day.isoformat()], "y": [short(height)], "text": [words], "textposition": "top left",
        "textfont": font(theme.INK_2), "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip


def _silence(day: dt.date, height: float, words: str) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "markers", "x": [day.isoformat()], "y": [short(height)], "customdata": [words],
        "hovertemplate": "%{customdata}<extra></extra>", "cliponaxis": False,
        "marker": {"symbol": "diamond-open", "size": 12, "color": theme.INK, "line": {"color": theme.INK, "width": 1.5}},
    }  # fmt: skip
