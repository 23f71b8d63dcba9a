"""What an accepted candidate becomes: a new declaration in draft, or more of one that is there. One transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from relations.domain.review import Draft, Flaw, Statement, changed, dyad_of, flaws, form_of, plain, proposed_title, written
from relations.models import Candidate, Declaration, Initiative, Mechanism, NewsItem, NewsLink, Provision, Reference, Source
from relations.models.choices import CandidateState, LinkKind, LinkState, OutletKind, PublicationState, Verification
from relations.reference.parties import sides_open_to
from relations.services import candidates, editing, news_counts, taking_back

_TRIES: Final = 3
_LONGEST_CODE: Final = 40


class Incomplete(Exception):
    """The draft cannot become a declaration yet: what is missing or wrong, by field (`domain.review.flaws`)."""

    def __init__(self, found: Mapping[str, Flaw]) -> None:
        super().__init__(", ".join(found))
        self.flaws = dict(found)


@dataclass(frozen=True)
class Accepted:
    """What came of it. `provisions` were added; `repeated` stood there already, or in the draft before; `mechanisms` no provision names."""

    candidate: Candidate
    declaration: Declaration
    made: bool
    provisions: int
    repeated: int
    mechanisms: tuple[str, ...] = ()


@transaction.atomic
def accept(pk: int, version: int, draft: Draft, user: Any, now: dt.datetime, into: int | None = None) -> Accepted:
    """Make a declaration in draft of a candidate, or complete the one whose key is `into`, with the article as its source.

    Completing fills only what is empty and adds what is not there; nothing that stands there is changed. Raises Incomplete, Stale,
    candidates.Gone, and candidates.NotPossible where the declaration is gone.
    """
    candidate = candidates.seen(pk, version)
    found = flaws(draft, now.date())
    existing = _existing(into) if into is not None else None
    if existing is not None:
        found |= _strange_sides(draft, existing)
    if found:
        raise Incomplete(found)
    item = candidate.article
    content = written(candidate.draft, draft)
    # First the step that only one of two editors can make: the other one has then written nothing.
    decided = candidates.step(
        candidate,
        user,
        candidates.reason(candidates.ACCEPTED, changed(form_of(candidate.draft), draft)).removesuffix(": "),
        state=CandidateState.ACCEPTED,
        draft=content,
        dyad=dyad_of(draft.parties),
        **candidates.decided(user, now),
    )
    source, new = _source(item, user) if item is not None else (None, False)
    verification = _verification(item, source)
    declaration = existing or _made(draft, verification, user)
    if existing is not None:
        _fill(existing, draft, source, user)
    result = _contents(declaration, draft, content, source, verification, user, made=existing is None)
    if existing is None:
        decided.draft = {**content, taking_back.MADE: taking_back.noted(declaration, source if new else None)}
    Candidate.objects.filter(pk=pk).update(declaration=declaration, draft=decided.draft)
    decided.declaration = declaration
    if item is not None:
        _link(item, declaration, user, now)
        news_counts.recount([news_counts.month_of(item.sort_time)])
    return Accepted(decided, declaration, existing is None, **result)


def _existing(pk: int) -> Declaration:
    declaration = Declaration.objects.select_for_update().filter(pk=pk).first()
    if declaration is None:
        raise candidates.NotPossible(_("The declaration that was to be completed is not there any more."))
    return declaration


def _strange_sides(draft: Draft, declaration: Declaration) -> dict[str, Flaw]:
    """Provisions of sides that the declaration to be completed does not have."""
    open_sides = sides_open_to(declaration.parties)
    rows = enumerate(draft.provisions)
    return {f"provisions-{place}-side": Flaw.OTHER_SIDE for place, one in rows if not one.dropped and one.side not in open_sides}


# ---- The declaration itself ---------------------------------------------------------------------------------------------------


def _made(draft: Draft, verification: str, user: Any) -> Declaration:
    dyad, title = dyad_of(draft.parties), draft.title or proposed_title(draft)
    for left in reversed(range(_TRIES)):
        declaration = Declaration(
            slug=editing.proposed_slug(dyad, draft.date, title),
            dyad_id=dyad,
            kind=draft.kind,
            date=draft.date,
            place=draft.place or None,
            parties=draft.parties,
            level=draft.level or "other",
            title_en=title,
            occasion=draft.occasion,
            state=PublicationState.DRAFT,
            verification=verification,
        )
        try:
            with transaction.atomic():  # another editor may just have taken the slug
                return _save(declaration, user)
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")


def _fill(declaration: Declaration, draft: Draft, source: Source | None, user: Any) -> None:
    """What is empty, and nothing else; a record that had no source is as well verified as its first one."""
    before = [getattr(declaration, name) for name in ("title_en", "place", "occasion", "verification")]
    declaration.title_en = declaration.title_en or draft.title or None  # type: ignore[attr-defined]
    declaration.place = declaration.place or draft.place or None
    declaration.occasion = declaration.occasion or draft.occasion
    if source is not None and declaration.verification == Verification.MEMORY:
        declaration.verification = Verification.SINGLE
    if before != [getattr(declaration, name) for name in ("title_en", "place", "occasion", "verification")]:
        _save(declaration, user)


def _contents(
    declaration: Declaration, draft: Draft, content: Mapping[str, Any], source: Source | None, verification: str, user: Any, *, made: bool
) -> dict[str, Any]:
    """Sources, initiatives, references and provisions, each only where it is not there yet."""
    if source is not None and not declaration.citations.filter(source=source).exists():
        last = declaration.citations.aggregate(last=Max("position"))["last"]
        declaration.citations.create(source=source, position=0 if last is None else last + 1)
    declaration.initiatives.add(*Initiative.objects.filter(code__in=draft.initiatives))
    known = set(declaration.references.values_list("document", flat=True))
    place = declaration.references.aggregate(last=Max("position"))["last"]
    for code in (code for code in draft.references if code not in known and len(code) <= _LONGEST_CODE):
        place = 0 if place is None else place + 1
        _save(Reference(declaration=declaration, document=code, position=place), user)
    there = {plain(text) for text in declaration.provisions.values_list("text", flat=True)}
    number = declaration.provisions.aggregate(last=Max("position"))["last"] or 0
    records = _mechanisms(draft, content)
    chosen = {record.slug: record for record in Mechanism.objects.filter(slug__in={one.mechanism for one in draft.kept if one.mechanism})}
    named: set[str] = set()
    fresh = _fresh(draft, there)
    for one in fresh:
        number += 1
        # What is added to a document of other sources tells its own: the document's would not bear it out.
        own = not made and source is not None
        provision = _save(
            _provision(declaration, one, number, verification if own and verification != declaration.verification else ""), user
        )
        if own:
            provision.citations.create(source=source, position=0)
        within = [(kind, record) for kind, record, spans in records if _holds(one, spans)]
        named |= {kind for kind, _ignored in within}
        provision.mechanisms.add(*(record for _ignored, record in within), *(chosen[slug] for slug in (one.mechanism,) if slug in chosen))
    left = tuple(kind for kind in draft.mechanisms if kind not in named)
    return {"provisions": len(fresh), "repeated": len(draft.kept) - len(fresh), "mechanisms": left}


def _provision(declaration: Declaration, one: Statement, number: int, verification: str) -> Provision:
    return Provision(
        declaration=declaration, position=number, side=one.side, topics=one.topics, text=one.text, verification=verification
    )  # fmt: skip


def _mechanisms(draft: Draft, content: Mapping[str, Any]) -> list[tuple[str, Mechanism, list[tuple[int, int]]]]:
    """The kept mechanisms whose very record is known: kind, record, and where the article names it."""
    evidence = content.get("evidence")
    read = evidence.get("mechanisms") if isinstance(evidence, dict) else None
    rows = {kind: row for kind, row in read.items() if isinstance(row, dict)} if isinstance(read, dict) else {}
    slugs = {kind: row["record"] for kind, row in rows.items() if kind in draft.mechanisms and row.get("record")}
    records = {record.slug: record for record in Mechanism.objects.filter(slug__in=slugs.values())}
    return [
        (kind, records[slug], [(span["start"], span["end"]) for span in rows[kind].get("spans", [])])
        for kind, slug in slugs.items()
        if slug in records
    ]


def _holds(one: Statement, spans: list[tuple[int, int]]) -> bool:
    return one.start is not None and one.end is not None and any(one.start <= start and end <= one.end for start, end in spans)


def _fresh(draft: Draft, there: set[str]) -> list[Statement]:
    """The provisions whose words do not stand there yet, each once: an article may say the same six times."""
    by_words: dict[str, Statement] = {}
    for one in draft.kept:
        by_words.setdefault(plain(one.text), one)
    return [one for words, one in by_words.items() if words not in there]


# ---- The article as a source ----------------------------------------------------------------------------------------------------


def _source(item: NewsItem, user: Any) -> tuple[Source | None, bool]:
    """The article as a source: the one of its address, else a new one, and whether it is new. None without an address of the web."""
    if urlsplit(item.url).scheme not in ("http", "https") or len(item.url) > 1000:
        return None, False
    known = Source.objects.filter(url=item.url).first() or next(iter(editing.sources_like(Source(url=item.url))), None)
    if known is not None:
        return known, False
    published = item.published.date().isoformat() if item.published and not item.date_flag else None
    language = item.language[:2]
    made = Source(url=item.url, publisher=item.outlet.name, title=item.title, language=language, published=published)
    return _save(made, user), True


def _verification(item: NewsItem | None, source: Source | None) -> str:
    """How well one article bears it out: by itself it is one report, and official where a government publishes it."""
    if item is None or source is None:
        return Verification.MEMORY
    return Verification.OFFICIAL if item.outlet.kind == OutletKind.GOVERNMENT else Verification.SINGLE


def _link(item: NewsItem, declaration: Declaration, user: Any, now: dt.datetime) -> None:
    """The item is about this declaration: an editor says so."""
    values = {"declaration": declaration, "state": LinkState.CONFIRMED, "decided_by": user, "decided": now}
    NewsLink.objects.update_or_create(item=item, kind=LinkKind.DECLARATION, code=declaration.slug, defaults=values)


def _save(record: Any, user: Any) -> Any:
    record._history_user = user
    record.save()
    return record
