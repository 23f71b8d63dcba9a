"""The news and the records that it is linked to: what a story is about, and which stories tell of a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from relations.models import Declaration, Initiative, Mechanism, NewsItem, NewsLink, Reference
from relations.models.choices import LinkKind, LinkState, PublicationState
from relations.models.news import NewsItemQuerySet
from relations.reference.parties import DYADS, partner_of
from relations.selectors.declaration import document_title
from relations.selectors.statement import Named, Statement, columns, in_language
from relations.selectors.stories import NewsLine, heads, lines, listed, names_a_dyad

LINKS_SHOWN: Final = 12
"""Links of one kind on the page of a story; all of them where they are asked for."""
QUOTES_SHOWN: Final = 4
"""Places that a link names."""
STORIES_SHOWN: Final = 8
_EARLIER: Final = "TREATY"
"""The code of references to earlier documents that are not known by name."""
_KINDS: Final = tuple(str(kind) for kind in LinkKind)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a report with the rule that read them; `report` is the number of the item."""

    words: str
    rule: str
    report: int
    outlet: str
    language: str


@dataclass(frozen=True, slots=True)
class StoryLink:
    """What a story is linked to by its reports. `pk` is the first of their links, `url` empty where the record has no page.

    `state` is that of the whole: confirmed where one report's is, rejected where all are; `rejected` of the `reports` links are.
    """

    pk: int
    kind: str
    code: str
    title: str
    url: str
    state: str
    reports: int
    rejected: int
    quotes: tuple[Quote, ...] = ()

    @property
    def is_read(self) -> bool:
        return self.state == LinkState.READ

    @property
    def is_rejected(self) -> bool:
        return self.state == LinkState.REJECTED


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """The links of one kind, `total` in all, the most often named first."""

    kind: str
    links: tuple[StoryLink, ...]
    total: int


@dataclass(frozen=True, slots=True)
class LinkedNews:
    """The newest stories that are linked to a record, and how many there are in all."""

    stories: tuple[NewsLine, ...]
    total: int


# ---- What a story is about -------------------------------------------------------------------------------------------------


def story_links(story: int, *, for_editor: bool, everything: bool = False) -> tuple[LinkGroup, ...]:
    """The links of a story's shown reports by kind; those that are rejected for editors alone. A draft is never named.

    Three queries at most, whatever the number of reports.
    """
    rows = [_Row(*row) for row in _LINKS.rows(story=story)]
    known = _Known.of(rows)
    by_target: defaultdict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        by_target[row.kind, row.code].append(row)
    links = [_link(found, known) for found in by_target.values()]
    shown = sorted((link for link in links if for_editor or not link.is_rejected), key=_order)
    groups = []
    for kind in _KINDS:
        of_kind = [link for link in shown if link.kind == kind]
        if of_kind:
            groups.append(LinkGroup(kind, tuple(of_kind if everything else of_kind[:LINKS_SHOWN]), len(of_kind)))
    return tuple(groups)


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    kind: str
    code: str
    state: str
    evidence: Any
    item: int
    outlet: str
    language: str
    mechanism: str
    person: str
    declaration: str


def _links() -> QuerySet[Any]:
    shown = Q(declaration__isnull=True) | Q(declaration__state=PublicationState.PUBLISHED)
    links = NewsLink.objects.filter(shown, item__story=Named("story"), item__hidden=False)
    titles = (in_language(path) for path in ("mechanism__title", "person__name", "declaration__title"))
    told = ("pk", "kind", "code", "state", "evidence", "item_id", "item__outlet__name", "item__language")
    return columns(links.order_by("item__sort_time", "item_id", "pk"), *told, *titles)


_LINKS: Final = Statement(_links)
_INITIATIVES: Final = Statement(
    lambda: columns(
        Initiative.objects.filter(code__in=Named("codes")).order_by(),
        "code",
        in_language("title"),
        Exists(Declaration.objects.published().filter(initiatives=OuterRef("pk"))),
    )
)


def _invoked() -> QuerySet[Any]:
    invoked = Reference.objects.filter(document__in=Named("codes"), declaration__state=PublicationState.PUBLISHED)
    return columns(invoked.order_by().distinct(), "document")


_INVOKED: Final = Statement(_invoked)


@dataclass(frozen=True, slots=True)
class _Known:
    """Initiatives by code with their titles; codes of initiatives and documents that published declarations name."""

    titles: dict[str, str]
    named: frozenset[str]

    @classmethod
    def of(cls, rows: Iterable[_Row]) -> _Known:
        codes: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            codes[row.kind].add(row.code)
        initiatives = _INITIATIVES.rows(codes=sorted(codes[LinkKind.INITIATIVE])) if codes[LinkKind.INITIATIVE] else []
        invoked = _INVOKED.rows(codes=sorted(codes[LinkKind.REFERENCE])) if codes[LinkKind.REFERENCE] else []
        named = [code for code, _title, named in initiatives if named]
        return cls({code: title for code, title, _named in initiatives}, frozenset([*named, *(code for (code,) in invoked)]))


