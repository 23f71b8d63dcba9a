"""The editors' desk: the candidates that wait, and one of them with its article, its draft and what it may repeat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, pgettext

from relations.domain.review import (
    Document,
    Draft,
    Repeat,
    Segment,
    Span,
    Stated,
    dyad_of,
    form_of,
    proposed_title,
    reach,
    repeats,
    same_documents,
    segments,
    still_open,
)
from relations.models import Candidate, Declaration, Initiative, Mechanism, NewsItem, Provision
from relations.models.choices import CandidateState, DyadCode
from relations.reference.lexicon import lexicon
from relations.reference.parties import CHINA, FIVE
from relations.selectors.choice import Choice
from relations.selectors.declaration import document_title

NO_DYAD: Final = "none"
"""The value of the filter for candidates whose relationship is not known."""
AGES: Final = ("day", "week", "older")
"""How long a candidate has waited: less than a day, less than a week, longer."""
MOST_SAME: Final = 5
_FIELDS: Final = ("kind", "date", "place", "occasion")
_EARLIER: Final = "TREATY"
"""The code of a reference that the reader gives to “the Treaty of 2007”: which one it is nobody knows."""
_LISTS: Final = ("parties", "initiatives", "references")


def waiting() -> int:
    """How many candidates wait for an editor."""
    return Candidate.objects.filter(state=CandidateState.PENDING).count()


# ---- The queue --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the queue shows. `dyads` may hold NO_DYAD; empty: all."""

    dyads: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    state: str = CandidateState.PENDING


@dataclass(frozen=True)
class Line:
    """A candidate in the queue."""

    pk: int
    version: int
    headline: str
    language: str
    outlet: str
    dyad: str
    state: str
    created: dt.datetime
    kind: str
    date: str
    parties: tuple[str, ...]
    provisions: int
    open_by: str = ""
    decided: dt.datetime | None = None
    decided_by: str = ""
    reason: str = ""
    declaration: Declaration | None = None


@dataclass(frozen=True)
class Queue:
    """What the filters leave, and their choices."""

    rows: QuerySet[Candidate]
    total: int
    all: int
    dyads: list[Choice]
    ages: list[Choice]
    states: list[Choice]


def queue(filters: Filters, now: dt.datetime) -> Queue:
    """The queue, who has waited longest first; what is decided the latest first. One query for all the counts."""
    counts = _counts(filters, now)
    rows = _filtered(filters, now).select_related("story", "item__outlet", "opened_by", "decided_by", "declaration").defer("text")
    order = ("created", "pk") if filters.state == CandidateState.PENDING else ("-decided", "-pk")
    return Queue(rows.order_by(*order), **counts)


def lines(rows: Iterable[Candidate], user: Any, now: dt.datetime) -> list[Line]:
    """Candidates as the queue shows them; who else has one open is told."""
    return [_line(row, user, now) for row in rows]


def neighbours(pk: int, created: dt.datetime, filters: Filters, now: dt.datetime) -> tuple[int | None, int | None]:
    """The candidates before and after one in the queue of the filters: two queries by the index of the queue."""
    rows = _filtered(filters, now)
    before = (
        rows.filter(Q(created__lt=created) | Q(created=created, pk__lt=pk)).order_by("-created", "-pk").values_list("pk", flat=True).first()
    )
    after = (
        rows.filter(Q(created__gt=created) | Q(created=created, pk__gt=pk)).order_by("created", "pk").values_list("pk", flat=True).first()
    )
    return before, after


def _filtered(filters: Filters, now: dt.datetime) -> QuerySet[Candidate]:
    rows = Candidate.objects.filter(state=filters.state)
    if filters.dyads:
        rows = rows.filter(dyad__in=["" if dyad == NO_DYAD else dyad for dyad in filters.dyads])
    if filters.ages:
        wanted = Q()
        for age in filters.ages:
            wanted |= _of_age(age, now)
        rows = rows.filter(wanted)
    return rows


def _of_age(age: str, now: dt.datetime) -> Q:
    day, week = now - dt.timedelta(days=1), now - dt.timedelta(days=7)
    return {"day": Q(created__gt=day), "week": Q(created__lte=day, created__gt=week), "older": Q(created__lte=week)}[age]


