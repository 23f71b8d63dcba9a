"""The timeline: every dated record of every relationship, filtered, counted, and sorted into lanes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final

from django.db.models import CharField, F, TextChoices, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy
from modeltranslation.utils import build_localized_fieldname

from relations.domain.partial_date import PartialDate
from relations.domain.timeline.headline import Headline, headline
from relations.domain.timeline.records import Context, Entry, Kind, Lane
from relations.domain.timeline.records import Status as LaneStatus
from relations.domain.titles import short_title
from relations.domain.typography import fine
from relations.models import Declaration, Event, Session, Status, Visit, choices
from relations.reference.ladder import rung
from relations.reference.parties import DYADS, FIVE, partner_of
from relations.selectors.news_volume import NewsVolumes, news_volumes

KINDS: Final = tuple(kind.value for kind in Kind)
LEADERS, ALL = "leaders", "all"
LEVELS: Final = (LEADERS, ALL)
"""How deep the figure goes: what heads of state and government did and what changed the ground, or every record."""
MONTHLY, EVERY_MONTH = "monthly", "all"
NEWS: Final = (MONTHLY, EVERY_MONTH)
LEADING_DOCUMENTS: Final = ("head_of_state", "head_of_government")
LEADING_MECHANISMS: Final = ("summit", "head_of_state_diplomacy", "prime_ministers", "committee")
LANDMARKS: Final = ("border_agreement", "energy", "transport", "visa")
"""Kinds of event that lay the ground between the countries: borders, lines, roads, free travel."""
EVERYBODY: Final = 5
"""A labelled event of the six-party format with at least so many parties concerns every lane of the picture."""

RUNG_NAMES: Final = {
    "recognition": pgettext_lazy("short name of a status", "Recognition"),
    "diplomatic_relations": pgettext_lazy("short name of a status", "Diplomatic relations"),
    "friendly_cooperation": pgettext_lazy("short name of a status", "Friendly"),
    "good_neighbourly_partnership": pgettext_lazy("short name of a status", "Good-neighbourly"),
    "strategic_partnership": pgettext_lazy("short name of a status", "Strategic"),
    "comprehensive_strategic_partnership": pgettext_lazy("short name of a status", "Comprehensive"),
    "comprehensive_strategic_partnership_new_era": pgettext_lazy("short name of a status", "New era"),
    "permanent_comprehensive_strategic_partnership": pgettext_lazy("short name of a status", "Permanent"),
    "all_weather_comprehensive_strategic_partnership": pgettext_lazy("short name of a status", "All-weather"),
    "community_shared_future": pgettext_lazy("short name of a status", "Shared future"),
    "permanent_good_neighbourliness": pgettext_lazy("short name of a status", "Permanent good-neighbourliness"),
}
"""The rungs and aims in a chart; their full names are titles of records."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show: dyads and kinds by code (none: all), the years from `first` to `last`, both included, and the level."""

    dyads: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    level: str = ALL
    first: int | None = None
    last: int | None = None
    news: str = ""
    """Whether the layer of the news is shown: MONTHLY, or EVERY_MONTH of it in the table."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the timeline. `key` (`visit-12`) names it in the figure and in addresses; `word` is its kind in words,
    `detail` the rest: office, number, place. `document` is the key of the declaration that set a status.
    `leading` records are those of the level `leaders`; `language` is that of the title where it is not the reader's."""

    key: str
    kind: Kind
    model: str
    pk: int
    dyad: str
    date: PartialDate
    title: str
    word: str
    detail: str
    verification: str
    place: str = ""
    until: str = ""
    label: str = ""
    level: str = ""
    document: str | None = None
    parties: int = 2
    leading: bool = True
    language: str = ""

    @property
    def said(self) -> str:
        """Kind and detail in one line: `Joint statement, Astana`."""
        return f"{self.word}{_remark(get_language() or 'en')}{self.detail}" if self.word and self.detail else self.word or self.detail


