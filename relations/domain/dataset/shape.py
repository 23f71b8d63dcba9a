"""What stands in which dataset file: the lists, the keys of a record in their order, the form of each value.

Codes (kinds, levels, topics …) are named here and listed by whoever validates, see `validate.check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

FILE_OF_DYAD: Final = {"CN-KZ": "kz", "CN-KG": "kg", "CN-TJ": "tj", "CN-TM": "tm", "CN-UZ": "uz", "CN-C5": "c5"}
DYAD_OF_FILE: Final = {file: dyad for dyad, file in FILE_OF_DYAD.items()}

DYAD_LISTS: Final = ("statuses", "declarations", "mechanisms", "sessions", "visits", "events", "anniversaries")
FILES: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(DYAD_OF_FILE, DYAD_LISTS),
    "people": ("people",),
    "initiatives": ("initiatives",),
    "indicators": ("indicators", "values"),
    "feeds": ("outlets",),
    "sources": ("sources",),
}
"""Every file (its name without `.json`) with the lists it holds, in their order."""

TITLE_LANGUAGES: Final = ("en", "zh", "fr", "ru")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of at most `longest` characters. `empty`: may be "". `null`: may be unknown."""

    longest: int | None = None
    empty: bool = False
    null: bool = False
    pattern: str | None = None
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One of the codes of a named list; null where `null`."""

    codes: str
    null: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A partial date; null where `null`."""

    null: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number of at least `least` and at most `most`."""

    least: int = 0
    most: int = 32767
    null: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number."""


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles by language, at least one; `line`: may also be one English line."""

    longest: int
    line: bool = False


@dataclass(frozen=True, slots=True)
class Aliases:
    """Other spellings by language."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The key of a record of another list; null where `null`."""

    to: str
    null: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `least` to `most` values of one form; none twice where `once`."""

    of: Form
    least: int = 0
    most: int | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """A list of records of a named shape, inside a record."""

    shape: str


Form: TypeAlias = Text | Code | Day | Whole | Number | Flag | Titles | Aliases | Ref | Many | Parts

SLUG: Final = r"[a-z0-9]+(-[a-z0-9]+)*"
_SPAN: Final = r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?"
_LANGUAGE = Text(pattern=r"[a-z]{2}", expected="a language code of two letters")
_URL = Text(1000, pattern=r"https?://\S+", expected="an address that begins with http:// or https://")
_PARTIES = Many(Code("state"), least=2, once=True)
_PLACE = Text(120, null=True)
_LONG = Text(empty=True)

_CITED: Final[dict[str, Form]] = {"verification": Code("verification"), "sources": Parts("source"), "note": _LONG}
_SOURCE: Final[dict[str, Form]] = {
    "url": _URL, "publisher": Text(200, empty=True), "title": Text(500, empty=True),
    "language": Text(2, empty=True, pattern=r"[a-z]{2}", expected="a language code of two letters"), "published": Day(null=True),
}  # fmt: skip
_HOLDER: Final[dict[str, Form]] = {"side": Code("state"), "name": Text(120), "office": Text(200)}


def _slug(longest: int) -> Text:
    return Text(longest, pattern=SLUG, expected="small letters, figures and hyphens")


SHAPES: Final[Mapping[str, Mapping[str, Form]]] = {
    "statuses": {
        "dyad": Code("dyad"), "date": Day(), "level": Code("status level"), "title": Titles(300),
        "document": Ref("declarations", null=True), "summary": _LONG, **_CITED,
    },
    "declarations": {
        "slug": _slug(120), "kind": Code("declaration kind"), "date": Day(), "place": _PLACE, "parties": _PARTIES,
        "level": Code("declaration level"), "title": Titles(500), "occasion": Text(300, empty=True), "signatories": Parts("holder"),
        "initiatives": Many(Ref("initiatives"), once=True), "references": Many(Text(200), once=True), "provisions": Parts("provision"),
        "summary": _LONG, **_CITED,
    },
    "mechanisms": {
        "slug": _slug(80), "kind": Code("mechanism kind"), "parent": Ref("mechanisms", null=True), "parties": _PARTIES,
        "title": Titles(300), "established": Day(null=True), "basis": Text(300, null=True), "co_chairs": Text(400, null=True),
        "periodicity_months": Whole(1, null=True), "status": Code("mechanism status"), "summary": _LONG, **_CITED,
    },
    "sessions": {
        "mechanism": Ref("mechanisms"), "number": Whole(1, null=True), "date": Day(), "place": _PLACE,
        "format": Code("session format", null=True), "chairs": Parts("holder"), "outcome": _LONG, **_CITED,
    },
    "visits": {
        "date_start": Day(), "date_end": Day(null=True), "visitor_side": Code("state"), "visitor": Text(120), "office": Text(200),
        "kind": Code("visit kind"), "host": Code("state"), "place": _PLACE, "context": Text(300, empty=True),
        "declaration": Ref("declarations", null=True), **_CITED,
    },
    "events": {
        "date": Day(), "dyad": Code("dyad"), "parties": _PARTIES, "kind": Code("event kind"), "friction": Flag(),
        "title": Titles(200, line=True), "label": Text(40, null=True), "summary": _LONG, **_CITED,
    },
    "anniversaries": {
        "dyad": Code("dyad"),
        "month_day": Text(pattern=r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", expected="a day of the year as 09-14"),
        "origin": Day(null=True), "title": Titles(200, line=True), **_CITED,
    },
    "people": {
        "slug": _slug(80), "side": Code("state"), "name": Titles(120), "aliases": Aliases(), "offices": Parts("office"), **_CITED,
    },
    "initiatives": {
        "code": Text(40, pattern=r"[A-Z][A-Z0-9_]*", expected="capital letters, figures and _"), "title": Titles(200),
        "proposed": Day(null=True), "proposer": Code("proposer"), "summary": _LONG, **_CITED,
    },
    "indicators": {
        "code": Text(60, pattern=r"[A-Za-z0-9_-]+", expected="letters, figures, _ and -"), "title": Titles(200),
        "unit": Text(60), "definition": _LONG,
    },
    "values": {
        "indicator": Ref("indicators"), "dyad": Code("dyad"), "year": Whole(1900, 2200),
        "period": Text(21, pattern=_SPAN, expected="a year, a date or a span as 2022-01/2022-06"), "value": Number(),
        "qualifier": Code("qualifier"), "reporter": Text(120), "scope": Text(120, empty=True), **_CITED,
    },
    "outlets": {
        "slug": _slug(80), "name": Text(160), "country": Text(pattern=r"[A-Z]{2,3}", expected="a country code of capital letters"),
        "languages": Many(_LANGUAGE, once=True), "kind": Code("outlet kind"), "homepage": Text(500, empty=True),
        "feeds": Parts("feed"), "note": _LONG,
    },
    "sources": _SOURCE,
    "source": _SOURCE,
    "holder": _HOLDER,
    "provision": {
        "side": Code("side"), "topics": Many(Code("topic"), 1, 3, once=True), "mechanisms": Many(Ref("mechanisms"), once=True),
        "text": Text(),
        "verification": Code("verification", null=True), "source_urls": Many(Ref("sources"), once=True),
    },
    "office": {"office": Text(200), "from": Day(null=True), "to": Day(null=True)},
    "feed": {
        "url": _URL, "language": Text(2, empty=True, pattern=r"[a-z]{2}", expected="a language code of two letters"),
        "format": Code("feed format"), "evidence": _LONG,
        "confidence": Code("feed confidence"), "note": _LONG,
    },
}  # fmt: skip

OPTIONAL: Final[Mapping[str, Mapping[str, Form]]] = {
    "declarations": {"state": Code("state of publication")},  # written only for a draft
}
