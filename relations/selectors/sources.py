"""The sources that the records stand on: who published most of them, which records cite each, and what has no source yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db.models import CharField, Count, QuerySet, Value
from django.urls import reverse

from relations.domain.search import folded, has_all
from relations.domain.titles import short_title
from relations.models import (
    AnniversaryCitation,
    Declaration,
    DeclarationCitation,
    EventCitation,
    InitiativeCitation,
    MechanismCitation,
    ObservationCitation,
    PersonCitation,
    ProvisionCitation,
    SessionCitation,
    Source,
    StatusCitation,
    VisitCitation,
)
from relations.models.choices import PublicationState, Verification
from relations.models.source import COPY_MARK
from relations.reference.languages import LANGUAGES
from relations.selectors.statement import Named, Statement, columns, in_language

PUBLISHERS_SHOWN: Final = 30
RECORDS_SHOWN: Final = 3
"""Records named under a source of the list; all of them where one source is asked for, up to ALL_SHOWN."""
ALL_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Cited:
    """A record that cites a source, or has none: `url` is empty where the record has no page of its own."""

    kind: str
    date: str
    title: str
    url: str
    dyad: str


@dataclass(slots=True)
class SourceLine:
    """A source with how many records cite it, and the first of them. Not frozen: there are many, and that costs time."""

    pk: int
    url: str
    publisher: str
    title: str
    language: str
    published: str | None
    cited: int
    records: tuple[Cited, ...] = ()

    @property
    def more(self) -> int:
        return self.cited - len(self.records)

    @property
    def is_copy(self) -> bool:
        return self.publisher.endswith(COPY_MARK)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published sources: how many, and how many citations of records stand on them."""

    name: str
    sources: int
    cited: int


@dataclass(frozen=True)
class SourceFilters:
    """What is asked of the list: words in publisher, title or address; one publisher; one language; one source."""

    text: str = ""
    publisher: str = ""
    language: str = ""
    source: int | None = None


@dataclass(frozen=True)
class SourceList:
    """All sources with their citations counted (`lines`, the most cited first), what the filters leave of them (`found`).

    `filters` are those that were used: a publisher, language or source that there is not was ignored.
    """

    filters: SourceFilters
    lines: tuple[SourceLine, ...]
    found: tuple[SourceLine, ...]

    @property
    def copies(self) -> int:
        return sum(line.is_copy for line in self.lines)

    @property
    def publishers(self) -> list[Publisher]:
        """Those with the most citations, thirty at most; publishers of copies are not the authors and are left out."""
        sources: Counter[str] = Counter()
        cited: Counter[str] = Counter()
        for line in self.lines:
            if line.publisher and not line.is_copy:
                sources[line.publisher] += 1
                cited[line.publisher] += line.cited
        ranked = sorted(cited, key=lambda name: (-cited[name], name))
        return [Publisher(name, sources[name], cited[name]) for name in ranked[:PUBLISHERS_SHOWN]]

    @property
    def languages(self) -> list[tuple[str, int]]:
        """Languages by number of sources."""
        return Counter(line.language for line in self.lines if line.language).most_common()


# ---- Citations of every kind -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Kind:
    """One table of citations: the path to its record, the columns that name it, and how these become a line."""

    citation: Any
    columns: tuple[str, ...]
    line: Callable[..., Cited]
    state: str = ""
    """The path to the state of a document that may be a draft, from the citation."""

    @property
    def record(self) -> str:
        """The name of the field that points to the record."""
        return str(self.citation.__name__).removesuffix("Citation").lower()

    def rows(self) -> QuerySet[Any]:
        """The citations of records that the dashboard shows."""
        rows: QuerySet[Any] = self.citation.objects.order_by()
        return rows.filter(**{self.state: PublicationState.PUBLISHED}) if self.state else rows

    @property
    def model(self) -> Any:
        return self.citation._meta.get_field(self.record).related_model


