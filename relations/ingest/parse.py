"""Text of a feed → its entries, as they were written. RSS 0.9x to 2.0, RDF, Atom, JSON Feed.

fastfeedparser reads it first; feedparser, some sixty times slower, where that fails or finds nothing, and of a long document
only as much as it can read in a few seconds. No entity is ever expanded: a feed that declares any is refused before a parser
sees it.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import itertools
import re
import time
from dataclasses import dataclass, field, replace
from typing import Any, Final

import fastfeedparser
import feedparser
from fastfeedparser.main import _parse_date  # as it reads them: there is no public name for it

from relations.domain.failures import Failure, IngestError
from relations.domain.feed_entry import RawEntry
from relations.domain.scheduling import told_by_feed
from relations.ingest import json_feed
from relations.ingest.decode import xml_bytes
from relations.ingest.mend import cut_off, mend, well_formed

# It would guess at what is no date ("3 days ago") with a package that others bring along: slow, large, and another answer each day.
fastfeedparser.main._slow_dateparser = lambda _value: None

MOST_ENTRIES: Final = 500

_DECLARES_ENTITIES: Final = re.compile(r"<!ENTITY|<!DOCTYPE[^<>\[]{0,1000}\[", re.I)
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_FEED: Final = re.compile(r"<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf|channel)\b", re.I)
_PASSWORD: Final = re.compile(r"""<input\b[^<>]{0,300}\btype\s*=\s*["']?password""", re.I)
_HEAD: Final = 4096
_CHANNEL: Final = 16_384
_FIRST_ENTRY: Final = re.compile(r"<(?:[\w.-]{1,20}:)?(?:item|entry)\b", re.I)
_LANGUAGE: Final = re.compile(r"<(?:dc:)?language>\s*([A-Za-z_-]{2,12})\s*</", re.I)
_SELF: Final = re.compile(
    r"""<(?:[\w.-]{1,20}:)?link\b(?=[^>]{0,500}\brel\s*=\s*["']self["'])[^>]{0,500}?\bhref\s*=\s*["']([^"'<>]{1,1000})["']""", re.I
)
_TTL: Final = re.compile(r"<ttl>\s*(\d{1,9})\s*</", re.I)
_PERIOD: Final = re.compile(r"<(?:[\w.-]{1,20}:)?updatePeriod>\s*([a-z]{5,8})\s*</", re.I)
_FREQUENCY: Final = re.compile(r"<(?:[\w.-]{1,20}:)?updateFrequency>\s*(\d{1,6})\s*</", re.I)
_DATE_NAMES: Final = ("pubdate", "published", "issued", "date", "updated", "modified", "lastbuilddate")
_DATES: Final = re.compile(rf"<(?:\w{{1,20}}:)?(?:{'|'.join(_DATE_NAMES)})\b", re.I)
_DATE: Final = re.compile(rf"<(?:\w{{1,20}}:)?({'|'.join(_DATE_NAMES)})\b[^<>]{{0,200}}>\s*(?:<!\[CDATA\[)?([^<\]]{{1,200}})", re.I)
_ISO_DAY: Final = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")
_LONGEST_DATE: Final = 40
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+:", re.I)
"""`https:`, `tag:` and `urn:` begin no date, and finding that out by reading one takes a hundred times as long."""
_ENTRY_END: Final = re.compile(r"</(?:[\w.-]{1,20}:)?(?:item|entry)\s*>", re.I)
_ATTRIBUTE: Final = re.compile(r"""=\s*["']""")
# What feedparser is given: it takes some 20 µs for each mark of markup, and for the attributes of a tag the square of their number.
_LONGEST_SLOW: Final = 1024 * 1024
_MOST_MARKS: Final = 100_000
_MOST_ATTRIBUTES: Final = 200
# Both parsers compare each attribute of a tag with all others.
_LONG_TAG: Final = re.compile(r"<(?=[^\W\d][^<]{16000})")
_MANY_ATTRIBUTES: Final = re.compile(r"""<[^\s<>=]++(?:\s++[^\s<>=]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s<>"']++))?+){4000}""")
_MARKUP_TO_DROP: Final = re.compile("<(?:script|style)", re.I)


@dataclass(slots=True)
class Parsed:
    """What a feed says of itself, its entries (at most MOST_ENTRIES), and how many entries could not be read.

    `told` is how long it says that it stays as it is; `whole` is False where a part of the document is missing or was not read.
    """

    title: str = ""
    link: str = ""
    self_link: str = ""
    language: str = ""
    format: str = "rss"
    entries: list[RawEntry] = field(default_factory=list)
    skipped: int = 0
    told: dt.timedelta | None = None
    whole: bool = True