@dataclass(frozen=True)
class TimelinePage:
    """The rows that the filters leave, newest first, with the counts that each further choice would leave.

    `first` and `last` are the years shown, `bounds` those of all records.
    """

    filters: Filters
    today: dt.date
    rows: tuple[Row, ...]
    every: tuple[Row, ...]
    bounds: tuple[int, int]
    by_dyad: dict[str, int]
    by_kind: dict[str, int]
    by_level: dict[str, int]
    news: NewsVolumes | None = None

    @property
    def first(self) -> int:
        return self.filters.first if self.filters.first is not None else self.bounds[0]

    @property
    def last(self) -> int:
        return self.filters.last if self.filters.last is not None else self.bounds[1]

    @property
    def dyads(self) -> tuple[str, ...]:
        """The relationships shown, in the order of the product."""
        return self.filters.dyads or DYADS

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """One lane for each relationship; the stairs know the rungs from before the years shown."""
        show = not self.filters.kinds or Kind.STATUS in self.filters.kinds
        contexts = {context.key for context in self.contexts}
        return tuple(self._lane(dyad, show, contexts) for dyad in self.dyads)

    def _lane(self, dyad: str, show: bool, contexts: set[str]) -> Lane:
        statuses = tuple(_status(row) for row in self.every if row.dyad == dyad and row.kind is Kind.STATUS)
        entries = tuple(
            Entry(row.key, row.kind, row.date, row.title, row.said, row.verification, "" if row.key in contexts else row.label)
            for row in reversed(self.rows)
            if row.dyad == dyad and row.kind is not Kind.STATUS
        )
        return Lane(dyad, lane_name(dyad), statuses, entries, show)

    @cached_property
    def contexts(self) -> tuple[Context, ...]:
        """What concerned everybody: turning points of the six-party format that (nearly) all of them are party to."""
        return tuple(
            Context(row.key, row.date, row.label)
            for row in self.every
            if partner_of(row.dyad) == FIVE and row.label and row.kind is Kind.LANDMARK and row.parties >= EVERYBODY
        )

    @cached_property
    def headline(self) -> Headline:
        """How far the relationships shown had come by the last day shown, for the title of the figure."""
        end = self.today if self.last >= self.today.year else dt.date(self.last, 12, 31)
        lanes = [self._lane(dyad, True, set()) for dyad in self.dyads]
        return headline([lane for lane in lanes if partner_of(lane.code) != FIVE] or lanes, end)

    @property
    def unsourced(self) -> int:
        """How many of the rows have no source yet."""
        return sum(row.verification == choices.Verification.MEMORY for row in self.rows)


def timeline_page(filters: Filters, today: dt.date) -> TimelinePage:
    """Every record that the filters leave. Seven queries, whatever the filters and the number of records, one more with the news."""
    every = tuple(all_rows(today))
    bounds = (every[-1].date.year if every else today.year, today.year)
    bounded = replace(filters, first=_clamp(filters.first, bounds), last=_clamp(filters.last, bounds))
    first, last = bounded.first or bounds[0], bounded.last or bounds[1]
    rows: list[Row] = []
    by_dyad, by_kind, by_level = dict.fromkeys(DYADS, 0), dict.fromkeys(KINDS, 0), dict.fromkeys(LEVELS, 0)
    for row in every:
        if not first <= row.date.year <= last:
            continue
        level = row.leading or filters.level == ALL
        dyad = not filters.dyads or row.dyad in filters.dyads
        kind = not filters.kinds or row.kind in filters.kinds
        by_dyad[row.dyad] += level and kind
        by_kind[row.kind] += level and dyad
        by_level[ALL] += dyad and kind
        by_level[LEADERS] += dyad and kind and row.leading
        if level and dyad and kind:
            rows.append(row)
    news = news_volumes(filters.dyads or DYADS, first, last) if filters.news else None
    return TimelinePage(bounded, today, tuple(rows), every, bounds, by_dyad, by_kind, by_level, news)


def _clamp(year: int | None, bounds: tuple[int, int]) -> int | None:
    return None if year is None else min(max(year, bounds[0]), bounds[1])


