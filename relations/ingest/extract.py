"""The page of an article → its text, without menus, advertisements and comments. Offline: trafilatura sees the bytes alone.

A page is anybody's: what makes a parser slow is taken out or cut before trafilatura reads it, so that the worst page within the
limit of a fetch costs some two seconds.
"""

from __future__ import annotations

import re
from typing import Final

from relations.domain.articles import Trouble, Unread, is_article, tidy
from relations.domain.failures import Failure, IngestError
from relations.ingest.decode import decode

LONGEST_PAGE: Final = 1_000_000
"""Characters of markup that are looked at, scripts and styles not counted."""
MOST_TAGS: Final = 30_000

_HEAD: Final = 8192
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|main|article|div|p)\b", re.I)
_OTHER_FILES: Final = re.compile(r"^\s*(?:application/(?!xhtml|xml|octet-stream)|image/|audio/|video/|font/)", re.I)
_PASSWORD: Final = re.compile(r"""<input\b[^>]{0,300}\btype\s*=\s*["']?password""", re.I)
_DROPPED: Final = re.compile(r"<(script|style|svg|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.S | re.I)
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_ENDLESS_TAG: Final = re.compile(r"<[^<>]{4000,}>?")
"""Nobody writes a tag of four thousand characters; with a hundred thousand attributes it would keep a parser for minutes."""


def article(body: bytes, content_type: str = "") -> str:
    """The text of an article, a paragraph a line. Raises Unread: no page, a login page, no article in it."""
    if _OTHER_FILES.match(content_type):
        raise Unread(Trouble.NOT_A_PAGE, f"The server sent {content_type.split(';')[0].strip()[:60]}.")
    try:
        page = decode(body, content_type, html=True)
    except IngestError as error:
        raise Unread(error.kind, "The page is empty." if error.kind is Failure.EMPTY else error.detail) from error
    if not _HTML.search(page, 0, _HEAD):
        raise Unread(Trouble.NOT_A_PAGE, "The answer is no web page.")
    text = tidy(_extracted(_bounded(page)))
    if is_article(text):
        return text
    if _PASSWORD.search(page):
        raise Unread(Trouble.LOGIN_PAGE, "The page asks to log in.")
    raise Unread(Trouble.NO_ARTICLE, f"{len(text)} characters were found that might be one.")


def _bounded(page: str) -> str:
    page = _XML_DECLARATION.sub("", page)  # it names a charset that a text no longer has
    page = _ENDLESS_TAG.sub(" ", _DROPPED.sub(" ", page))[:LONGEST_PAGE]
    return "<".join(page.split("<", MOST_TAGS)[:MOST_TAGS])


def _extracted(page: str) -> str:
    # Imported where it is needed: a quarter of a second that neither pages nor fetches of feeds have to wait.
    from trafilatura import bare_extraction

    found = bare_extraction(page, fast=True, include_comments=False, include_tables=True, with_metadata=False)
    return getattr(found, "text", None) or ""
