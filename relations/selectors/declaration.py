"""One declaration: the document, who states what in it, what it names, what stands before and after it, and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Prefetch
from django.urls import reverse

from relations.domain.provisions import TOGETHER, Group, Says, by_side, ranked_topics, says, sides_counted
from relations.domain.titles import short_title
from relations.models import (
    Declaration,
    DeclarationCitation,
    DeclarationText,
    Mechanism,
    Provision,
    ProvisionCitation,
    Reference,
    Signatory,
    Source,
    Visit,
)
from relations.models.choices import PublicationState
from relations.models.fields import has_any
from relations.reference.languages import LANGUAGES, dataset_key, field_suffix
from relations.reference.lexicon import document_titles

RELATED_TOPICS: Final = 3
"""Topics of one side alone that are followed through the other documents of the relationship."""
RELATED_SHOWN: Final = 5


@dataclass(frozen=True)
class Link:
    """A page of this site with its title."""

    title: str
    url: str


@dataclass(frozen=True)
class NumberedSource:
    """A source with its number on the page. `of` holds the provisions that cite it where the document as a whole does not."""

    number: int
    source: Source
    of: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """Who published it."""
        return (self.source.publisher or self.source.host).removesuffix("(copy)").strip()


@dataclass(frozen=True)
class ProvisionView:
    """A provision as the page shows it. `same` is true where its topics are those of the one above it in its group.

    `verification` is empty where it is that of the document, `sources` where those of the whole document stand behind it.
    """

    number: int
    side: str
    topics: tuple[str, ...]
    text: str
    verification: str
    mechanisms: tuple[Link, ...]
    sources: tuple[NumberedSource, ...]
    same: bool = False


@dataclass(frozen=True)
class DocumentLink:
    """Another document: its own page, its date, and its title without the names of the parties."""

    slug: str
    date: str
    dyad: str
    kind: str
    title: str
    place: str
    occasion: str = ""

    @property
    def url(self) -> str:
        return reverse("web:declaration", args=[self.slug])


@dataclass(frozen=True)
class Invoked:
    """What the document invokes: another document here (`document`), one known by code, or a plain name; `cites` is the
    value of the list's filter, empty for a plain name."""

    title: str
    cites: str
    document: DocumentLink | None = None


@dataclass(frozen=True)
class SameTopic:
    """A document that also speaks of a topic, and how many of its provisions each side states on it."""

    document: DocumentLink
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RelatedTopic:
    """A topic that one side alone states here, through the other documents of the relationship, the newest first."""

    topic: str
    documents: tuple[SameTopic, ...]
    total: int


@dataclass(frozen=True)
class DeclarationPage:
    """Everything the page, its JSON and its print show. `alone` are the groups that face each other, `together` the rest."""

    record: Declaration
    title: str
    title_language: str
    other_titles: tuple[tuple[str, str], ...]
    provisions: tuple[ProvisionView, ...]
    alone: tuple[Group[ProvisionView], ...]
    together: tuple[Group[ProvisionView], ...]
    says: Says
    signatories: tuple[Any, ...]
    invokes: tuple[Invoked, ...]
    cited_by: tuple[DocumentLink, ...]
    initiatives: tuple[Any, ...]
    mechanisms: tuple[Link, ...]
    related: tuple[RelatedTopic, ...]
    earlier: DocumentLink | None
    later: DocumentLink | None
    statuses: tuple[Any, ...]
    visits: tuple[Any, ...]
    texts: tuple[DeclarationText, ...]
    sources: tuple[NumberedSource, ...]

    @property
    def languages(self) -> list[tuple[str, list[NumberedSource]]]:
        """The sources of the document by language, the languages in the order of the first source."""
        found: dict[str, list[NumberedSource]] = {}
        for source in self.sources:
            if not source.of:
                found.setdefault(source.source.language, []).append(source)
        return [(language, sources) for language, sources in found.items() if language]


