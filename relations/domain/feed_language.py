"""The language of a feed and of what it tells: of an item by its own text, of a feed by its word or by the texts of its items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from relations.domain.language import is_plainly, language_of

_TAG: Final = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.I)
_KAZAKH: Final = frozenset("әғқңөұүһі")
_ENOUGH: Final = 20
_SHORT: Final = 80
"""Characters. A shorter text may well hold two words or a name of a language of the same script that it is not in."""
_SCRIPTS: Final = {"zh": "han", "ja": "han", "ko": "hangul", **dict.fromkeys(("ru", "kk", "ky", "tg", "uk", "be", "mn", "tt"), "cyrillic")}
_EITHER: Final = frozenset(("kk", "uz", "tg", "mn", "tt"))
"""Languages of our feeds that are written in two scripts."""


def feed_language(tag: str, sample: str) -> str:
    """A code of two letters, or nothing where neither the tag (`zh-CN`) nor the text tells. Latin script tells nothing."""
    if told := _of_tag(tag):
        return told
    han = sum("\u4e00" <= c <= "\u9fff" for c in sample)
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in sample)
    kana = sum("\u3040" <= c <= "\u30ff" for c in sample)
    if han >= _ENOUGH and not kana:
        return "zh"
    if cyrillic >= _ENOUGH:
        return "kk" if sum(c in _KAZAKH for c in sample.lower()) > cyrillic / 20 else "ru"
    return ""


def language_of_items(tag: str, languages: Iterable[str]) -> str:
    """The language of a feed: what its tag says, else that in which more than half of its items are, as far as theirs are known."""
    if told := _of_tag(tag):
        return told
    found = Counter(filter(None, languages))
    (code, most), *_rest = found.most_common(1) or [("", 0)]
    return code if most * 2 > found.total() else ""


def item_language(text: str, of_feed: str) -> str:
    """The language of an item by its own text (title and summary), or that of its feed where the text does not tell."""
    if is_plainly(of_feed, text):
        return of_feed
    found = language_of(text)
    if found == "und":
        return of_feed
    if of_feed and len(text) < _SHORT and _may_look_alike(found, of_feed):
        return of_feed
    return found


def _may_look_alike(found: str, of_feed: str) -> bool:
    one, other = _SCRIPTS.get(found, "latin"), _SCRIPTS.get(of_feed, "latin")
    return one == other or (of_feed in _EITHER and one in {"latin", "cyrillic"})


def _of_tag(tag: str) -> str:
    match = _TAG.match(tag.strip())
    return match.group(1).lower() if match else ""
