"""The sanity report: what in a dataset is wrong, doubtful, or worth knowing, though it can be loaded.

An error is wrong whatever the sources say; a warning wants an editor's look; a note tells what is known and accepted,
such as records without a source yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Final

from . import sanity_dates as dates
from . import sanity_records as records
from .finding import Dataset, Finding, Severity

__all__ = ["RULES", "Finding", "Severity", "examine"]

RULES: Final[tuple[Callable[[Dataset], Iterator[Finding]], ...]] = (
    records.without_source,
    records.not_an_address,
    dates.session_outside_life,
    dates.session_numbers,
    dates.status_down_the_ladder,
    dates.status_and_document,
    dates.slug_and_date,
    dates.anniversary_and_origin,
    dates.visit_and_declaration,
    dates.visit_and_meeting,
    dates.overlapping_visits,
    dates.reference_to_later_document,
    dates.dated_in_the_future,
    dates.sources_older_than_the_fact,
    dates.office_at_the_time,
    dates.part_older_than_the_whole,
    records.holder_of_a_third_side,
    records.parties_of_another_file,
    records.part_wider_than_the_whole,
    records.title_missing,
    records.year_of_another_period,
    records.figure_below_nothing,
    records.figure_that_jumps,
    records.nameless_source,
    records.unverified,
)
"""Every rule: its name is that of the finding, its docstring says what should hold."""


def examine(tree: Any, today: dt.date) -> dict[str, list[Finding]]:
    """By rule what it found, rules that found nothing left out. The files must be valid (`validate.check`)."""
    data = Dataset(tree, today)
    found = {rule.__name__: list(rule(data)) for rule in RULES}
    return {name: findings for name, findings in found.items() if findings}


def meaning(rule: str) -> str:
    """What should hold according to a rule, in one sentence."""
    return next((each.__doc__ or "" for each in RULES if each.__name__ == rule), "").strip()