def read_declaration(slug: str, language: str, *, drafts: bool = False) -> DeclarationPage:
    """The page of a declaration in a language of the interface. Raises Declaration.DoesNotExist; a draft does not exist
    unless `drafts`. Fourteen queries at most, whatever the length of the document."""
    rows = Declaration.objects.all() if drafts else Declaration.objects.published()
    record: Any = rows.prefetch_related(*_PARTS).get(slug=slug)
    sources = _numbered(record)
    provisions = [_provision(row, sources) for row in record.provisions.all()]
    groups = [replace(group, items=_marked(group.items)) for group in by_side(provisions, record.parties)]
    title, title_language, others = _titles(record, language)
    siblings = _siblings(record, language)
    earlier, later = _neighbours(record, siblings)
    return DeclarationPage(
        record=record,
        title=title,
        title_language=title_language,
        other_titles=others,
        provisions=tuple(provisions),
        alone=tuple(_facing(groups, record.parties)),
        together=tuple(group for group in groups if group.together),
        says=says(provisions, record.parties),
        signatories=tuple(record.signatories.all()),
        invokes=tuple(_invoked(reference, language) for reference in record.references.all() if not _hidden(reference.target)),
        cited_by=tuple(_linked(reference.declaration, language) for reference in record.invoked_by.all()),
        initiatives=tuple(record.initiatives.all()),
        mechanisms=tuple(dict.fromkeys(link for provision in provisions for link in provision.mechanisms)),
        related=tuple(_related(record, groups, siblings)),
        earlier=earlier,
        later=later,
        statuses=tuple(record.statuses.all()),
        visits=tuple(record.visits.all()),
        texts=tuple(record.texts.all()),
        sources=tuple(sources.values()),
    )


_CITING: Final = Reference.objects.filter(declaration__state=PublicationState.PUBLISHED).order_by("-declaration__date", "-declaration_id")
_PROVISIONS: Final = Provision.objects.order_by("position").prefetch_related(
    "mechanisms", Prefetch("citations", ProvisionCitation.objects.select_related("source"))
)
_PARTS: Final = (
    Prefetch("citations", DeclarationCitation.objects.select_related("source")),
    Prefetch("provisions", _PROVISIONS),
    Prefetch("signatories", Signatory.objects.select_related("person")),
    Prefetch("references", Reference.objects.select_related("target")),
    Prefetch("invoked_by", _CITING.select_related("declaration")),
    "initiatives",
    "statuses",
    Prefetch("visits", Visit.objects.select_related("visitor")),
    Prefetch("texts", DeclarationText.objects.select_related("source")),
)


# ---- Parts -----------------------------------------------------------------------------------------------------------------


def _numbered(record: Declaration) -> dict[int, NumberedSource]:
    """The sources by key: those of the document, then those that only single provisions cite."""
    found = {c.source_id: NumberedSource(n, c.source) for n, c in enumerate(record.citations.all(), start=1)}
    for provision in record.provisions.all():
        for citation in provision.citations.all():
            known = found.get(citation.source_id)
            if known is None:
                found[citation.source_id] = NumberedSource(len(found) + 1, citation.source, (provision.position,))
            elif known.of:
                found[citation.source_id] = replace(known, of=(*known.of, provision.position))
    return found


def _provision(row: Provision, sources: dict[int, NumberedSource]) -> ProvisionView:
    return ProvisionView(
        number=row.position,
        side=row.side,
        topics=row.topics,
        text=row.text,
        verification="" if row.verification == row.declaration.verification else row.verification,
        mechanisms=tuple(_mechanism(mechanism) for mechanism in row.mechanisms.all()),
        sources=tuple(sources[citation.source_id] for citation in row.citations.all()),
    )


def _mechanism(mechanism: Mechanism) -> Link:
    return Link(str(mechanism), mechanism.get_absolute_url())


def _marked(items: Sequence[ProvisionView]) -> tuple[ProvisionView, ...]:
    """The provisions of a group with `same` set where the topics need not be said again."""
    before: tuple[str, ...] = ()
    marked = []
    for item in items:
        marked.append(replace(item, same=item.topics == before))
        before = item.topics
    return tuple(marked)


def _facing(groups: Sequence[Group[ProvisionView]], parties: Sequence[str]) -> list[Group[ProvisionView]]:
    """The groups that stand alone. Where one of two parties says something alone, the other faces it, if only with nothing."""
    alone = [group for group in groups if not group.together]
    if len(parties) == 2 and len(alone) == 1:
        silent = next(party for party in parties if party != alone[0].side)
        alone.insert(parties.index(silent), Group(silent, ()))
    return alone


