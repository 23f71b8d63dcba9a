"""The back-test of the forecast of sessions, on the shipped dataset: at each past session the next, from what was known then."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from benchmarks.table import show
from relations.domain.backtest import Past, Score, Trial, score, trials
from relations.domain.cadence import Basis, Session
from relations.domain.partial_date import PartialDate

DATASET: Final = Path(__file__).resolve().parents[2] / "relations" / "dataset"
_FILES: Final = ("kz", "kg", "tj", "tm", "uz", "c5")
_WORDS: Final = {Basis.DECLARED: "declared rhythm", Basis.DEDUCED: "even intervals", Basis.UNEVEN: "uneven intervals"}
_LEAST_HELD: Final = 0.7
_MOST_HELD: Final = 0.9
"""A window that says eight in ten may be off by a tenth on so few sessions."""


def shipped() -> list[Past]:
    """The mechanisms of the dataset with their sessions, all of them held."""
    found = []
    for name in _FILES:
        records: dict[str, list[dict[str, Any]]] = json.loads((DATASET / f"{name}.json").read_text(encoding="utf-8"))
        held: dict[str, list[Session]] = defaultdict(list)
        for row in records["sessions"]:
            held[row["mechanism"]].append(Session(PartialDate.parse(row["date"]), row["number"]))
        found += [Past(row["slug"], tuple(held[row["slug"]]), row["periodicity_months"]) for row in records["mechanisms"]]
    return found


def is_good_enough(total: Score) -> bool:
    """Better than repeating the last interval, and a window that holds about as many sessions as it says."""
    return total.is_better and total.held_share is not None and _LEAST_HELD <= total.held_share <= _MOST_HELD


def show_table() -> bool:
    """Print the table, a row for each kind of rhythm and one for all; true where the forecast is as good as it has to be."""
    made = trials(shipped())
    total = score(made)
    rows = [_row(_WORDS[basis], [trial for trial in made if trial.basis is basis]) for basis in Basis]
    show(
        "Forecast of sessions: at each past session the next one from what was known then (errors in days)",
        ["rhythm", "sessions", "mean error", "median", "compared", "forecast", "last interval repeated", "80 % windows", "held"],
        [*rows, _row("all", made)],
    )
    good = is_good_enough(total)
    print("Better than repeating the last interval, with a window that keeps its word." if good else "NOT as good as it has to be.")
    return good


def _row(name: str, made: list[Trial]) -> list[str]:
    found = score(made)
    held = f"{found.held} ({found.held_share:.0%})" if found.held_share is not None else "–"
    return [
        name,
        str(found.trials),
        _days(found.mean_error),
        _days(found.median_error),
        str(found.compared),
        _days(found.compared_error),
        _days(found.repeated_error),
        str(found.windows),
        held,
    ]


def _days(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"
