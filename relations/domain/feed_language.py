"""The language of a feed from what it says of itself, or from its script where it says nothing."""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"([a-z]{2})(?:[-_].*)?$", re.I)
_KAZAKH: Final = frozenset("әғқңөұүһі")
_ENOUGH: Final = 20


def feed_language(tag: str, sample: str) -> str:
    """A code of two letters, or nothing where neither the tag (`zh-CN`) nor the text tells. Latin script tells nothing."""
    if match := _TAG.match(tag.strip()):
        return match.group(1).lower()
    han = sum("\u4e00" <= c <= "\u9fff" for c in sample)
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in sample)
    kana = sum("\u3040" <= c <= "\u30ff" for c in sample)
    if han >= _ENOUGH and not kana:
        return "zh"
    if cyrillic >= _ENOUGH:
        return "kk" if sum(c in _KAZAKH for c in sample.lower()) > cyrillic / 20 else "ru"
    return ""
