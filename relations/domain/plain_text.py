"""Anybody's HTML as plain text: no markup, no scripts, one space between words, a bounded length."""

from __future__ import annotations

import html
import re
from typing import Final

import nh3

LONGEST_READ: Final = 20_000
"""Characters of a text that are looked at: a summary stands at its beginning."""

_TAGS: Final = "p|br|a|b|i|em|strong|div|span|img|ul|ol|li|h[1-6]|script|style|iframe|table|tr|td"
LOOKS_LIKE_MARKUP: Final = re.compile(rf"</?(?:{_TAGS})\b[^<>]*>", re.I)
# Ends of blocks part words, which the removal of tags alone would join.
_BLOCKS: Final = "p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|section|article|figure|figcaption"
_BLOCK: Final = re.compile(rf"<(?=/?(?:{_BLOCKS})\b)", re.I)
# What no text needs: controls (PostgreSQL refuses NUL), half characters, invisible joints, overrides of the direction.
UNWANTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
DROPPED_WITH_CONTENT: Final = {"script", "style", "iframe", "noscript", "template", "object", "svg", "math", "title"}
_CLEANER: Final = nh3.Cleaner(tags=set(), clean_content_tags=DROPPED_WITH_CONTENT)
_CUT: Final = "…"


def plain(markup: str | None, limit: int) -> str:
    """The text of some HTML, white space folded, at most `limit` characters (the last one is “…” where it was cut).

    Text that was escaped once too often is read twice, so that no reader meets a literal `<p>`.
    """
    text = (markup or "")[:LONGEST_READ]
    for _ in range(2):
        if "<" in text:
            text = html.unescape(_CLEANER.clean(parted(text)))
        elif "&" in text:
            text = html.unescape(text)
        if not LOOKS_LIKE_MARKUP.search(text):
            break
    return shorten(fold(text), limit)


def paragraphs(markup: str) -> str:
    """The text of a whole article in HTML, a paragraph a line. Text that was escaped once too often is read twice, as in `plain`."""
    text = markup
    for _ in range(2):
        if "<" in text:
            text = html.unescape(_CLEANER.clean(_BLOCK.sub("\n<", " ".join(text.split()) if _BLOCK.search(text) else text)))
        elif "&" in text:
            text = html.unescape(text)
        if not LOOKS_LIKE_MARKUP.search(text):
            break
    return "\n".join(line for line in map(fold, text.splitlines()) if line)


def parted(text: str) -> str:
    """Markup with a space before each block, so that its words do not join those before it."""
    return _BLOCK.sub(" <", text)


def fold(text: str) -> str:
    """One line: unwanted characters out, any run of white space as one space."""
    return " ".join(UNWANTED.sub("", text).split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where one ends near the limit."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    space = head.rfind(" ")
    if space > limit * 0.8:
        head = head[:space]
    return head.rstrip(" ,;:–—-") + _CUT
