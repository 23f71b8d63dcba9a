"""What the pages of positions show: the matrix of topics and relationships, the history of one cell, who supports whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F
from django.urls import reverse
from django.utils.translation import get_language

from relations.domain.formulations import Step, Voice, Wording, history
from relations.domain.positions import Cell, Matrix, Role, Row, Stated, Support, matrix, supports
from relations.domain.titles import short_title
from relations.models import Declaration, DeclarationCitation, Provision, ProvisionCitation, Source
from relations.reference.parties import COLLECTIVE_SIDES, FIVE
from relations.selectors.statement import Named, Statement, columns, in_language

_COLUMNS: Final = ("declaration__dyad_id", "declaration__slug", "declaration__date", "position", "side", "topics")

_PLAIN: Final = Statement(lambda: columns(Provision.objects.published().order_by(), *_COLUMNS))
_WORDED: Final = Statement(
    lambda: columns(Provision.objects.published().filter(declaration__dyad__in=Named("dyads")).order_by(), *_COLUMNS, "text")
)
_OF_DOCUMENTS: Final = Statement(
    lambda: columns(Provision.objects.published().filter(declaration__slug__in=Named("slugs")).order_by(), *_COLUMNS, "text")
)
_ALONE: Final = Statement(
    lambda: columns(
        Provision.objects.published().exclude(side__in=[side for side in COLLECTIVE_SIDES if side != FIVE]).order_by(), *_COLUMNS, "text"
    )
)
_DOCUMENTS: Final = Statement(
    lambda: columns(
        Declaration.objects.published().filter(slug__in=Named("slugs")).order_by(),
        "slug", "dyad_id", "date", in_language("title"), "kind", "level", "place", "verification",
    )
)  # fmt: skip


_WITH_PROVISIONS: Final = Statement(
    lambda: columns(
        Declaration.objects.published().filter(pk__in=Provision.objects.values("declaration")).order_by("-date", "-slug"),
        "slug", "dyad_id", "date", in_language("title"), "kind", "level", "place", "verification",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as a history names it, its title without the names of the parties."""

    slug: str
    dyad: str
    date: str
    title: str
    kind: str
    level: str
    place: str
    verification: str

    @property
    def url(self) -> str:
        return reverse("web:declaration", args=[self.slug])


# ---- Reading -----------------------------------------------------------------------------------------------------------------


def every_provision() -> list[Stated]:
    """All provisions of published documents, without their words. One query."""
    return [Stated(*row) for row in _PLAIN.rows()]


def provisions_of(dyads: Sequence[str]) -> list[Stated]:
    """The provisions of some relationships with their words. One query."""
    return [Stated(*row) for row in _WORDED.rows(dyads=dyads)]


def provisions_in(slugs: Sequence[str]) -> list[Stated]:
    """The provisions of some published documents with their words. One query, none where there is no document."""
    return [Stated(*row) for row in _OF_DOCUMENTS.rows(slugs=slugs)] if slugs else []


def documents(slugs: Iterable[str]) -> dict[str, DocumentLine]:
    """Published documents by slug. One query, none where there is none to ask for."""
    wanted = list(dict.fromkeys(slugs))
    return {line.slug: line for line in _lines(_DOCUMENTS.rows(slugs=wanted))} if wanted else {}


def documents_with_provisions() -> list[DocumentLine]:
    """Every published document with provisions entered, the newest first. One query."""
    return _lines(_WITH_PROVISIONS.rows())


def _lines(rows: Iterable[tuple[Any, ...]]) -> list[DocumentLine]:
    language = get_language() or "en"
    return [
        DocumentLine(slug, dyad, date, short_title(title or slug, language), kind, level, place or "", verification)
        for slug, dyad, date, title, kind, level, place, verification in rows
    ]


# ---- Sources -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sources:
    """The sources of some documents, numbered in the order of the documents; a provision has numbers where its sources are others."""

    all: tuple[Source, ...]
    of_document: dict[str, tuple[int, ...]]
    of_provision: dict[tuple[str, int], tuple[int, ...]]


