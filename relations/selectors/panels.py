"""One indicator of several relationships side by side: values by reporter, what both sides say of the same period, sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import Count, Max, Min

from relations.domain import mirror
from relations.domain.mirror import Discrepancy
from relations.domain.partial_date import PartialDate
from relations.domain.series import Series, Value, group
from relations.models import Indicator, Observation, Status
from relations.models.choices import Level
from relations.reference.parties import DYADS
from relations.selectors.indicators import TRADE, SourceLink, sources_of
from relations.selectors.standing import leaders_meetings
from relations.selectors.statement import Named, Statement, columns, in_language

SIX: Final = "CN-C5"
SHARE: Final = "share"
STATUSES: Final = "statuses"
MEETINGS: Final = "meetings"


@dataclass(frozen=True, slots=True)
class Choice:
    """An indicator that has values: how many, and from which year to which."""

    code: str
    title: str
    unit: str
    definition: str
    values: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PanelFilters:
    """What is asked for: relationships (none: all), years (None: all), shares instead of values, what is laid over."""

    dyads: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    share: bool = False
    overlay: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        return self.dyads or DYADS

    def has(self, year: int) -> bool:
        return (self.first or 0) <= year <= (self.last or 9999)


@dataclass(frozen=True, slots=True)
class Laid:
    """A status or a meeting of leaders laid over a panel. `kind` is status, visit or session."""

    date: PartialDate
    kind: str
    title: str


@dataclass(frozen=True)
class Panel:
    """One relationship: its series, and what is laid over them."""

    dyad: str
    series: tuple[Series, ...]
    laid: tuple[Laid, ...] = ()

    @cached_property
    def discrepancies(self) -> list[Discrepancy]:
        return mirror.discrepancies(self.dyad, self.series)


@dataclass(frozen=True, slots=True)
class Line:
    """One value of the table; its sources are read for the lines that are shown alone."""

    dyad: str
    series: Series
    value: Value


@dataclass(frozen=True)
class PanelsPage:
    """All that the page shows. `empty` are the relationships asked for that have no value, `shares` tells whether any share exists."""

    choice: Choice
    panels: tuple[Panel, ...]
    empty: tuple[str, ...]
    shares: bool
    totals: dict[int, int]

    @cached_property
    def lines(self) -> list[Line]:
        """Every value that is drawn, the newest first, then in the order of the panels."""
        found = [Line(panel.dyad, one, value) for panel in self.panels for one in panel.series for value in one.values]
        return sorted(found, key=lambda line: (-line.value.year, DYADS.index(line.dyad)))

    @cached_property
    def discrepancies(self) -> list[Discrepancy]:
        return [one for panel in self.panels for one in panel.discrepancies]

    @property
    def largest(self) -> Discrepancy | None:
        return mirror.largest(self.discrepancies)

    def sources(self, lines: Sequence[Line]) -> dict[int, list[SourceLink]]:
        """What these values stand on; a share stands on the sources of both its numbers. One query."""
        keys = {key for line in lines for key in (line.value.key, self.totals.get(line.value.key)) if key}
        found = sources_of(sorted(keys))
        return {
            line.value.key: list(
                dict.fromkeys([*found.get(line.value.key, ()), *found.get(self.totals.get(line.value.key, 0), ())])
            )
            for line in lines
        }  # fmt: skip


_CHOICES: Final = Statement(
    lambda: columns(
        Indicator.objects.filter(observations__isnull=False)
        .annotate(values_here=Count("observations"), first_year=Min("observations__year"), last_year=Max("observations__year"))
        .order_by("position", "code"),
        "code", in_language("title"), "unit", "definition", "values_here", "first_year", "last_year",
    )
)  # fmt: skip
_VALUES: Final = Statement(
    lambda: columns(
        Observation.objects.filter(indicator__code=Named("code")).order_by("position", "pk"),
        "dyad_id", "reporter", "scope", "year", "period", "value", "qualifier", "verification", "pk",
    )
)  # fmt: skip
_STATUSES: Final = Statement(
    lambda: columns(Status.objects.for_dyads(Named("dyads")).order_by("date", "pk"), "dyad_id", "date", "level", in_language("title"))
)


def choices() -> list[Choice]:
    """The indicators that have a value, in the order of the dataset. One query."""
    return [Choice(code, title or code, *rest) for code, title, *rest in _CHOICES.rows()]


def chosen(code: str, among: Sequence[Choice]) -> Choice | None:
    """The indicator asked for; trade, else the first, where it is unknown; None where there is none at all."""
    by_code = {choice.code: choice for choice in among}
    return by_code.get(code) or by_code.get(TRADE) or next(iter(among), None)


def panels_page(choice: Choice, filters: PanelFilters, today: dt.date) -> PanelsPage:
    """One indicator by relationship. One query, one more for statuses and two for meetings where they are laid over."""
    rows: dict[str, list[tuple[str, str, Value]]] = {}
    for dyad, reporter, scope, *value in _VALUES.rows(code=choice.code):
        rows.setdefault(dyad, []).append((reporter, scope, Value(*value)))
    everything = {dyad: group(found) for dyad, found in rows.items()}
    shared = {dyad: mirror.shares(found, everything.get(SIX, ())) for dyad, found in everything.items() if dyad != SIX}
    any_share = any(found for found, _totals in shared.values())
    share = filters.share and any_share
    laid = _laid(filters, today)
    panels = []
    for dyad in filters.shown:
        series = shared.get(dyad, ([], {}))[0] if share else everything.get(dyad, [])
        kept = _within(series, filters)
        if kept:
            panels.append(Panel(dyad, tuple(kept), tuple(laid.get(dyad, ()))))
    drawn = {panel.dyad for panel in panels}
    totals = {key: total for _found, of in shared.values() for key, total in of.items()} if share else {}
    return PanelsPage(
        choice, tuple(panels), tuple(dyad for dyad in filters.shown if dyad not in drawn and not (share and dyad == SIX)), any_share, totals
    )


def _within(series: Sequence[Series], filters: PanelFilters) -> list[Series]:
    """The series with the values of the years asked for; one without any is left out."""
    cut = [(one, tuple(value for value in one.values if filters.has(value.year))) for one in series]
    return [Series(one.reporter, one.scope, one.side, values) for one, values in cut if values]


def _laid(filters: PanelFilters, today: dt.date) -> dict[str, list[Laid]]:
    """What is laid over each panel: statuses, meetings of leaders, that began in the years asked for."""
    found: dict[str, list[Laid]] = {}
    if STATUSES in filters.overlay:
        for dyad, date, level, title in _STATUSES.rows(dyads=filters.shown):
            found.setdefault(dyad, []).append(Laid(PartialDate.parse(date), "status", title or str(Level(level).label)))
    if MEETINGS in filters.overlay:
        for dyad, meetings in leaders_meetings(filters.shown, today).items():
            found.setdefault(dyad, []).extend(Laid(one.date, one.kind, one.who) for one in meetings)
    return {dyad: [one for one in rows if filters.has(one.date.year)] for dyad, rows in found.items()}