def _short(title: str) -> str:
    """Without the names of the parties, in whichever of the four languages it is."""
    return next((short for language in LANGUAGES if (short := short_title(title, language)) != title), title)


def _status(pk: int, date: str, title: str, dyad: str) -> Cited:
    return Cited("status", date, title, reverse("web:record", args=["status", pk]), dyad)


def _declaration(pk: int, date: str, title: str, dyad: str, slug: str) -> Cited:
    return Cited("declaration", date, _short(title), reverse("web:declaration", args=[slug]), dyad)


def _provision(pk: int, date: str, title: str, dyad: str, slug: str, number: int) -> Cited:
    url = reverse("web:declaration", args=[slug])
    return Cited("provision", date, _short(title), f"{url}#p{number}", dyad)


def _mechanism(pk: int, date: str | None, title: str, dyad: str, slug: str) -> Cited:
    return Cited("mechanism", date or "", title, reverse("web:mechanism", args=[slug]), dyad)


def _session(pk: int, date: str, title: str, dyad: str) -> Cited:
    return Cited("session", date, title, reverse("web:record", args=["session", pk]), dyad)


def _visit(pk: int, date: str, title: str, dyad: str) -> Cited:
    return Cited("visit", date, title, reverse("web:record", args=["visit", pk]), dyad)


def _event(pk: int, date: str, title: str, dyad: str) -> Cited:
    return Cited("event", date, title, reverse("web:record", args=["event", pk]), dyad)


def _anniversary(pk: int, date: str | None, title: str, dyad: str) -> Cited:
    return Cited("anniversary", date or "", title, "", dyad)


def _person(pk: int, title: str) -> Cited:
    return Cited("person", "", title, "", "")


def _observation(pk: int, date: str, title: str, dyad: str) -> Cited:
    return Cited("value", date.split("/")[0], title, "", dyad)


def _initiative(pk: int, title: str, code: str) -> Cited:
    return Cited("initiative", "", title, f"{reverse('web:declarations')}?initiative={code}", "")


_KINDS: Final = (
    _Kind(StatusCitation, ("date", "title_en", "dyad_id"), _status),
    _Kind(DeclarationCitation, ("date", "title_en", "dyad_id", "slug"), _declaration, state="declaration__state"),
    _Kind(MechanismCitation, ("established", "title_en", "dyad_id", "slug"), _mechanism),
    _Kind(SessionCitation, ("date", "mechanism__title_en", "mechanism__dyad_id"), _session),
    _Kind(VisitCitation, ("date_start", "visitor__name_en", "dyad_id"), _visit),
    _Kind(EventCitation, ("date", "title_en", "dyad_id"), _event),
    _Kind(AnniversaryCitation, ("origin", "title_en", "dyad_id"), _anniversary),
    _Kind(
        ProvisionCitation,
        ("declaration__date", "declaration__title_en", "declaration__dyad_id", "declaration__slug", "position"),
        _provision,
        state="provision__declaration__state",
    ),
    _Kind(PersonCitation, ("name_en",), _person),
    _Kind(ObservationCitation, ("period", "indicator__title_en", "dyad_id"), _observation),
    _Kind(InitiativeCitation, ("title_en", "code"), _initiative),
)
_OF_RELATIONSHIPS: Final = _KINDS[:7]


def read_sources(filters: SourceFilters) -> SourceList:
    """Every source, the most cited first, and those that pass the filters. Two queries."""
    counts: Counter[int] = Counter()
    for source, n in _CITATIONS.rows():
        counts[source] += n
    rows = _SOURCES.rows()
    lines = [
        SourceLine(pk, url, publisher, title, language, published, counts[pk]) for pk, url, publisher, title, language, published in rows
    ]
    lines.sort(key=lambda line: (-line.cited, line.publisher.casefold(), line.title, line.url))
    used = SourceFilters(
        filters.text,
        filters.publisher if any(line.publisher == filters.publisher for line in lines) else "",
        filters.language if any(line.language == filters.language for line in lines) else "",
        filters.source if any(line.pk == filters.source for line in lines) else None,
    )
    words = [folded(word) for word in used.text.split()]
    return SourceList(used, tuple(lines), tuple(line for line in lines if _passes(line, used, words)))


