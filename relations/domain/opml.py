"""Lists of feeds in OPML: reading one from anybody, and writing one. Pure; nothing in a file is ever fetched or expanded."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

LARGEST: Final = 1024 * 1024
"""Bytes of a file that is read. A list of 2,000 feeds has less than half of that."""
MOST_OUTLINES: Final = 5000
DEEPEST: Final = 20
LONGEST_ADDRESS: Final = 1000

_LONGEST_TITLE: Final = 160
# What XML 1.0 cannot hold, even escaped.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Flaw(enum.StrEnum):
    """Why a whole file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_XML = "not_xml"
    NOT_OPML = "not_opml"
    ENTITIES = "entities"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"


class Refusal(enum.StrEnum):
    """Why one outline of a file proposes no feed."""

    NO_ADDRESS = "no_address"
    OTHER_LIST = "other_list"
    NOT_WEB = "not_web"
    ACCOUNT = "account"
    TOO_LONG = "too_long"
    CLOSED = "closed"


class OpmlError(Exception):
    """A file that is no list of feeds, or a hostile one; `detail` is what the parser says, in English."""

    def __init__(self, flaw: Flaw, detail: str = "") -> None:
        super().__init__(detail or flaw.value)
        self.flaw = flaw
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Outline:
    """One entry of a list: what it calls itself, the feed's address (empty where it names none), and the outlet it stands under.

    `outlet` is the name of the outline above, where that one has a page of its own; a mere folder of feeds has none.
    """

    title: str
    address: str
    site: str = ""
    language: str = ""
    outlet: str = ""
    folder: str = ""
    refusal: Refusal | None = None


@dataclass(slots=True)
class _Open:
    """An outline whose end has not come yet."""

    values: dict[str, str]
    parent: bool = False


def read(text: str) -> list[Outline]:
    """The outlines of a file in their order, folders left out. Raises OpmlError for what is no OPML, too much of it, or hostile.

    A file with a document type is refused before any entity is expanded; external ones are never looked for.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.EntityDeclHandler = reader.entity
    parser.ExternalEntityRefHandler = reader.entity
    try:
        # The text is decoded already: what its declaration says of a charset no longer holds.
        parser.Parse(_without_declaration(text).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise OpmlError(Flaw.NOT_XML, str(error)) from None
    if not reader.is_opml:
        raise OpmlError(Flaw.NOT_OPML)
    return reader.outlines


class _Reader:
    """Collects outlines while the parser goes through a file; each is judged when it ends and is known to hold no other."""

    def __init__(self) -> None:
        self.outlines: list[Outline] = []
        self.is_opml = False
        self._open: list[_Open | None] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if len(self._open) >= DEEPEST:
            raise OpmlError(Flaw.TOO_DEEP)
        tag = name.rpartition(":")[2].lower()
        if not self._open:
            self.is_opml = tag == "opml"
            if not self.is_opml:
                raise OpmlError(Flaw.NOT_OPML)
        if tag != "outline":
            self._open.append(None)
            return
        self._count += 1
        if self._count > MOST_OUTLINES:
            raise OpmlError(Flaw.TOO_MANY)
        if above := self._above():
            above.parent = True
        self._open.append(_Open({key.lower(): value for key, value in attributes.items()}))

    def end(self, _name: str) -> None:
        """An element ends."""
        done = self._open.pop()
        if done is None:
            return
        values = done.values
        address = values.get("xmlurl", "").strip()
        if done.parent and not address:
            return
        above = self._above()
        around = above.values if above else {}
        self.outlines.append(
            Outline(
                title=_title(values),
                address=address,
                site=values.get("htmlurl", "").strip() or around.get("htmlurl", "").strip(),
                language=values.get("language", "").strip(),
                outlet=_title(around) if around.get("htmlurl", "").strip() else "",
                folder=_title(around),
                refusal=_refusal(address, values),
            )
        )

    def doctype(self, name: str, *_: object) -> None:
        """A document type has no place in a list: all it could do is to declare something, or to lead to a file that does."""
        raise OpmlError(Flaw.NOT_OPML if name.lower() == "html" else Flaw.ENTITIES)

    def entity(self, *_: object) -> int:
        """An entity is declared or asked for: whatever it is, it is not expanded."""
        raise OpmlError(Flaw.ENTITIES)

    def _above(self) -> _Open | None:
        return next((outline for outline in reversed(self._open) if outline is not None), None)


def _title(values: dict[str, str]) -> str:
    words = values.get("title", "").strip() or values.get("text", "").strip()
    return " ".join(words.split())[:_LONGEST_TITLE]


def _refusal(address: str, values: dict[str, str]) -> Refusal | None:
    if not address:
        return Refusal.OTHER_LIST if values.get("type", "").lower() in {"include", "link"} else Refusal.NO_ADDRESS
    if len(address) > LONGEST_ADDRESS:
        return Refusal.TOO_LONG
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return Refusal.NOT_WEB
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or re.search(r"[\s\x00-\x1f\x7f]", address):
        return Refusal.NOT_WEB
    return Refusal.ACCOUNT if "@" in parts.netloc else None


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]{0,300}\?>", "", text, count=1).lstrip("\ufeff \t\r\n")


# ---- Writing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed as it is written."""

    address: str
    title: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """An outlet with its feeds."""

    name: str
    site: str = ""
    feeds: tuple[Listed, ...] = field(default=())


def write(title: str, created: str, groups: Iterable[Group]) -> str:
    """OPML 2.0 of the groups, as UTF-8 text with its declaration; `created` is a date as in mail. Always well-formed."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{_escaped(title)}</title><dateCreated>{_escaped(created)}</dateCreated></head>",
        "<body>",
    ]
    for group in groups:
        lines += _group(group)
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _group(group: Group) -> Iterator[str]:
    yield f"<outline{_attributes(text=group.name, title=group.name, htmlUrl=group.site)}>"
    for feed in group.feeds:
        # Every reader takes the type “rss” for any feed, and few know another.
        values = _attributes(text=feed.title, title=feed.title, type="rss", xmlUrl=feed.address, htmlUrl=group.site, language=feed.language)
        yield f" <outline{values}/>"
    yield "</outline>"


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(_FORBIDDEN.sub(' ', value))}" for name, value in values.items() if value or name == "text")


def _escaped(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub(" ", text))[1:-1]