def _titles(record: Declaration, language: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """The title to show, its language, and the others with theirs; a language without a title shows the English one."""
    titles = {code: getattr(record, f"title_{field_suffix(code)}") or "" for code in LANGUAGES}
    shown = language if titles.get(language) else next((code for code in LANGUAGES if titles[code]), "en")
    order = [code for code in ("zh-hans", "ru", "fr", "en") if code != shown and titles[code]]
    return titles[shown] or record.slug, shown, tuple((code, titles[code]) for code in order)


def _linked(record: Any, language: str) -> DocumentLink:
    """A link from a declaration or from a row of `values`."""
    row = record if isinstance(record, dict) else {key: getattr(record, key) for key in _LINK_COLUMNS}
    own = row.get(f"title_{field_suffix(language)}")
    title, title_language = (own, language) if own else (row["title_en"] or row["slug"], "en")
    return DocumentLink(
        row["slug"], row["date"], row["dyad_id"], row["kind"], short_title(title, title_language), row["place"] or "", row["occasion"]
    )


_LINK_COLUMNS: Final = ("slug", "date", "dyad_id", "kind", "place", "occasion", *(f"title_{field_suffix(code)}" for code in LANGUAGES))


def _hidden(target: Declaration | None) -> bool:
    """Whether a document that is invoked must not be shown."""
    return target is not None and target.state != PublicationState.PUBLISHED


def _invoked(reference: Any, language: str) -> Invoked:
    if reference.target_id:
        document = _linked(reference.target, language)
        return Invoked(document.title, document.slug, document)
    if reference.document:
        return Invoked(document_title(reference.document, language), reference.document)
    return Invoked(reference.name, "")


def document_title(code: str, language: str) -> str:
    """The title of a document known by code, in the language or in English; the code where the lexicon does not know it."""
    try:
        titles = document_titles(code)
    except KeyError:
        return code.replace("_", " ")
    return titles.get(dataset_key(language)) or titles["en"]


# ---- Around it -------------------------------------------------------------------------------------------------------------


def _siblings(record: Declaration, language: str) -> dict[int, DocumentLink]:
    """All published documents of the relationship by key, in the order of time. One query."""
    rows = Declaration.objects.published().for_dyad(record.dyad_id).order_by("date", "pk").values("pk", *_LINK_COLUMNS)
    return {row["pk"]: _linked(row, language) for row in rows}


def _neighbours(record: Declaration, siblings: dict[int, DocumentLink]) -> tuple[DocumentLink | None, DocumentLink | None]:
    """The documents before and after it in its relationship; none for a draft, which stands in no order."""
    keys = list(siblings)
    if record.pk not in siblings:
        return None, None
    place = keys.index(record.pk)
    earlier = siblings[keys[place - 1]] if place else None
    later = siblings[keys[place + 1]] if place + 1 < len(keys) else None
    return earlier, later


def _related(record: Declaration, groups: Iterable[Group[ProvisionView]], siblings: dict[int, DocumentLink]) -> list[RelatedTopic]:
    """What one side alone states here, in the other documents of the relationship. One query, none where nobody is alone."""
    topics = ranked_topics(item for group in groups if group.side not in TOGETHER for item in group.items)[:RELATED_TOPICS]
    if not topics:
        return []
    rows = Provision.objects.filter(has_any("topics", topics), declaration__in=[pk for pk in siblings if pk != record.pk])
    stated: dict[str, dict[int, Counter[str]]] = {topic: {} for topic in topics}
    for pk, side, of_provision in rows.order_by().values_list("declaration_id", "side", "topics"):
        for topic in of_provision:
            if topic in stated:
                stated[topic].setdefault(pk, Counter())[side] += 1
    newest = sorted(siblings, key=lambda pk: (siblings[pk].date, pk), reverse=True)
    found = []
    for topic, by_document in stated.items():
        documents = [
            SameTopic(siblings[pk], tuple(sides_counted(by_document[pk].elements(), record.parties))) for pk in newest if pk in by_document
        ]
        if documents:
            found.append(RelatedTopic(topic, tuple(documents[:RELATED_SHOWN]), len(documents)))
    return found
