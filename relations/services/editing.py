"""Rules of writing by hand: publish and withdraw a declaration, propose what an editor leaves empty, say what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from relations.models import Declaration, Person, Provision, Source
from relations.models.choices import PublicationState, Verification
from relations.reference.parties import CHINA, FIVE, PARTNERS, partner_of, sides_open_to

SLUG_LENGTH: Final = 120
_SLUG_WORDS: Final = 5
_SMALL_WORDS: Final = frozenset(
    (
        *("a", "an", "and", "at", "between", "by", "for", "from", "in", "of", "on", "the", "to", "with"),
        *("people's", "peoples", "republic", "republics", "china", "chinese", "government", "governments"),
    )
)


@transaction.atomic
def publish(declarations: Iterable[Declaration], user: object | None = None) -> int:
    """Let the dashboard show these declarations. Gives how many were drafts; each gets an entry in its history."""
    return _move(declarations, PublicationState.PUBLISHED, user)


@transaction.atomic
def withdraw(declarations: Iterable[Declaration], user: object | None = None) -> int:
    """Take these declarations back to draft. Gives how many were published; each gets an entry in its history."""
    return _move(declarations, PublicationState.DRAFT, user)


def _move(declarations: Iterable[Declaration], state: PublicationState, user: object | None) -> int:
    moved = 0
    for declaration in declarations:
        if declaration.state == state:
            continue
        declaration.state = state
        if user is not None:
            declaration._history_user = user  # type: ignore[attr-defined]
        declaration.save(update_fields=["state"])
        moved += 1
    return moved


def verification_warnings(verification: str, sources: int) -> list[str]:
    """What does not fit between how well a record is said to be verified and the number of its sources."""
    if verification == Verification.MEMORY and sources:
        return [_("The record has a source but is marked “No source yet”: choose how well it is verified.")]
    if verification != Verification.MEMORY and not sources:
        return [_("The record has no source: add one, or mark it “No source yet”.")]
    if verification == Verification.MULTIPLE and sources == 1:
        return [_("The record is marked “Several reports” but has one source only.")]
    return []


def parties_of(dyad: str) -> tuple[str, ...]:
    """The parties of a relationship: China and the partner, or China and the five."""
    partner = partner_of(dyad)
    return (CHINA, *PARTNERS) if partner == FIVE else (CHINA, partner)


def proposed_slug(dyad: str, date: str, title: str) -> str:
    """A slug that nobody has: relationship, date and the telling words of the English title.

    `CN-KZ`, `2022-09-14`, `Joint Statement on the 30th Anniversary …` → `cn-kz-2022-09-14-joint-statement-30th-anniversary`.
    """
    words = [word for word in re.findall(r"[^\W_]+(?:'[^\W_]+)?", title.lower().replace("’", "'")) if word not in _SMALL_WORDS]
    head = FIVE.lower() if partner_of(dyad) == FIVE else dyad.lower()
    slug = slugify(f"{head}-{date}-{' '.join(words[:_SLUG_WORDS])}")[: SLUG_LENGTH - 4].strip("-")
    taken = set(Declaration.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    number, free = 2, slug
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def office_at(person: Person, date: str) -> str:
    """The office that a person held on a partial date, as far as the terms tell; two are joined by “ and ”, none is empty."""
    held = []
    for term in person.terms.all():
        begun = term.start is None or term.start[: len(date)] <= date[: len(term.start)]
        over = term.end is not None and term.end[: len(date)] < date[: len(term.end)]
        if begun and not over and (term.start or term.end) and term.office not in held:
            held.append(term.office)
    return " and ".join(held)


def make_room_for_parties(declaration: Declaration, parties: tuple[str, ...]) -> None:
    """Prepare a change of parties together with the sides of its provisions, which the database checks one row at a time.

    Provisions of a side that goes are given for the moment to a party that stays; whoever calls stores their new sides, or
    deletes them, in the same transaction. Raises ValueError where no party stays.
    """
    open_now, open_then = set(sides_open_to(declaration_parties(declaration))), set(sides_open_to(parties))
    stays = next((party for party in parties if party in open_now), None)
    if stays is None:
        raise ValueError("no party stays")
    Provision.objects.filter(declaration=declaration).exclude(side__in=open_then).update(side=stays)


def sides_lost(declaration: int, parties: tuple[str, ...]) -> list[str]:
    """The sides that state a stored provision of a declaration (by its key) and that these parties would leave out."""
    stated = Provision.objects.filter(declaration=declaration).exclude(side__in=sides_open_to(parties))
    return list(stated.order_by("side").values_list("side", flat=True).distinct())


def declaration_parties(declaration: Declaration) -> tuple[str, ...]:
    """The parties as stored, whatever the object in hand says."""
    return tuple(Declaration.objects.values_list("parties", flat=True).get(pk=declaration.pk))


def sources_like(source: Source) -> list[Source]:
    """Other sources whose address is the same but for what rarely matters: scheme, `www.`, a closing slash, a fragment."""
    parts = urlsplit(source.url)
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    twins = [f"{scheme}://{www}{host}{path}{slash}{query}" for scheme in ("http", "https") for www in ("", "www.") for slash in ("", "/")]
    return list(Source.objects.filter(url__in=twins).exclude(pk=source.pk).order_by("pk")[:5])