def lane_name(dyad: str) -> str:
    """The partner's name, as a lane is called."""
    partner = partner_of(dyad)
    return gettext("Six-party format") if partner == FIVE else str(choices.State(partner).label)


def _status(row: Row) -> LaneStatus:
    name = str(RUNG_NAMES.get(row.level, row.title))
    return LaneStatus(row.key, row.date, rung(row.level), name, row.title, row.verification, row.document, row.said)


# ---- Rows -------------------------------------------------------------------------------------------------------------


def all_rows(today: dt.date, dyad: str | None = None) -> list[Row]:
    """Every published record up to today, of one relationship or of all, the newest first. Seven queries."""
    rows = [row for read in _READERS for row in read(dyad)]
    rows = [row for row in rows if row.date.first <= today]
    # Of two records with the same date the one with the finer row in the figure comes first; a key settles the rest.
    rows.sort(key=lambda row: (row.date.iso, KINDS.index(row.kind), row.pk), reverse=True)
    return rows


def _title(path: str = "title") -> Coalesce:
    """A translated text: in the reader's language, in English where nobody has translated it, empty where there is none."""
    own, english = (build_localized_fieldname(path, language) for language in (get_language() or "en", "en"))
    return Coalesce(NullIf(own, Value("")), english, Value(""), output_field=CharField())


def listed_title(title: str) -> str:
    """A title as lists show it: fine print, and without the names of the two parties, which the lane says."""
    return _listed(title, get_language() or "en")


# Pure functions of their texts, asked for the same thousand records at every request.
@lru_cache(maxsize=8192)
def _listed(title: str, language: str) -> str:
    return fine(short_title(short_title(title, language), "en"))


_date = lru_cache(maxsize=8192)(PartialDate.parse)


@lru_cache
def _remark(language: str) -> str:
    """What stands between a thing and what says more of it, in the active `language`."""
    return pgettext("before what says more of a thing", ", ")


def _own(path: str = "title") -> str:
    """The column of a translated text in the reader's language."""
    return str(build_localized_fieldname(path, get_language() or "en"))


def _labels(codes: type[TextChoices]) -> dict[str, str]:
    """The words of all codes of a list, translated once."""
    return {str(code.value): str(code.label) for code in codes}


def _of(rows: Any, dyad: str | None) -> Any:
    """The rows of one relationship or of all, without what modeltranslation does to each row: columns are named here."""
    chosen = rows.for_dyad(dyad) if dyad else rows
    return chosen.rewrite(False) if hasattr(chosen, "rewrite") else chosen


def _statuses(dyad: str | None) -> Iterable[Row]:
    language = get_language() or "en"
    rows = _of(Status.objects.all(), dyad).values_list(
        "pk", "dyad_id", "date", _title(), "level", "verification", "document_id", "document__state", "document__place", _own()
    )
    for pk, code, date, title, level, verified, document, state, place, own in rows:
        shown = document if state == choices.PublicationState.PUBLISHED else None
        yield Row(
            key=f"status-{pk}", kind=Kind.STATUS, model="status", pk=pk, dyad=code, date=_date(date),
            title=_listed(title, language) or str(choices.Level(level).label), word=_status_word(level),
            detail=(place or "") if shown else "", place=(place or "") if shown else "", verification=verified, level=level,
            document=f"declaration-{shown}" if shown else None, language="" if own or not title else "en",
        )  # fmt: skip


def _status_word(level: str) -> str:
    return gettext("Status") if rung(level) is not None else gettext("Aim beside the ladder")


def _declarations(dyad: str | None) -> Iterable[Row]:
    language = get_language() or "en"
    columns = ("pk", "dyad_id", "date", _title(), "kind", "place", "verification", "level", _own())
    rows = _of(Declaration.objects.published(), dyad).values_list(*columns)
    words = _labels(choices.DeclarationKind)
    setting = set(_of(Status.objects.all(), dyad).values_list("document_id", flat=True))
    for pk, code, date, title, kind, place, verified, level, own in rows:
        yield Row(
            key=f"declaration-{pk}", kind=Kind.DOCUMENT, model="declaration", pk=pk, dyad=code, date=_date(date),
            title=_listed(title, language), word=words[kind], detail=place or "", place=place or "", verification=verified,
            leading=level in LEADING_DOCUMENTS or pk in setting, language="" if own else "en",
        )  # fmt: skip