def _passes(line: SourceLine, filters: SourceFilters, words: Sequence[str]) -> bool:
    if filters.source is not None:
        return line.pk == filters.source
    if filters.publisher and line.publisher != filters.publisher:
        return False
    if filters.language and line.language != filters.language:
        return False
    return not words or has_all(folded(f"{line.publisher}\n{line.title}\n{line.url}"), words)


def name_records(lines: Sequence[SourceLine], shown: int = RECORDS_SHOWN) -> None:
    """Fill the lines of a page with the records that cite them, `shown` of each, titled in the language of the page.

    One query for who cites, then one for each kind of record that has to be named, eleven at most.
    """
    citing = _citing([line.pk for line in lines], shown)
    named = _names(pair for pairs in citing.values() for pair in pairs)
    for line in lines:
        line.records = tuple(named[pair] for pair in citing.get(line.pk, ()))


def without_source() -> list[Cited]:
    """The records that come from memory, by relationship. One query, then one for each kind found."""
    unsourced = ((int(kind), pk) for kind, pk in _UNSOURCED.rows())
    return sorted(_names(unsourced).values(), key=lambda record: (record.dyad, record.date, record.title))


def _names(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Cited]:
    """The lines of records given as (kind, key)."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for kind, pk in pairs:
        wanted[kind].add(pk)
    found = ((kind, row) for kind, pks in sorted(wanted.items()) for row in _NAMED[kind].rows(records=sorted(pks)))
    return {(kind, row[0]): _KINDS[kind].line(*row) for kind, row in found}


def _citing(sources: list[int], shown: int) -> dict[int, list[tuple[int, int]]]:
    """Source → the first `shown` records that cite it as (kind, key). One query."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for source, kind, pk in sorted(_CITING.rows(sources=sources)) if sources else ():
        if len(found[source]) < shown:
            found[source].append((int(kind), pk))
    return found


def _number(index: int) -> Value:
    """The place of a kind in its list as a column, in text that sorts."""
    return Value(f"{index:02}", output_field=CharField())


def _shown(kind: _Kind) -> QuerySet[Any]:
    """The records of a kind that the dashboard shows."""
    rows: QuerySet[Any] = QuerySet(kind.model).order_by()
    return rows.filter(state=PublicationState.PUBLISHED) if kind.model is Declaration else rows


def _named(kind: _Kind) -> QuerySet[Any]:
    """The columns that name some records of a kind."""
    in_words = (in_language(column.removesuffix("_en")) if column.endswith("_en") else column for column in kind.columns)
    return columns(QuerySet(kind.model).filter(pk__in=Named("records")).order_by(), "pk", *in_words)


_CITATIONS: Final = Statement(
    lambda: [columns(kind.rows().values("source_id").annotate(n=Count("pk")), "source_id", "n") for kind in _KINDS]
)
"""How often each source is cited, by kind of record."""

_CITING: Final = Statement(
    lambda: [
        columns(kind.rows().filter(source__in=Named("sources")), "source_id", _number(index), f"{kind.record}_id")
        for index, kind in enumerate(_KINDS)
    ]
)
_UNSOURCED: Final = Statement(
    lambda: [
        columns(_shown(kind).filter(verification=Verification.MEMORY), _number(index), "pk") for index, kind in enumerate(_OF_RELATIONSHIPS)
    ]
)
_NAMED: Final = [Statement(partial(_named, kind)) for kind in _KINDS]
_SOURCES: Final = Statement(lambda: columns(Source.objects.order_by(), "pk", "url", "publisher", "title", "language", "published"))
