"""JSON Feed 1.0 and 1.1, read item by item: one that is malformed does not cost the others."""

from __future__ import annotations

import json
import re
from typing import Any

from relations.domain.failures import Failure, IngestError
from relations.domain.feed_entry import RawEntry

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, as JSON can spell it: nothing that reads or stores text takes one."""
_VERSION = "https://jsonfeed.org/version/"


def looks_like_json(text: str) -> bool:
    """Worth trying as a JSON Feed."""
    return text.lstrip()[:1] == "{"


def parse(text: str) -> tuple[dict[str, str], list[RawEntry], int]:
    """Title, home page, own address and language of the feed, its entries, and how many were malformed.

    Raises IngestError for JSON that is no feed.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise IngestError(Failure.NOT_A_FEED, "Neither XML nor whole JSON.") from None
    items = data.get("items")
    if not (isinstance(items, list) and (str(data.get("version", "")).startswith(_VERSION) or "title" in data)):
        raise IngestError(Failure.NOT_A_FEED, "JSON, but no JSON Feed.")
    about = {name: _text(data.get(key)) for name, key in _ABOUT.items()}
    entries = [_entry(item) for item in items if isinstance(item, dict)]
    return about, entries, len(items) - len(entries)


_ABOUT = {"title": "title", "link": "home_page_url", "self": "feed_url", "language": "language"}


def _entry(item: dict[str, Any]) -> RawEntry:
    link = _text(item.get("url")) or _text(item.get("external_url"))
    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return RawEntry(
        guid=_text(item.get("id")),
        link=link,
        title=_text(item.get("title")),
        summary=_text(item.get("summary")) or _text(item.get("content_html")) or _text(item.get("content_text")),
        author=_text(author.get("name")) if isinstance(author, dict) else _text(author),
        published=_text(item.get("date_published")) or _text(item.get("date_modified")),
    )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value if value.isascii() else _HALF.sub("\ufffd", value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
