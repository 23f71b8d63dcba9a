"""The words by which articles are read: phrases in English, French, Chinese and Russian as data files that editors extend.

The files stand in `reading/`; docs/reading.md says what each one is for. A phrase is written in small letters without accents:
`a|b` in round brackets are alternatives, an empty one makes the others optional; `*` ends a word that may go on (`kazakh*`);
`~` is a gap of up to four words; `^` before a phrase wants a capital letter in the text, `=` exactly this spelling.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).with_name("reading")
LANGUAGES: Final = ("en", "fr", "zh", "ru")
_WILD: Final = re.compile(r"[*~\[]")
_GROUP: Final = re.compile(r"\(([^()]*)\)(\*?)")


@functools.cache
def reading_words(name: str) -> dict[str, Any]:
    """The content of `reading/NAME.json`, read once. Treat it as read-only. Raises FileNotFoundError for an unknown name."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content


@functools.cache
def simplified() -> dict[int, str]:
    """Traditional Chinese characters and the simplified ones that stand for them, for `str.translate`."""
    text = "".join((FOLDER / "traditional.txt").read_text("utf-8").split())
    pairs = itertools.batched(text, 2) if hasattr(itertools, "batched") else zip(text[::2], text[1::2], strict=True)
    return {ord(one): other for one, other in pairs if one != other}


def expanded(phrase: str) -> list[str]:
    """The phrases that alternatives in brackets stand for: `(the |)sides` → `the sides`, `sides`. Innermost brackets first.

    Brackets that follow a wildcard are left as they are: only the beginning of a phrase has to be fixed.
    """
    match = _GROUP.search(phrase)
    if not match:
        return [phrase]
    before, after = phrase[: match.start()], phrase[match.end() :]
    if "(" not in before and _WILD.search(before):
        return [phrase]
    star = match.group(2)
    found: dict[str, None] = {}
    for one in match.group(1).split("|"):
        found |= dict.fromkeys(expanded(before + one + (star if one and not one.endswith("*") else "") + after))
    return list(found)
