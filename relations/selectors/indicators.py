"""Indicators of one relationship: a chart for one of them, and the last values of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max

from relations.domain.series import Gap, Series, Value, group, mirror_gap
from relations.models import Indicator, Observation, ObservationCitation
from relations.models.source import COPY_MARK, host_of
from relations.selectors.statement import Named, Statement, columns, in_language

TRADE = "trade_turnover_usd_bn"
"""The indicator that a country page opens with."""


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A source by its publisher (its host, where that is not known); a copy is named and not linked."""

    url: str
    publisher: str
    title: str
    is_copy: bool


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value in the table under the chart, with the sources it stands on."""

    series: Series
    value: Value
    sources: tuple[SourceLink, ...]


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


_CHOICES: Final = Statement(
    lambda: columns(
        Indicator.objects.filter(observations__dyad=Named("dyad"))
        .annotate(values_here=Count("observations"), last_year=Max("observations__year"))
        .order_by("position", "code"),
        "code", in_language("title"), "unit", "values_here", "last_year",
    )
)  # fmt: skip
_INDICATOR: Final = Statement(lambda: columns(Indicator.objects.filter(code=Named("code")), in_language("title"), "unit", "definition"))
_VALUES: Final = Statement(
    lambda: columns(
        Observation.objects.for_dyad(Named("dyad")).filter(indicator__code=Named("code")).order_by("position", "pk"),
        "reporter", "scope", "year", "period", "value", "qualifier", "verification", "pk",
    )
)  # fmt: skip
_SOURCES: Final = Statement(
    lambda: columns(
        ObservationCitation.objects.filter(observation__in=Named("observations")).order_by("position", "pk"),
        "observation_id", "source__url", "source__publisher", "source__title",
    )
)  # fmt: skip


def indicators(dyad: str, asked: str = "") -> Indicators:
    """The indicators of a relationship, and the values of the one asked for (trade, else the first, where it is unknown).

    Four queries, whatever the number of values.
    """
    choices = tuple(IndicatorChoice(code, title or code, *rest) for code, title, *rest in _CHOICES.rows(dyad=dyad))
    if not choices:
        return Indicators((), None, asked)
    known = [choice.code for choice in choices]
    code = next((code for code in (asked, TRADE) if code in known), known[0])
    return Indicators(choices, indicator_page(dyad, code), asked if asked and asked not in known else "")


def indicator_page(dyad: str, code: str) -> IndicatorPage | None:
    """One indicator of a relationship with every value and its sources; None where it has no value. Three queries."""
    found = [(reporter, scope, Value(*value)) for reporter, scope, *value in _VALUES.rows(dyad=dyad, code=code)]
    if not found:
        return None
    ((title, unit, definition),) = _INDICATOR.rows(code=code)
    sources = sources_of([value.key for _reporter, _scope, value in found])
    series = group(found)
    pairs = [(one, value) for one in series for value in one.values]
    pairs.sort(key=lambda pair: (-pair[1].year, pair[1].period, pair[0].reporter))
    table = tuple(ValueRow(one, value, tuple(sources.get(value.key, ()))) for one, value in pairs)
    return IndicatorPage(code, title or code, unit, definition, tuple(series), table)


def sources_of(observations: Sequence[int]) -> dict[int, list[SourceLink]]:
    """What each value stands on, in the order in which it cites. One query."""
    found: dict[int, list[SourceLink]] = {}
    for pk, url, publisher, title in _SOURCES.rows(observations=observations):
        found.setdefault(pk, []).append(SourceLink(url, publisher or host_of(url), title, publisher.endswith(COPY_MARK)))
    return found
