"""Anybody's HTML as what is shown of it: plain text, and the little HTML of a few tags where that says more.

Links lead to public pages over http or https; nothing runs, nothing loads. The markup is read once for both.
"""

from __future__ import annotations

import html
import re
from typing import Final

import nh3

from relations.domain import links
from relations.domain.plain_text import DROPPED_WITH_CONTENT, LONGEST_READ, LOOKS_LIKE_MARKUP, UNWANTED, fold, parted, shorten

TAGS: Final = {"p", "br", "a", "em", "strong", "ul", "ol", "li", "blockquote", "q"}
_REL: Final = "nofollow noopener noreferrer external"
_CLEANER: Final = nh3.Cleaner(tags=TAGS, attributes={"a": {"href"}}, clean_content_tags=DROPPED_WITH_CONTENT, link_rel=None)
_SHOWN: Final = nh3.Cleaner(
    tags=TAGS, attributes={"a": {"href"}}, clean_content_tags=DROPPED_WITH_CONTENT, url_schemes={"http", "https"}, link_rel=_REL
)
_READINGS: Final = 2
"""Text that was escaped once too often is read twice, so that no reader meets a literal `<p>`."""

# What says the same in other words.
_SYNONYMS: Final = {"b": "strong", "i": "em", "div": "p", "cite": "em", **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "p")}
_SYNONYM: Final = re.compile(rf"<(/?)({'|'.join(_SYNONYMS)})(?=[\s>/])", re.I)
# Of what nh3 gives: tags without attributes but `href`, whose value holds no quote and no angle bracket that is not escaped.
_TAG: Final = re.compile(r"<[^>]*>")
_LINK: Final = re.compile(r'<a(?: href="([^"]*)")?>(.*?)</a>', re.S)
_TELLS: Final = re.compile(r"<(?:a href|em|strong|[uo]l|li|blockquote|q)\b|<br>|<p>.*<p>", re.S)
_NOTHING: Final = re.compile(r"<(p|em|strong|li|ul|ol|blockquote|q)>(?:\s|&nbsp;|<br>)*</\1>")
_EMPTY: Final = ("<br>", "&nbsp;")
_PART: Final = re.compile(r"<(/?)([a-z]+)[^>]*>|[^<]+")
_HALF: Final = re.compile(r"&[^;\s]{0,10}$")
_UNSAFE: Final = re.compile(r"[<>\"'`{}|^\\\s]")


def summary(markup: str | None, base: str, limit: int) -> tuple[str, str]:
    """Plain text of at most `limit` characters, and HTML of as many, empty where the plain text says the same.

    Relative links are read from `base`.
    """
    text = (markup or "")[:LONGEST_READ]
    cleaned = ""
    for _ in range(_READINGS):
        if "<" in text:
            cleaned = _cleaned(text)
            text = html.unescape(_TAG.sub("", cleaned))
        elif "&" in text:
            text = html.unescape(text)
        if not LOOKS_LIKE_MARKUP.search(text):
            break
    plain = shorten(fold(text), limit)
    return plain, _kept(cleaned, base, limit) if plain and cleaned else ""


def shown(kept: str) -> str:
    """HTML as it may stand in a page, whatever was stored: the same tags and links once more, and nothing else."""
    return _SHOWN.clean(kept)


def _cleaned(text: str) -> str:
    return _CLEANER.clean(parted(_SYNONYM.sub(_synonym, text)))


def _kept(cleaned: str, base: str, limit: int) -> str:
    if "<a" in cleaned:
        cleaned = _LINK.sub(lambda match: _link(match, base), cleaned)
    if not _TELLS.search(cleaned):
        return ""
    cleaned = UNWANTED.sub("", cleaned)
    while (shorter := _NOTHING.sub("", cleaned)) != cleaned:
        cleaned = shorter
    cleaned = _stripped(cleaned)
    if len(cleaned) > limit:
        cleaned = _shortened(cleaned, limit)
    return cleaned if _TELLS.search(cleaned) else ""


def _link(match: re.Match[str], base: str) -> str:
    href, text = match.groups()
    url = links.article_link(html.unescape(href or ""), base)
    if not url or not text.strip():
        return text
    safe = html.escape(_UNSAFE.sub(lambda found: f"%{ord(found.group()):02X}", url))
    return f'<a href="{safe}" rel="{_REL}">{text}</a>'


def _stripped(text: str) -> str:
    """Without white space and line breaks at either end."""
    before = None
    while before != text:
        before, text = text, text.strip()
        for empty in _EMPTY:
            text = text.removeprefix(empty).removesuffix(empty)
    return text


def _synonym(match: re.Match[str]) -> str:
    return f"<{match.group(1)}{_SYNONYMS[match.group(2).lower()]}"


def _shortened(kept: str, limit: int) -> str:
    """At most so many characters of text; what is open then is closed."""
    left = limit
    open_tags: list[str] = []
    for part in _PART.finditer(kept):
        closing, tag = part.groups()
        if tag is None:
            if len(part.group()) > left:
                text = _HALF.sub("", part.group()[: max(left - 1, 0)])
                return kept[: part.start()] + text.rstrip() + "…" + "".join(f"</{name}>" for name in reversed(open_tags))
            left -= len(part.group())
        elif closing:
            open_tags.remove(tag)
        elif tag != "br":
            open_tags.append(tag)
    return kept
