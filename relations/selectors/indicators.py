"""Indicators of one relationship: a chart for one of them, and the last values of the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max

from relations.domain.series import Gap, Series, Value, group, mirror_gap
from relations.models import Indicator, Observation, Source

TRADE = "trade_turnover_usd_bn"
"""The indicator that a country page opens with."""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value in the table under the chart, with the sources it stands on."""

    series: Series
    value: Value
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """One indicator of a relationship: its series by reporter, and every value, the newest first."""

    code: str
    title: str
    unit: str
    definition: str
    series: tuple[Series, ...]
    rows: tuple[ValueRow, ...]

    @property
    def gap(self) -> Gap | None:
        return mirror_gap(self.series)

    @property
    def reporters(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.reporter for one in self.series))


@dataclass(frozen=True, slots=True)
class IndicatorChoice:
    """An indicator that has values for a relationship, how many, and its last value by the reporter of that value."""

    code: str
    title: str
    unit: str
    values: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Indicators:
    """What a relationship has: the indicators with values, and the one that is shown; None where there is none at all.

    `unknown` repeats an indicator that was asked for and has no values here.
    """

    choices: tuple[IndicatorChoice, ...]
    shown: IndicatorPage | None
    unknown: str


def indicators(dyad: str, asked: str = "") -> Indicators:
    """The indicators of a relationship, and the values of the one asked for (trade, else the first, where it is unknown).

    Four queries, whatever the number of values.
    """
    rows = (
        Indicator.objects.filter(observations__dyad=dyad)
        .annotate(values_here=Count("observations"), last_year=Max("observations__year"))
        .order_by("position", "code")
    )
    choices = tuple(IndicatorChoice(row.code, str(row), row.unit, row.values_here, row.last_year) for row in rows)
    if not choices:
        return Indicators((), None, asked)
    known = [choice.code for choice in choices]
    code = next((code for code in (asked, TRADE) if code in known), known[0])
    return Indicators(choices, indicator_page(dyad, code), asked if asked and asked not in known else "")


def indicator_page(dyad: str, code: str) -> IndicatorPage | None:
    """One indicator of a relationship with every value and its sources; None where it has no value. Three queries."""
    found = list(Observation.objects.for_dyad(dyad).filter(indicator__code=code).select_related("indicator").with_sources())
    if not found:
        return None
    indicator = found[0].indicator
    sources = {row.pk: tuple(row.cited_sources) for row in found}
    series = group(
        (row.reporter, row.scope, Value(row.year, row.period, row.value, row.qualifier, row.verification, row.pk)) for row in found
    )
    pairs = [(one, value) for one in series for value in one.values]
    pairs.sort(key=lambda pair: (-pair[1].year, pair[1].period, pair[0].reporter))
    rows = tuple(ValueRow(one, value, sources[value.key]) for one, value in pairs)
    return IndicatorPage(code, str(indicator), indicator.unit, indicator.definition, tuple(series), rows)
