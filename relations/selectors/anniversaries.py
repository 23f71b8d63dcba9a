"""Every origin that comes round (relations, statuses, treaties, mechanisms), and what lay around its earlier jubilees."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language

from relations.domain import jubilees as rules
from relations.domain import recurrence
from relations.domain.agenda import Entry, Kind, Rank
from relations.domain.cadence import add_months
from relations.domain.jubilees import AHEAD_MONTHS, Chronicle, Evidence, Happening, Passed
from relations.domain.partial_date import PartialDate, Precision
from relations.domain.recurrence import Occurrence, Origin
from relations.domain.titles import short_title
from relations.models import Declaration, Mechanism, Session, Status, Visit
from relations.models.choices import DeclarationKind, Level
from relations.reference.ladder import AIMS
from relations.reference.parties import DYADS
from relations.selectors.agenda import short_mechanism_title
from relations.selectors.statement import Named, Statement, columns, in_language

RELATIONS, STATUS, TREATY, MECHANISM = "relations", "status", "treaty", "mechanism"
KINDS: Final = (RELATIONS, STATUS, TREATY, MECHANISM)
_BEGINNINGS: Final = frozenset({Level.RECOGNITION, Level.DIPLOMATIC_RELATIONS})


@dataclass(frozen=True, slots=True)
class Begun:
    """An origin: what began, when. `key` is its natural key, `record` and `pk` say which row it is, `slug` is empty for a status."""

    kind: str
    key: str
    record: str
    pk: int
    dyad: str
    title: str
    date: PartialDate
    verification: str
    slug: str
    rank: Rank

    @property
    def origin(self) -> Origin:
        return Origin.of(self.date)

    @property
    def url(self) -> str:
        """The page of the record itself."""
        return reverse(f"web:{self.record}", args=[self.slug]) if self.slug else reverse("web:record", args=[self.record, self.pk])

    @property
    def page(self) -> str:
        return reverse("web:anniversary", args=[self.kind, self.pk])


@dataclass(frozen=True)
class Jubilees:
    """An origin with its next occurrence, its next jubilee, and the jubilees that are over, the last one first."""

    begun: Begun
    next: Occurrence | None
    jubilee: Occurrence | None
    passed: tuple[Passed, ...]

    @cached_property
    def marked(self) -> int:
        return sum(bool(one.happenings) for one in self.passed)

    @cached_property
    def by_kind(self) -> dict[str, int]:
        return rules.marked_by(self.passed)

    def entry(self) -> Entry | None:
        """The next jubilee as a line of the calendar's file; None where its month is not known."""
        if self.jubilee is None or self.jubilee.date.precision is Precision.YEAR:
            return None
        begun, jubilee = self.begun, self.jubilee
        return Entry(
            key=f"{begun.key}:{jubilee.date.year}", kind=Kind.ANNIVERSARY, record=begun.record, pk=begun.pk, date=jubilee.date,
            title=begun.title, dyads=(begun.dyad,), verification=begun.verification, url=begun.page, rank=begun.rank,
            years=jubilee.years, origin=begun.origin, moved=jubilee.moved,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brought:
    """A record around a jubilee with what a page says of it."""

    happening: Happening
    dyad: str
    title: str
    note: str
    number: int | None
    url: str
    verification: str

    @property
    def mark(self) -> str:
        """The kind whose shape stands for it."""
        return "document" if self.happening.kind == "declaration" else self.happening.kind


@dataclass(frozen=True)
class AnniversariesPage:
    """All origins that the filters leave, those with a jubilee ahead first in the order of its date."""

    today: dt.date
    origins: tuple[Jubilees, ...]
    chances: dict[str, float | None]

    @cached_property
    def coming(self) -> list[Jubilees]:
        """Those whose next jubilee may lie in the next 24 months, in order of date."""
        last = add_months(self.today, AHEAD_MONTHS)
        found = [one for one in self.origins if one.jubilee and one.jubilee.date.first <= last]
        return sorted(found, key=lambda one: (one.jubilee.date.last if one.jubilee else last, one.begun.rank, one.begun.key))

    @cached_property
    def evidence(self) -> Evidence:
        return rules.evidence(self._rows, self.chances)

    @cached_property
    def weeks(self) -> list[rules.Week]:
        return rules.weeks(self._rows)

    @property
    def _rows(self) -> list[tuple[str, tuple[Passed, ...]]]:
        return [(one.begun.dyad, one.passed) for one in self.origins]


# ---- Origins -----------------------------------------------------------------------------------------------------------------

_STATUSES: Final = Statement(
    lambda: columns(
        Status.objects.for_dyads(Named("dyads")).order_by("date", "pk"),
        "pk",
        "dyad_id",
        "level",
        "date",
        in_language("title"),
        "verification",
    )
)
_TREATIES: Final = Statement(
    lambda: columns(
        Declaration.objects.published().for_dyads(Named("dyads")).filter(kind=DeclarationKind.TREATY).order_by("date", "pk"),
        "pk", "slug", "dyad_id", "date", in_language("title"), "verification",
    )
)  # fmt: skip
_MECHANISMS: Final = Statement(
    lambda: columns(
        Mechanism.objects.for_dyads(Named("dyads")).filter(established__isnull=False).order_by("established", "pk"),
        "pk", "slug", "dyad_id", "established", in_language("title"), "verification",
    )
)  # fmt: skip


def origins(dyads: Sequence[str], kinds: Sequence[str] = KINDS) -> list[Begun]:
    """Every origin of these relationships and kinds, oldest first. Three queries at most, whatever the number of records."""
    found: list[Begun] = []
    if RELATIONS in kinds or STATUS in kinds:
        found += [one for one in _statuses(dyads) if one.kind in kinds]
    if TREATY in kinds:
        for pk, slug, dyad, date, title, verification in _TREATIES.rows(dyads=dyads):
            name = short_title(title or slug, get_language() or "en")
            found.append(
                Begun(
                    TREATY, f"declaration:{slug}", "declaration", pk, dyad, name, PartialDate.parse(date), verification, slug, Rank.TREATY
                )
            )
    if MECHANISM in kinds:
        for pk, slug, dyad, date, title, verification in _MECHANISMS.rows(dyads=dyads):
            name = short_mechanism_title(title or slug, dyad)
            found.append(
                Begun(
                    MECHANISM, f"mechanism:{slug}", "mechanism", pk, dyad, name, PartialDate.parse(date), verification, slug, Rank.MECHANISM
                )
            )
    return sorted(found, key=lambda one: (one.date.iso, one.rank, one.key))


def _statuses(dyads: Sequence[str]) -> Iterable[Begun]:
    for pk, dyad, level, date, title, verification in _STATUSES.rows(dyads=dyads):
        yield Begun(
            RELATIONS if level in _BEGINNINGS else STATUS, f"status:{dyad}:{level}", "status", pk, dyad, title or str(Level(level).label),
            PartialDate.parse(date), verification, "", Rank.AIM if level in AIMS else Rank.RUNG,
        )  # fmt: skip


# ---- What lay around --------------------------------------------------------------------------------------------------------

_DATES: Final = (
    (
        "declaration",
        Statement(lambda: columns(Declaration.objects.published().for_dyads(Named("dyads")).order_by(), "pk", "dyad_id", "date")),
    ),
    ("visit", Statement(lambda: columns(Visit.objects.for_dyads(Named("dyads")).order_by(), "pk", "dyad_id", "date_start"))),
    ("session", Statement(lambda: columns(Session.objects.for_dyads(Named("dyads")).order_by(), "pk", "mechanism__dyad_id", "date"))),
)


def chronicles(dyads: Sequence[str], today: dt.date) -> dict[str, Chronicle]:
    """The documents, visits and sessions of each relationship up to today. Three queries."""
    found: dict[str, list[Happening]] = defaultdict(list)
    now = today.isoformat()  # a month or a year that has begun sorts before a day in it
    for kind, statement in _DATES:
        for pk, dyad, text in statement.rows(dyads=dyads):
            if text <= now:
                found[dyad].append(Happening(PartialDate.parse(text), kind, pk))
    return {dyad: Chronicle(found[dyad]) for dyad in dyads}


def anniversaries_page(today: dt.date, dyads: Sequence[str] = (), kinds: Sequence[str] = ()) -> AnniversariesPage:
    """The origins of some relationships (none: all) and kinds (none: all) as of today. Six queries."""
    shown = dyads or DYADS
    told = chronicles(shown, today)
    made = tuple(_jubilees(one, told[one.dyad], today) for one in origins(shown, kinds or KINDS))
    return AnniversariesPage(today, made, {dyad: chronicle.chance(today) for dyad, chronicle in told.items()})


def one_origin(kind: str, pk: int, today: dt.date) -> Jubilees | None:
    """One origin with all its jubilees; None where there is no such origin. Four queries at most."""
    begun = next((one for one in origins(DYADS, [kind]) if one.pk == pk), None)
    return _jubilees(begun, chronicles([begun.dyad], today)[begun.dyad], today) if begun else None


def _jubilees(begun: Begun, chronicle: Chronicle, today: dt.date) -> Jubilees:
    origin = begun.origin
    return Jubilees(
        begun,
        recurrence.upcoming(origin, today),
        recurrence.upcoming(origin, today, jubilees_only=True),
        tuple(rules.passed(origin, chronicle, today)),
    )


_BROUGHT: Final = (
    ("declaration", Statement(
        lambda: columns(
            Declaration.objects.filter(pk__in=Named("keys")), "pk", "dyad_id", in_language("title"), "place", "slug", "verification"
        )
    )),
    ("visit", Statement(
        lambda: columns(
            Visit.objects.filter(pk__in=Named("keys")), "pk", "dyad_id", in_language("visitor__name"), "office", "place", "verification"
        )
    )),
    ("session", Statement(
        lambda: columns(
            Session.objects.filter(pk__in=Named("keys")),
            "pk", "mechanism__dyad_id", in_language("mechanism__title"), "place", "number", "verification",
        )
    )),
)  # fmt: skip


def brought(happenings: Iterable[Happening]) -> dict[tuple[str, int], Brought]:
    """(kind, key) → what a page says of these records. Three queries at most, none for a kind without a record."""
    asked: dict[str, dict[int, Happening]] = defaultdict(dict)
    for one in happenings:
        asked[one.kind][one.key] = one
    found: dict[tuple[str, int], Brought] = {}
    for kind, statement in _BROUGHT:
        rows = asked.get(kind)
        for pk, dyad, title, note, more, verification in statement.rows(keys=list(rows)) if rows else ():
            url = reverse("web:declaration", args=[more]) if kind == "declaration" else reverse("web:record", args=[kind, pk])
            name = short_title(title or str(more), get_language() or "en") if kind == "declaration" else title or ""
            if kind == "session":
                name = short_mechanism_title(name, dyad)
            number = more if kind == "session" else None
            found[kind, pk] = Brought(asked[kind][pk], dyad, name, note or "", number, url, verification)
    return found
