"""What a reader takes and gives: an article in, a reading out, every value with the words it came from.

All offsets count characters of the text as it was handed in (`Article.whole`: title, blank line, body). Pure data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

SEPARATOR: Final = "\n\n"
"""What stands between title and body in `Article.whole`."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read. `published` is the day of the article, None where it is not known: relative dates then stay open."""

    title: str
    body: str
    published: dt.date | None = None

    @property
    def whole(self) -> str:
        """Title, blank line, body: what offsets count in."""
        return f"{self.title}{SEPARATOR}{self.body}" if self.title else self.body

    @classmethod
    def of(cls, text: str, published: dt.date | None = None) -> Article:
        """An article from one text whose first line is the title when a blank line follows it."""
        head, blank, rest = text.partition(SEPARATOR)
        if blank and "\n" not in head:
            return cls(head, rest, published)
        return cls("", text, published)


class Evidence(NamedTuple):
    """Words of the article, `start` to `end`, and the name of the rule that read them.

    A reading has dozens of these and of the values below: tuples are made the quickest.
    """

    start: int
    end: int
    rule: str

    def as_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "rule": self.rule}


class Value(NamedTuple):
    """One value with its evidence: a code, a date in ISO form, a name; None where the article does not tell."""

    value: str | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the document was issued for: `kind` anniversary, state_visit, official_visit, working_visit, summit, session or None."""

    kind: str | None = None
    years: int | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Relevance:
    """Whether relations between China and a Central Asian state are concerned: from 0 to 1, and why in a few plain words."""

    score: float
    reason: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def relevant(self) -> bool:
        return self.score >= 0.5


class NamedMechanism(NamedTuple):
    """A mechanism that the article names: its kind, and the slug of the very record where the parties tell which it is."""

    kind: str
    slug: str | None = None
    evidence: tuple[Evidence, ...] = ()


class NamedPerson(NamedTuple):
    """A person whom the article names, by the slug of the record, with the side that he or she speaks for."""

    slug: str
    side: str
    evidence: tuple[Evidence, ...] = ()


class Provision(NamedTuple):
    """A position or commitment: its words, where they stand, the side that states it and one to three topics."""

    text: str
    start: int
    end: int
    side: str
    topics: tuple[str, ...]
    rule: str = ""
    evidence: tuple[Evidence, ...] = ()
    """What was decisive: the words of the position, of the side, of each topic."""


class Links(NamedTuple):
    """What an article names: the cheap half of a reading."""

    dyads: tuple[Value, ...] = ()
    mechanisms: tuple[NamedMechanism, ...] = ()
    initiatives: tuple[Value, ...] = ()
    references: tuple[Value, ...] = ()
    people: tuple[NamedPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The draft of a declaration, as far as an article tells it."""

    language: Value
    relevance: Relevance
    kind: Value = field(default_factory=lambda: Value(None))
    date: Value = field(default_factory=lambda: Value(None))
    place: Value = field(default_factory=lambda: Value(None))
    occasion: Occasion = field(default_factory=Occasion)
    parties: tuple[Value, ...] = ()
    mechanisms: tuple[NamedMechanism, ...] = ()
    initiatives: tuple[Value, ...] = ()
    references: tuple[Value, ...] = ()
    people: tuple[NamedPerson, ...] = ()
    provisions: tuple[Provision, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def party_codes(self) -> tuple[str, ...]:
        """The parties, China first."""
        return tuple(party.value for party in self.parties if party.value)

    @property
    def dyad(self) -> str | None:
        """The relationship of the document: `CN-KZ`, `CN-C5` for several partners, None without one."""
        partners = [code for code in self.party_codes if code != "CN"]
        if not partners:
            return None
        return f"CN-{partners[0]}" if len(partners) == 1 else "CN-C5"


@dataclass(frozen=True, slots=True)
class KnownMechanism:
    """A mechanism of the records: `parties` are codes of states, `established` an ISO date or empty."""

    slug: str
    kind: str
    parties: frozenset[str]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the records: every spelling of the name, and offices with their ISO dates (`None` while in office)."""

    slug: str
    side: str
    names: tuple[str, ...]
    terms: tuple[tuple[str, str | None, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The records that a reader may name. Without any, it reads by the lexicon alone."""

    mechanisms: tuple[KnownMechanism, ...] = ()
    people: tuple[KnownPerson, ...] = ()


class ArticleReader(Protocol):
    """What may be plugged in: a class that is made with the known records and has these two methods."""

    def __init__(self, knowledge: Knowledge = ...) -> None: ...

    def read(self, article: Article) -> Reading:
        """The whole reading. Never raises for any text; what could not be read is said in `warnings`."""

    def link(self, article: Article) -> Links:
        """Only what the article names, without sentences and provisions."""


def spans(hits: Iterable[tuple[int, int]], rule: str) -> tuple[Evidence, ...]:
    """Evidence for several places under one rule."""
    return tuple(Evidence(start, end, rule) for start, end in hits)