def _counts(filters: Filters, now: dt.datetime) -> dict[str, Any]:
    ages = {age: Count("pk", filter=_of_age(age, now)) for age in AGES}
    counted: Any = Candidate.objects.order_by().values("state", "dyad").annotate(n=Count("pk"), **ages)
    rows: list[dict[str, Any]] = list(counted)
    here = [row for row in rows if row["state"] == filters.state]

    def number(row: Mapping[str, Any]) -> int:
        return int(sum(row[age] for age in filters.ages) if filters.ages else row["n"])

    def of_dyad(row: Mapping[str, Any]) -> str:
        return row["dyad"] or NO_DYAD

    kept = [row for row in here if not filters.dyads or of_dyad(row) in filters.dyads]
    dyads = {dyad: sum(number(row) for row in here if of_dyad(row) == dyad) for dyad in (*DyadCode.values, NO_DYAD)}
    return {
        "total": sum(number(row) for row in kept),
        "all": sum(row["n"] for row in here),
        "dyads": [Choice(dyad, n, dyad in filters.dyads) for dyad, n in dyads.items() if n or dyad in filters.dyads or dyad != NO_DYAD],
        "ages": [Choice(age, sum(row[age] for row in kept), age in filters.ages) for age in AGES],
        "states": [
            Choice(state, sum(row["n"] for row in rows if row["state"] == state), state == filters.state) for state in CandidateState.values
        ],
    }


def _line(row: Candidate, user: Any, now: dt.datetime) -> Line:
    draft = form_of(row.draft)
    opened = row.opened_by not in (None, user) and still_open(row.opened, now)
    return Line(
        pk=row.pk,
        version=row.version,
        headline=row.item.title if row.item else row.story.headline,
        language=row.item.language if row.item else row.story.language,
        outlet=row.item.outlet.name if row.item else "",
        dyad=row.dyad,
        state=row.state,
        created=row.created,
        kind=draft.kind,
        date=draft.date,
        parties=draft.parties,
        provisions=len(draft.kept),
        open_by=row.opened_by.get_username() if opened and row.opened_by else "",
        decided=row.decided,
        decided_by=row.decided_by.get_username() if row.decided_by else "",
        reason=row.reason,
        declaration=row.declaration,
    )


# ---- One candidate ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """A code that a draft may name: its title, whether the reader found it, and whether the draft has it now."""

    code: str
    title: str
    read: bool
    chosen: bool


@dataclass(frozen=True)
class Desk:
    """All that the page of one candidate shows; `item` is None where the article is not stored any more.

    `summary_only` where the machine has read no more than what the feed tells; `repeats`: the provisions, by their place from 0,
    that stand in the draft already or in one of the declarations `same`; `records`: short names and titles of the mechanisms that a
    provision may name, those of the relationship.
    """

    candidate: Candidate
    item: NewsItem | None
    draft: Draft
    title: str
    language: str
    segments: list[Segment]
    same: list[Declaration]
    repeats: dict[int, tuple[Repeat, Declaration | None]]
    mechanisms: list[Named]
    records: list[tuple[str, str]]
    initiatives: list[Named]
    references: list[Named]
    warnings: tuple[str, ...] = ()
    summary_only: bool = False


def find(pk: int) -> Candidate | None:
    """A candidate with what its page names, in one query."""
    return (
        Candidate.objects.select_related("story", "item__outlet", "item__reading", "opened_by", "joined_by", "decided_by", "declaration")
        .filter(pk=pk)
        .first()
    )


def desk(candidate: Candidate, draft: Draft | None = None) -> Desk:
    """The page of a candidate with its stored draft, or with what an editor has typed over it. Seven queries at most."""
    stored = candidate.draft if isinstance(candidate.draft, dict) else {}
    read = form_of(stored)
    shown = draft or read
    item = candidate.article
    warnings = stored.get("warnings")
    same = duplicates(shown)
    return Desk(
        candidate=candidate,
        item=item,
        draft=shown,
        title=proposed_title(shown),
        language=str(stored.get("language") or (item.language if item else "") or ""),
        segments=segments(candidate.text, spans(stored, shown)) if candidate.text else [],
        same=same,
        repeats=_repeats(shown, same),
        mechanisms=_mechanisms(stored, shown),
        records=_records(shown),
        initiatives=_named(stored, shown.initiatives, "initiatives", [(one.code, one.title) for one in Initiative.objects.all()]),
        references=_named(stored, shown.references, "references", _documents()),
        warnings=tuple(str(one) for one in warnings) if isinstance(warnings, list) else (),
        summary_only=candidate.item is not None and not getattr(getattr(candidate.item, "reading", None), "whole", True),
    )