def parse(text: str) -> Parsed:
    """Read a feed. Raises IngestError: no feed, a login page, declared entities."""
    if json_feed.looks_like_json(text):
        about, entries, bad = json_feed.parse(text)
        return _bounded(Parsed(about["title"], about["link"], about["self"], about["language"], "json", entries, bad))
    _refuse(text)
    text, beyond = _first_entries(text)
    document = xml_bytes(text)
    if (mended := mend(text, document)) is not text:
        text, document = mended, xml_bytes(mended)
    parsed = _without_half_of_one(_fast(document, text), text)
    if parsed is None or not parsed.entries or (_unidentified(parsed) and not well_formed(document)):
        parsed = _better(parsed, _slow_part(text))
    if parsed is None:
        raise IngestError(Failure.NOT_A_FEED, "Not a feed that a parser understands.")
    root = _FEED.search(text)
    parsed.format = "atom" if root and root.group().lower().endswith("feed") else "rss"
    parsed.self_link = parsed.self_link or _found(_SELF, text)
    parsed.language = parsed.language or _found(_LANGUAGE, text)
    parsed.told = told_by_feed(_found(_TTL, text), _found(_PERIOD, text), _found(_FREQUENCY, text))
    parsed.skipped += beyond
    return _bounded(parsed)


def _first_entries(text: str) -> tuple[str, int]:
    """A document without the entries that would be dropped in any case, and how many: reading half a million takes its time."""
    end = "</item>" if "</item>" in text else "</entry>"
    if (beyond := text.count(end) - MOST_ENTRIES) <= 0:
        return text, 0
    places = itertools.islice(re.finditer(end, text), MOST_ENTRIES - 1, None)
    return text[: next(places).end()] + text[text.rindex(end) + len(end) :], beyond


def _without_half_of_one(parsed: Parsed | None, text: str) -> Parsed | None:
    """Without the last entry where the document ends before its root does: it may be half of one."""
    if parsed is not None and cut_off(text):
        parsed.whole = False
        if parsed.entries:
            parsed.entries.pop()
            parsed.skipped += 1
    return parsed


def _unidentified(parsed: Parsed) -> int:
    """Entries with neither guid nor link: in a broken document, entries that the parser tore apart."""
    return sum(1 for entry in parsed.entries if not entry.guid and not entry.link)


def _better(fast: Parsed | None, slow: Parsed | None) -> Parsed | None:
    if fast is None or slow is None:
        return slow or fast
    return slow if len(slow.entries) - _unidentified(slow) > len(fast.entries) - _unidentified(fast) else fast


def _found(pattern: re.Pattern[str], text: str) -> str:
    """What the fast parser leaves out of a channel, read from before its first entry."""
    entry = _FIRST_ENTRY.search(text, 0, _CHANNEL)
    match = pattern.search(text, 0, entry.start() if entry else _CHANNEL)
    return html.unescape(match.group(1).strip()) if match else ""


def _refuse(text: str) -> None:
    head = text[:_HEAD]
    if _HTML.search(head) and not _FEED.search(head):
        if _PASSWORD.search(text):
            raise IngestError(Failure.LOGIN_PAGE, "The server shows a login page instead of the feed.")
        raise IngestError(Failure.NOT_A_FEED, "The server shows a web page instead of a feed.")
    if "<" not in head:
        raise IngestError(Failure.NOT_A_FEED, "Neither XML nor JSON.")
    if _DECLARES_ENTITIES.search(text):
        raise IngestError(Failure.ENTITIES, "The feed declares entities of its own, which are not expanded here.")
    if any(_MANY_ATTRIBUTES.match(text, long.start()) for long in _LONG_TAG.finditer(text)):
        raise IngestError(Failure.NOT_A_FEED, "A tag has more attributes than any feed gives one.")


def _bounded(parsed: Parsed) -> Parsed:
    beyond = len(parsed.entries) - MOST_ENTRIES
    if beyond > 0:
        parsed.entries = parsed.entries[:MOST_ENTRIES]
        parsed.skipped += beyond
    return parsed


def _fast(document: bytes, text: str) -> Parsed | None:
    try:
        feed = fastfeedparser.parse(document, include_content=True, include_tags=False, include_media=False, include_enclosures=False)
    except Exception:  # the parser names no classes; whatever it is, the other one has its turn
        return None
    entries = feed.get("entries") or []
    result = Parsed(*_about(feed.get("feed") or {}))
    for entry in entries:
        try:
            result.entries.append(_raw(entry))
        except (TypeError, ValueError, AttributeError, KeyError, IndexError):
            result.skipped += 1
    _tell_dates(result.entries, text)
    return result


