"""The language of a text among English, French, Chinese and Russian; others are told apart as far as their script or words do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SAMPLE: Final = 600
_OTHER_CYRILLIC: Final = {
    "kk": "әғқңөұүһі", "ky": "ңөү", "tg": "ӣӯҷҳқғ", "uz": "ўқғҳ", "uk": "їєґі", "be": "ўі", "mn": "өү", "tt": "әңөүҗһ",
}  # fmt: skip
NEIGHBOURS: Final = re.compile("[" + "".join(sorted(set("".join(_OTHER_CYRILLIC.values())))) + "]")
WORDS: Final = {
    "en": "the of and to in that is for on with by as was its has from said will an at are be were which have",
    "fr": "le la les des et du en une un dans que qui pour sur par au aux avec ont est ses son cette il elle plus",
    "de": "der die das und den von zu mit auf für ist im nicht dem des ein eine als auch wird hat nach bei",
    "es": "el la los las de y en que del una un por con para es al se su como más fue lo",
    "it": "il la di che e in un una per del della con non sono al si le dei nel gli ha",
    "pt": "o a os as de e em que do da um uma para com não por no na dos se mais foi",
    "tr": "ve bir bu için ile da de olarak daha çok olan ne gibi en kadar",
    "pl": "i w na z do się nie że jest o od po dla przez oraz",
    "uz": "va bilan uchun bu bir ham qilish bo'yicha o'rtasida hamda tomonidan",
    "kk": "men jáne bolyp úshin týraly",
}
_BY_WORD: Final = {
    word: tuple(code for code, words in WORDS.items() if word in words.split()) for words in WORDS.values() for word in words.split()
}
_OWN_WORDS: Final = {code: frozenset(word for word, codes in _BY_WORD.items() if codes == (code,)) for code in WORDS}
_OF_OTHERS: Final = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")
_SCRIPTS: Final = tuple(map(re.compile, ("[\u4e00-\u9fff]+", "[\u3040-\u30ff]+", "[\uac00-\ud7a3]+")))
_EASTERN: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]+")
_LATIN: Final = re.compile("[a-z\u00e0-\u024f]+")
_ALL_BUT: Final = tuple(
    bytes(set(range(256)) - set(begun))
    for begun in (range(0xE4, 0xEA), range(0xD0, 0xD4), b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
)
"""All bytes but those with which a Chinese, a Cyrillic, a Latin letter begins in UTF-8."""
_PURE: Final = 12 / 13
_GLANCE: Final = 160
# Bytes of a character in UTF-8: Latin letters have one, with some accents, Chinese ones three.
_NARROW: Final = 1.2
_WIDE: Final = 2.4
_CYRILLIC_BYTES: Final = 1.7
_TOKEN: Final = re.compile(r"[a-zà-ÿœ'ıñşğçö]+")
_WESTERN: Final = bytes(range(256)).decode("cp1252", "ignore")
_APART: Final = bytes(n if _TOKEN.match(bytes([n]).decode("cp1252", "replace")) else 32 for n in range(256))
"""Bytes of Windows-1252: letters of words as they are, a blank for all else."""
_BY_WESTERN_WORD: Final = {word.encode("cp1252"): codes for word, codes in _BY_WORD.items() if not set(word) - set(_WESTERN)}
_ENOUGH: Final = 2


def language_of(text: str) -> str:
    """A code of two letters, `und` where nothing tells: too little text, or a language that is not known here."""
    sample = text[:_SAMPLE].lower()
    western = _western_words(sample)
    if western is not None:
        return _most_said(filter(None, map(_BY_WESTERN_WORD.get, western)))
    cyrillic, latin = _letters(_CYRILLIC, sample), _letters(_LATIN, sample)
    if not _EASTERN.search(sample):
        return _cyrillic(sample, cyrillic) if cyrillic >= latin and cyrillic > _ENOUGH else _latin(sample)
    han, kana, hangul = (_letters(script, sample) for script in _SCRIPTS)
    # A Chinese character says about as much as a word.
    if hangul > max(han, cyrillic, latin / 3):
        return "ko"
    if (han + kana) * 3 >= max(cyrillic, latin) and han + kana > _ENOUGH:
        return "ja" if kana > han / 8 else "zh"
    if cyrillic >= latin and cyrillic > _ENOUGH:
        return _cyrillic(sample, cyrillic)
    return _latin(sample)


def is_plainly(language: str, text: str) -> bool:
    """Whether the beginning of a text shows at one look that it is in this language; False says nothing."""
    sample = text[:_GLANCE].lower()
    bytes_a_character = len(sample.encode("utf-8", "replace")) / max(len(sample), 1)
    if own := _OWN_WORDS.get(language):
        return bytes_a_character < _NARROW and len(own.intersection(sample.split())) >= _ENOUGH
    if language == "ru":
        return _CYRILLIC_BYTES < bytes_a_character <= 2 and not NEIGHBOURS.search(sample) and not _EASTERN.search(sample)
    return language == "zh" and bytes_a_character > _WIDE and not _OF_OTHERS.search(sample)


def _letters(script: re.Pattern[str], sample: str) -> int:
    return len("".join(script.findall(sample)))


def script_of(text: str) -> str:
    """latin, cyrillic or han where the beginning of a text is nearly all in one script, else `mixed`."""
    if text.isascii():
        return "latin"
    sample = text[:_GLANCE]
    letters = sample.encode("utf-8", "replace")
    if len(letters) < _NARROW * len(sample):
        return "latin"
    han, cyrillic, latin = [len(letters.translate(None, others)) for others in _ALL_BUT]
    if len(letters) > _WIDE * len(sample) and not cyrillic:
        return "han"
    most = _PURE * (han + cyrillic + latin)
    return "han" if han > most else "cyrillic" if cyrillic > most else "latin" if latin > most else "mixed"


def letters_by_script(text: str) -> dict[str, int]:
    """The letters of a text: Latin and Cyrillic ones, and three for every Chinese character, which says about as much."""
    letters = text.encode("utf-8", "replace")
    han, cyrillic, latin = [len(letters.translate(None, others)) for others in _ALL_BUT]
    return {"han": 3 * han, "cyrillic": cyrillic, "latin": latin}


def _western_words(sample: str) -> list[bytes] | None:
    """The words of a text that has no letters but Latin ones of Western languages: nothing else has to be counted then. Else None."""
    try:
        return sample.encode("cp1252").translate(_APART).split()
    except UnicodeEncodeError:
        return None


def _cyrillic(sample: str, total: int) -> str:
    best, most = "ru", total / 60
    if not NEIGHBOURS.search(sample):
        return best
    for code, letters in _OTHER_CYRILLIC.items():
        own = sum(sample.count(letter) for letter in letters)
        if own > most:
            best, most = code, own
    return best


def _latin(sample: str) -> str:
    return _most_said(filter(None, map(_BY_WORD.get, _TOKEN.findall(sample))))


def _most_said(found: Iterable[tuple[str, ...]]) -> str:
    """The language that most words are of; each counts in shares for those that have it."""
    counts: dict[str, float] = {}
    for codes in found:
        share = 1 / len(codes)
        for code in codes:
            counts[code] = counts.get(code, 0) + share
    if not counts:
        return "und"
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= _ENOUGH else "und"