def _link(rows: list[_Row], known: _Known) -> StoryLink:
    first = rows[0]
    states = [row.state for row in rows]
    rejected = states.count(LinkState.REJECTED)
    state = LinkState.REJECTED if rejected == len(states) else LinkState.CONFIRMED if LinkState.CONFIRMED in states else LinkState.READ
    # Of what an editor has rejected in one report the words of the others count.
    telling = [row for row in rows if row.state != LinkState.REJECTED] or rows
    return StoryLink(
        pk=min(row.pk for row in rows),
        kind=first.kind,
        code=first.code,
        title=_title(first, known),
        url=_url(first, known),
        state=str(state),
        reports=len(rows),
        rejected=rejected,
        quotes=tuple(_quotes(telling))[:QUOTES_SHOWN],
    )


def _title(row: _Row, known: _Known) -> str:
    """Empty for a relationship, whose name the page has."""
    match row.kind:
        case LinkKind.DYAD:
            return ""
        case LinkKind.INITIATIVE:
            return known.titles.get(row.code) or row.code.replace("_", " ")
        case LinkKind.REFERENCE:
            earlier = pgettext("that a report refers to", "An earlier document")
            return earlier if row.code == _EARLIER else document_title(row.code, get_language() or "en")
    return row.mechanism or row.person or row.declaration or row.code


def _url(row: _Row, known: _Known) -> str:
    """Empty where there is no page, or none that would show anything."""
    match row.kind:
        case LinkKind.DYAD:
            return reverse("web:country", args=[partner_of(row.code).lower()])
        case LinkKind.MECHANISM if row.mechanism:
            return reverse("web:mechanism", args=[row.code])
        case LinkKind.DECLARATION if row.declaration:
            return reverse("web:declaration", args=[row.code])
        case LinkKind.INITIATIVE if row.code in known.named:
            return f"{reverse('web:declarations')}?initiative={row.code}"
        case LinkKind.REFERENCE if row.code in known.named:
            return f"{reverse('web:declarations')}?cites={row.code}"
    return ""


def _quotes(rows: Iterable[_Row]) -> Iterable[Quote]:
    """The places of the evidence, the same words by the same rule once; what is not as readers write it is passed over."""
    seen = set()
    for row in rows:
        for place in row.evidence if isinstance(row.evidence, list) else ():
            words, rule = (str(place.get(name) or "").strip() for name in ("words", "rule")) if isinstance(place, dict) else ("", "")
            if words and (words.casefold(), rule) not in seen:
                seen.add((words.casefold(), rule))
                yield Quote(words, rule, row.item, row.outlet, row.language)


def _order(link: StoryLink) -> tuple[bool, int, int, str]:
    place = DYADS.index(link.code) if link.code in DYADS else len(DYADS)
    return link.is_rejected, -link.reports, place, link.title


# ---- Which stories tell of a record ------------------------------------------------------------------------------------------


def of_mechanism(pk: int) -> LinkedNews:
    """The newest STORIES_SHOWN stories linked to a mechanism by links that nobody has rejected. Four queries, one where there are none."""
    return _linked("mechanism", pk)


def of_declaration(pk: int) -> LinkedNews:
    """The same of a declaration."""
    return _linked("declaration", pk)


def _linked(kind: str, pk: int) -> LinkedNews:
    counted = _items(kind, pk).order_by().aggregate(n=Count(Coalesce("story", -F("pk")), distinct=True))
    return LinkedNews(tuple(lines(_STORIES[kind].rows(STORIES_SHOWN, record=pk))), counted["n"]) if counted["n"] else LinkedNews((), 0)


def _items(kind: str, pk: int | Named) -> NewsItemQuerySet:
    """Shown items with a link of a kind that stands. Like the news page's list: of those that name a relationship."""
    links = NewsLink.objects.standing().filter(**{kind: pk}).order_by()
    return NewsItem.objects.shown().filter(names_a_dyad(), pk__in=links.values("item_id"))


def _stories(kind: str) -> QuerySet[Any]:
    items = _items(kind, Named("record"))
    return listed(heads(items, items).newest_first())


_STORIES: Final = {"mechanism": Statement(lambda: _stories("mechanism")), "declaration": Statement(lambda: _stories("declaration"))}


# ---- What the news page may be asked for ------------------------------------------------------------------------------------------


def record_title(kind: str, slug: str) -> str | None:
    """The title of a mechanism or a published declaration by its short name; None where there is none. One query."""
    records = Mechanism.objects.all() if kind == "mechanism" else Declaration.objects.published()
    found = next(iter(columns(records.filter(slug=slug).order_by(), in_language("title"))), None)
    return None if found is None else found[0] or slug
