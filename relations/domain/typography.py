"""Marks of print for what was typed with those of a keyboard: the apostrophe, and what must not part at the end of a line."""

from __future__ import annotations

import re
from typing import Final

_APOSTROPHE: Final = re.compile(r"(?<=\w)'|'(?=s\b)")
_OPENING: Final = re.compile(r"(?<!\w)'(?=\w)")
_ENDING: Final = re.compile(r"(?<=\d)-(?=[а-яё])")


def fine(text: str) -> str:
    """`People's` → `People’s`, `'Revival'` → `‘Revival’`; a digit and its Cyrillic ending (`30-летия`) stay together."""
    text = _APOSTROPHE.sub("’", text)
    text = _OPENING.sub("‘", text)
    return _ENDING.sub("\u2011", text)