def sources_of(slugs: Sequence[str], provisions: Iterable[Stated] = ()) -> Sources:
    """Sources of documents, and of those of their provisions that are named. Two queries, none where there is no document."""
    if not slugs:
        return Sources((), {}, {})
    cited = DeclarationCitation.objects.filter(declaration__slug__in=slugs).select_related("source").annotate(slug=F("declaration__slug"))
    own = ProvisionCitation.objects.filter(provision__declaration__slug__in=slugs).select_related("source")
    own = own.annotate(slug=F("provision__declaration__slug"), number=F("provision__position"))
    named = {(one.document, one.number) for one in provisions}
    numbers: dict[int, int] = {}
    found: list[Source] = []

    def number(source: Source) -> int:
        if source.pk not in numbers:
            found.append(source)
            numbers[source.pk] = len(found)
        return numbers[source.pk]

    of_document: dict[str, tuple[int, ...]] = {}
    rows: list[Any] = list(cited)
    for citation in sorted(rows, key=lambda row: (slugs.index(row.slug), row.position, row.pk)):
        of_document[citation.slug] = (*of_document.get(citation.slug, ()), number(citation.source))
    of_provision: dict[tuple[str, int], tuple[int, ...]] = {}
    rows = [row for row in own if (row.slug, row.number) in named]
    for citation in sorted(rows, key=lambda row: (slugs.index(row.slug), row.number, row.position, row.pk)):
        key = citation.slug, citation.number
        of_provision[key] = (*of_provision.get(key, ()), number(citation.source))
    return Sources(tuple(found), of_document, of_provision)


# ---- The history of one cell ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepView:
    """A step with its document, and the numbers of the document's sources on the page."""

    step: Step
    document: DocumentLine
    before: DocumentLine | None
    sources: tuple[int, ...]


@dataclass(frozen=True)
class VoiceView:
    """The history of one side, the newest step last."""

    voice: Voice
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class PositionPage:
    """One topic in one relationship. `cell` is None where no document takes it up; `row` holds the other relationships."""

    topic: str
    dyad: str
    cell: Cell | None
    row: Row | None
    voices: tuple[VoiceView, ...]
    sources: Sources
    topics: tuple[str, ...]
    broad: int

    @property
    def wordings(self) -> list[tuple[StepView, Wording]]:
        """Every provision with its step, in the order of the page."""
        return [(view, wording) for voice in self.voices for view in voice.steps for wording in view.step.wordings]


def read_position(topic: str, dyad: str) -> PositionPage:
    """The history of a topic in a relationship. Five queries, two where nothing takes it up."""
    found = matrix(every_provision())
    row = next((row for row in found.rows if row.topic == topic), None)
    cell = row.cells.get(dyad) if row else None
    stated = [one for one in provisions_of([dyad]) if topic in one.topics] if cell else []
    slugs = [tick.document for tick in cell.ticks] if cell else []
    named = documents(slugs)
    cited = sources_of(slugs, stated)
    voices = tuple(
        VoiceView(
            voice,
            tuple(
                StepView(step, named[step.document], named.get(step.before), cited.of_document.get(step.document, ()))
                for step in voice.steps
            ),
        )
        for voice in history(stated)
    )
    topics = tuple(row.topic for row in found.rows if dyad in row.cells)
    return PositionPage(topic, dyad, cell, row, voices, cited, topics, found.broad.get(dyad, 0))


# ---- The matrix, and who supports whom --------------------------------------------------------------------------------------------


def read_matrix(first: int | None = None, last: int | None = None, role: Role | None = None) -> tuple[Matrix, tuple[int, int]]:
    """The matrix of the documents of some years, of one role where it is named, and the first and last year there is. One query."""
    stated = every_provision()
    years = [int(one.date[:4]) for one in stated]
    bounds = (min(years), max(years)) if years else (1992, 1992)
    shown = [one for one, year in zip(stated, years, strict=True) if (first or 0) <= year <= (last or 9999)]
    return matrix(shown, role), bounds


@dataclass(frozen=True)
class CorePage:
    """What each side states alone on the core topics, by relationship, with the documents and sources it stands on."""

    supports: tuple[Support, ...]
    documents: dict[str, DocumentLine]
    sources: Sources


def read_core() -> CorePage:
    """Who supports whom on what. Four queries, one where nobody states anything alone."""
    found = supports(Stated(*row) for row in _ALONE.rows())
    slugs = list(dict.fromkeys(support.latest[0].document for support in found))
    return CorePage(tuple(found), documents(slugs), sources_of(slugs, [one for support in found for one in support.latest]))
