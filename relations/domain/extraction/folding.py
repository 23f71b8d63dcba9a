"""Texts in the form in which they are matched, and the way back to the places of the original.

Two steps. `canonical` takes out what nobody sees (invisible marks, decomposed letters, runs of spaces) and remembers where the
rest stood; most texts are canonical as they are. `fold` then changes letters only, never the length: small letters, no accents
on Latin letters, one kind of apostrophe, dash, quote and space, ё as е, simplified Chinese characters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from relations.reference.reading_words import simplified

_PLAIN: Final = {
    "'": "’‘ʼʻ`´′",
    "-": "‐‑‒–—―－−─",
    '"': "“”„«»‹›「」『』＂",
    " ": "\u00a0\u202f\u3000\u2009\u2002\u2003\n\t\r",
    "e": "éèêëēě", "a": "àâäāáã", "c": "ç", "i": "ïîìíī", "o": "ôöóòō", "u": "ùûüúū", "n": "ñ",
    "е": "ё", ",": "，", ".": "．", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！",
}  # fmt: skip
_PAIRS: Final = tuple((variant, plain) for plain, variants in _PLAIN.items() for variant in variants)
_ACCENTED: Final = frozenset("eaciioun")
_PLAIN_OF: Final = dict(_PAIRS)
_VARIANTS_OF: Final = {
    script: re.compile("[" + "".join(variant for variant, plain in _PAIRS if plain not in without) + "]")
    for script, without in (("", ()), ("cyrillic", _ACCENTED), ("han", _ACCENTED | {"е"}))
}
"""What has to be looked for in a text of one script."""
_TYPOGRAPHIC: Final = tuple(pair for pair in _PAIRS if ord(pair[0]) > 0xFF and pair[1] not in _ACCENTED and pair[1] != "е")


def _folded_byte(number: int) -> int:
    low = chr(number).lower()
    plain = next((plain for variant, plain in _PAIRS if variant == low), low)
    return ord(plain)


_TABLE: Final = bytes(_folded_byte(number) for number in range(256))
LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґәғқңөұүһўҷӣӯҳœæßøłşğıščž")
"""Letters of folded words; a Chinese character is none, so that `访问kazakhstan` names the country."""
_MARKS: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LIGATURES: Final = {"œ": "oe", "æ": "ae"}
_TRADITIONAL: Final = re.compile("[國關為會與對發經區這來領們雙簽東長問開門電體學無業聯協議訪]")


def canonical(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text without what nobody sees, and the place of each of its characters in `text`; None where nothing changed."""
    if unicodedata.is_normalized("NFC", text) and "  " not in text.replace("\n", "") and not _odd(text):
        return text, None
    letters: list[str] = []
    places: list[int] = []
    at, size = 0, len(text)
    while at < size:
        end = at + 1
        while end < size and unicodedata.combining(text[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", text[at:end]):
            if _MARKS.match(letter) or (letter in " \t\u00a0" and letters and letters[-1] in " \t\u00a0"):
                continue
            letters.append(letter)
            places.append(at)
        at = end
    return "".join(letters), tuple(places)


def back(places: tuple[int, ...] | None, start: int, end: int) -> tuple[int, int]:
    """The span of the original text for a span of the canonical one."""
    if places is None or not places:
        return start, end
    last = len(places) - 1
    return places[min(start, last)], places[min(max(end - 1, start), last)] + 1


def fold(text: str, script: str = "") -> str:
    """The text as it is matched: the same length, so that places are the same in both. A known `script` spares some looks."""
    if script == "latin":
        plain_text = fold_latin(text)
        if plain_text is not None:
            return plain_text
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if low.isascii():
        return low.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("`", "'")
    for variant in set((_VARIANTS_OF.get(script) or _VARIANTS_OF[""]).findall(low)):
        low = low.replace(variant, _PLAIN_OF[variant])
    if script in ("latin", "cyrillic"):
        return low
    return low.translate(simplified()) if _TRADITIONAL.search(low) else low


def fold_latin(text: str) -> str | None:
    """Fold a text of Latin letters by one table of bytes; None where it has letters beyond that table."""
    if not text.isascii():
        for variant, plain in _TYPOGRAPHIC:
            if variant in text:
                text = text.replace(variant, plain)
    try:
        return text.encode("latin-1").translate(_TABLE).decode("latin-1")
    except UnicodeEncodeError:
        return None


def fold_words(words: str) -> str:
    """A pattern or name in the folded form."""
    return fold(unicodedata.normalize("NFC", words))


def _odd(text: str) -> bool:
    """Whether there are invisible marks: most texts are spared the search by one look at their script."""
    if not text.isascii():
        return _MARKS.search(text) is not None
    return not text.replace("\n", "").replace("\t", "").replace("\r", "").isprintable()