def _visits(dyad: str | None) -> Iterable[Row]:
    rows = _of(Visit.objects.all(), dyad).values_list(
        "pk", "dyad_id", "date_start", "date_end", _title("visitor__name"), "office", "kind", "host", "place", "verification"
    )
    words, states = _labels(choices.VisitKind), _labels(choices.State)
    phrase = pgettext("title of a visit", "%(visitor)s in %(place)s")
    leading = set(_of(Visit.objects.all(), dyad).by_leaders().values_list("pk", flat=True))
    for pk, code, date, until, visitor, office, kind, host, place, verified in rows:
        yield Row(
            key=f"visit-{pk}", kind=Kind.VISIT, model="visit", pk=pk, dyad=code, date=_date(date), until=until or "",
            title=phrase % {"visitor": visitor, "place": place or states[host]}, word=words[kind], detail=office,
            place=place or "", verification=verified, leading=pk in leading,
        )  # fmt: skip


def _sessions(dyad: str | None) -> Iterable[Row]:
    language = get_language() or "en"
    rows = _of(Session.objects.all(), dyad).values_list(
        "pk", "mechanism__dyad_id", "date", _title("mechanism__title"), "number", "place", "verification", "mechanism__kind",
        _own("mechanism__title"),
    )  # fmt: skip
    words, phrase = _labels(choices.MechanismKind), pgettext("session of a mechanism", "No. %(number)d")
    remark = _remark(language)
    for pk, code, date, title, number, place, verified, kind, own in rows:
        numbered = phrase % {"number": number} if number else ""
        yield Row(
            key=f"session-{pk}", kind=Kind.SESSION, model="session", pk=pk, dyad=code, date=_date(date),
            title=_listed(title, language), word=words[kind], detail=remark.join(part for part in (numbered, place) if part),
            place=place or "", verification=verified, leading=kind in LEADING_MECHANISMS, language="" if own else "en",
        )  # fmt: skip


def _events(dyad: str | None) -> Iterable[Row]:
    language = get_language() or "en"
    rows = _of(Event.objects.all(), dyad).values_list(
        "pk", "dyad_id", "date", _title(), "kind", "friction", "label", "parties", "verification", _own()
    )
    words = _labels(choices.EventKind)
    for pk, code, date, title, kind, friction, label, parties, verified, own in rows:
        yield Row(
            key=f"event-{pk}", kind=Kind.FRICTION if friction else Kind.LANDMARK, model="event", pk=pk, dyad=code,
            date=_date(date), title=_listed(title, language), word=words[kind], detail="",
            label=label, parties=len(parties), verification=verified, leading=friction or bool(label) or kind in LANDMARKS,
            language="" if own else "en",
        )  # fmt: skip


_READERS: Final[tuple[Callable[[str | None], Iterable[Row]], ...]] = (_statuses, _declarations, _visits, _sessions, _events)


# ---- Sources, for the CSV ---------------------------------------------------------------------------------------------


def source_urls(rows: Sequence[Row]) -> dict[str, list[str]]:
    """The addresses of the sources of each row, by its key, in the order in which the record cites them. Five queries at most."""
    found: dict[str, list[str]] = {row.key: [] for row in rows}
    for model in (Status, Declaration, Visit, Session, Event):
        name = str(model._meta.model_name)
        if not any(row.model == name for row in rows):
            continue
        citations: Any = model._meta.get_field("citations").related_model
        pairs = citations.objects.annotate(record=F(f"{name}_id")).order_by("record", "position", "pk").values_list("record", "source__url")
        for pk, url in pairs:
            if (urls := found.get(f"{name}-{pk}")) is not None:
                urls.append(url)
    return found