def _tell_dates(entries: list[RawEntry], text: str) -> None:
    """Put in the dates that the parser could not read, as they are told, and take out those that it has read in a guid."""
    doubtful = [at for at, raw in enumerate(entries) if not raw.published or _is_date_of_guid(raw)]
    if not doubtful:
        return
    told = _told_dates(text) if _DATES.search(text) else []
    for at in doubtful:
        date = told[at] if len(told) == len(entries) else ""
        entries[at] = replace(entries[at], published=_parse_date(date) or date)


def _is_date_of_guid(raw: RawEntry) -> bool:
    """Where the parser can read no date it takes the guid for one, and a number or a single letter is easily a date."""
    guid = raw.guid
    return len(guid) <= _LONGEST_DATE and not _ADDRESS.match(guid) and _parse_date(guid) == raw.published


def _told_dates(text: str) -> list[str]:
    """The date of each entry in the document, in its own words; empty where it tells none."""
    starts = [match.start() for match in _FIRST_ENTRY.finditer(text)]
    dates = []
    for start, end in itertools.pairwise([*starts, len(text)]):
        found = {name.lower(): date.strip() for name, date in reversed(_DATE.findall(text, start, end))}
        dates.append(next((html.unescape(found[name]) for name in _DATE_NAMES if found.get(name)), ""))
    return dates


def _raw(entry: dict[str, Any]) -> RawEntry:
    summary = _text(entry.get("description"))
    content = entry.get("content")
    if content and (not summary or _MARKUP_TO_DROP.search(content[0]["value"])):
        # A description that the parser made of the content holds the text of scripts; the content lets us drop them.
        summary = _text(content[0]["value"])
    return RawEntry(
        guid=_text(entry.get("id")),
        link=_link(entry),
        title=_text(entry.get("title")),
        summary=summary,
        author=_text(entry.get("author")),
        published=_text(entry.get("published")) or _text(entry.get("updated")),
        content=_text(content[0].get("value")) if content else "",
    )


def _link(entry: dict[str, Any]) -> str:
    if link := _text(entry.get("link")):
        return link
    links = entry.get("links") or []
    chosen = next((each for each in links if each.get("rel") in (None, "alternate")), None)
    return _text(chosen.get("href")) if chosen else ""


def _slow_part(text: str) -> Parsed | None:
    """What feedparser finds in the first part of a document, as long as that is not made to keep it busy for hours."""
    end, marks = 0, 0
    for piece in text.split("<"):
        marks += 1 + piece.count("&")
        if len(_ATTRIBUTE.findall(piece)) > _MOST_ATTRIBUTES:
            return None
        if marks > _MOST_MARKS or end + len(piece) >= _LONGEST_SLOW:
            break
        end += len(piece) + 1
    part = text[: max(end - 1, 0)]
    parsed = _without_half_of_one(_slow(xml_bytes(part)), part)
    if parsed is not None and (rest := text[len(part) :]):
        parsed.whole = False
        parsed.skipped += max(len(_ENTRY_END.findall(rest)) - 1, 0)  # without that of the half one
    return parsed


def _slow(document: bytes) -> Parsed | None:
    # sanitize_html is ours to do; relative links are read from the feed's address later.
    try:
        feed = feedparser.parse(
            io.BytesIO(document),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # it lets through whatever its parts raise on names and numbers that nobody foresaw
        return None
    if not feed.get("version") and not feed.entries:
        return None
    result = Parsed(*_about(feed.feed))
    for entry in feed.entries:
        try:
            result.entries.append(_slow_raw(entry))
        except (TypeError, ValueError, AttributeError, KeyError, IndexError):
            result.skipped += 1
    return result


def _slow_raw(entry: Any) -> RawEntry:
    content = entry.get("content") or []
    return RawEntry(
        guid=_text(entry.get("id")),
        link=_link(entry),
        title=_text(entry.get("title")),
        summary=_text(entry.get("summary")) or (_text(content[0].get("value")) if content else ""),
        author=_text(entry.get("author")),
        published=_slow_date(entry),
        content=_text(content[0].get("value")) if content else "",
    )


def _slow_date(entry: Any) -> str:
    """ISO text, or the date as told where it is none: feedparser takes 31 February for one in March."""
    told = _text(entry.get("published") or dict.get(entry, "updated"))  # its own get() guesses, and warns that it does
    when = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    if day := _ISO_DAY.match(told):
        try:
            dt.date(*map(int, day.groups()))
        except ValueError:
            return told
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", when) if when else told


def _about(feed: dict[str, Any]) -> tuple[str, str, str, str]:
    links = feed.get("links") or []
    own = next((_text(link.get("href")) for link in links if isinstance(link, dict) and link.get("rel") == "self"), "")
    return _text(feed.get("title")), _text(feed.get("link")), own, _text(feed.get("language"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