def duplicates(draft: Draft) -> list[Declaration]:
    """Declarations, published or not, that may be the document of the draft: the nearest in time first."""
    bounds = reach(draft.date)
    dyad = dyad_of(draft.parties)
    if bounds is None or not dyad or not draft.kind:
        return []
    near = Declaration.objects.filter(dyad=dyad, kind=draft.kind, date__gte=bounds[0], date__lt=bounds[1]).annotate(
        said=Count("provisions")
    )
    rows = {row.pk: row for row in near}
    known = [Document(row.pk, row.kind, row.date, tuple(row.parties)) for row in rows.values()]
    return [rows[one.pk] for one in same_documents(draft.kind, draft.date, draft.parties, known)[:MOST_SAME]]


def _repeats(draft: Draft, same: list[Declaration]) -> dict[int, tuple[Repeat, Declaration | None]]:
    by_key = {one.pk: one for one in same}
    rows = Provision.objects.filter(declaration__in=by_key).order_by("declaration", "position") if by_key else Provision.objects.none()
    known = [Stated(pk, side, tuple(topics), text) for pk, side, topics, text in rows.values_list("declaration", "side", "topics", "text")]
    return {place: (one, by_key.get(one.declaration or 0)) for place, one in repeats(draft.provisions, known).items()}


def spans(stored: Mapping[str, Any], draft: Draft) -> list[Span]:
    """Where the pieces of a draft stand in its text: provisions by their number on the page, from 1, and fields by name."""
    found = [
        Span(one.start, one.end, provision=number)
        for number, one in enumerate(draft.provisions, start=1)
        if not one.dropped and one.start is not None and one.end is not None
    ]
    evidence = stored.get("evidence")
    if not isinstance(evidence, dict):
        return found
    for name in _FIELDS:
        found += _spans(evidence.get(name), name)
    for name in _LISTS:
        for one in _values(evidence.get(name)):
            found += _spans(one, name)
    for one in _values(evidence.get("mechanisms")):
        found += _spans(one.get("spans") if isinstance(one, dict) else None, "mechanisms")
    return found


def _values(told: Any) -> list[Any]:
    return list(told.values()) if isinstance(told, dict) else []


def _spans(rows: Any, name: str) -> list[Span]:
    if not isinstance(rows, list):
        return []
    places = [(row.get("start"), row.get("end")) for row in rows if isinstance(row, dict)]
    return [Span(start, end, field=name) for start, end in places if isinstance(start, int) and isinstance(end, int)]


def _named(stored: Mapping[str, Any], chosen: tuple[str, ...], name: str, known: list[tuple[str, str | None]]) -> list[Named]:
    """All known codes, those that were read first, and what was read but is not known."""
    evidence = stored.get("evidence")
    told = evidence.get(name) if isinstance(evidence, dict) else None
    read = set(told) if isinstance(told, dict) else set()
    titles = {code: title or code for code, title in known}
    codes = [*titles, *(code for code in (*sorted(read), *chosen) if code not in titles)]
    rows = [Named(code, titles.get(code) or _unlisted(code), code in read, code in chosen) for code in dict.fromkeys(codes)]
    return sorted(rows, key=lambda row: not (row.read or row.chosen))


def _unlisted(code: str) -> str:
    return pgettext("that a report refers to", "An earlier document") if code == _EARLIER else code.replace("_", " ")


def _mechanisms(stored: Mapping[str, Any], draft: Draft) -> list[Named]:
    """The mechanisms that the article names: the title of the very record, where that is known; else empty."""
    evidence = stored.get("evidence")
    told = evidence.get("mechanisms") if isinstance(evidence, dict) else None
    records = {kind: row.get("record") for kind, row in told.items() if isinstance(row, dict)} if isinstance(told, dict) else {}
    slugs = [slug for slug in records.values() if slug]
    titles = {record.slug: str(record) for record in Mechanism.objects.filter(slug__in=slugs)} if slugs else {}
    kinds = dict.fromkeys((*records, *draft.mechanisms))
    return [Named(kind, titles.get(records.get(kind) or "", ""), kind in records, kind in draft.mechanisms) for kind in kinds]


def _records(draft: Draft) -> list[tuple[str, str]]:
    """The mechanisms of the relationship and of the format of six, and those that the draft names already."""
    dyad = dyad_of(draft.parties)
    named = {one.mechanism for one in draft.provisions if one.mechanism}
    if not dyad and not named:
        return []
    rows = Mechanism.objects.filter(Q(dyad__in=(dyad, f"{CHINA}-{FIVE}")) | Q(slug__in=named) if dyad else Q(slug__in=named))
    return [(row.slug, str(row)) for row in rows.order_by("dyad__position", "position", "pk")]


def _documents() -> list[tuple[str, str | None]]:
    language = get_language() or "en"
    return [(code, document_title(code, language)) for code, entry in lexicon()["documents"].items() if entry.get("role") == "reference"]
