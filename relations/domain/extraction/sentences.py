"""Sentences with their places, the title, and the dateline that says where and when a report was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

_END: Final = re.compile(r"[.!?…]+[\"')\]]*(?= |$)|[。！？!?]+[\"”’』」）)]*")
_POINT: Final = re.compile("[.!?…。！？]")
"""With which an end begins: one set of characters is found faster than the whole expression."""
# A point after these ends no sentence; one letter is an initial.
_SHORT: Final = re.compile(
    r"(?:^|[\s(\"'-])(?:[^\W\d_]|mr|mrs|ms|dr|prof|gen|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|vs|etc|u\.s|u\.n|inc|co|ltd|st|"
    r"mm|mme|mlle|m|art|av|env|p|pp|г|гг|им|ул|тыс|млн|млрд|долл|руб|т\.е|т\.д|т\.п|др|проф|ст|см|п|пп|с\.г|e\.g|i\.e|cf|a\.m|p\.m)\.$"
)
_DATELINE: Final = (
    # ASTANA, 4 juillet (AFP) — / BEIJING, Jan. 25 -- / ALMATY — / Bichkek, 6 juin (24-Presse). — / Tashkent, correspondence: —
    re.compile(r"[^\n.!?;:\"«“]{2,45}?(?:[.,]? ?[^\n!?;\"«“]{0,14}\d{1,2}[^\n!?;\"«“]{0,30}?)?(?:[(/][^)/\n]{1,50}[)/])"
        r"?[.,]?\s?(?:—|–|--|―|-(?=\s))\s"),
    re.compile(r"[A-ZÀ-ÝА-ЯЁ][A-ZÀ-ÝА-ЯЁ' -]{2,30}(?:\([^)\n]{1,30}\))?[,.]? (?:[^\n.!?;:]{0,25}\d{1,2}[^\n.!?;:]{0,25}\.)"
        r"(?: ?[A-ZА-ЯЁ/. -]{3,30}[.:—–-]+)?"),
    re.compile(r"[A-ZÀ-ÝА-ЯЁ][\w'’ -]{2,25}[,.] (?:(?:le )?\d{1,2} [^\W\d]{3,9}|\d{1,2}[./]\d{1,2}[./](?:20)?\d\d|"
        r"[A-Z][a-z]{2,8}\.? \d{1,2})\.?(?:,? \d{4})?"
        r"(?: г\.)?[.,]? ?(?:/[^/\n]{2,30}/|\([^)\n]{2,30}\))?[.:]? ?(?:—|–|--|-|\.|:)? ?"),
    re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁ' -]{2,25} ?[:/(](?:[^)\n/:]{0,30}[)/:])? "),
    re.compile(r"(?:【[^】\n]{1,20}】|（[^）\n]{1,20}）|\([^)\n]{1,20}\))\s*(?:[^，。\n]{0,24}(?:电|電|讯|訊|消息|报道|報道)[：:，, ]?)?"),
    re.compile(r"[^，。；\n]{2,28}?(?:日|报|网|社)?(?:电|電|综合消息|消息|讯|訊|报道|報道|综合报道)\s*(?:[（(][^）)\n]{1,30}[）)])?[：:，]?\s*"),
)  # fmt: skip
_ZH_DATELINE: Final = re.compile(r"(?:电|電|讯|訊|消息|报道|報道)")
_VERBISH: Final = re.compile(r"\b(?:a|ont|est|sont|has|have|is|are|was|were|will|said)\b")
_SITE: Final = re.compile("网站|網站|部|局")
_HEADER: Final = 110
_LONG_WORD: Final = 5
_LONGEST: Final = 1500
_BLANKS: Final = " \t\n\u00a0\u3000"


class Sentence(NamedTuple):
    """A sentence of the body by its places in the text; `number` counts from 0, `paragraph` too."""

    start: int
    end: int
    number: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is built: where its title ends, headers without a sentence, the dateline, the sentences."""

    title_end: int
    headers: tuple[tuple[int, int], ...]
    dateline: tuple[int, int] | None
    sentences: tuple[Sentence, ...]


def layout(text: str, title_end: int) -> Layout:
    """The layout of a text whose title ends at `title_end` (0 without one)."""
    headers: list[tuple[int, int]] = []
    sentences: list[Sentence] = []
    dateline: tuple[int, int] | None = None
    number = 0
    for start, end in _paragraphs(text, title_end):
        piece = text[start:end]
        if not sentences:
            if end - start <= _HEADER and not _END.search(piece):
                headers.append((start, end))
                continue
            if dateline is None and (length := _dateline(piece)):
                dateline = (start, start + length)
                start += length
        for whole in _sentences(text, start, end):
            pieces = _bounded(text, *whole) if whole[1] - whole[0] > _LONGEST else (whole,)
            for first, last in pieces:
                sentences.append(Sentence(first, last, len(sentences), number))
        number += 1
    return Layout(title_end, tuple(headers), dateline, tuple(sentences))


def _paragraphs(text: str, start: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = start
    for line in text[start:].split("\n"):
        if line.strip():
            left = len(line) - len(line.lstrip())
            lines.append((at + left, at + len(line.rstrip())))
        elif lines:
            lines.append((at, at))
        at += len(line) + 1
    widths = [last - first for first, last in lines if last > first]
    wrapped = len(widths) > 8 and max(widths) <= 100 and sum(w > 0.6 * max(widths) for w in widths) > 0.6 * len(widths)
    found: list[tuple[int, int]] = []
    joined = False
    for first, last in lines:
        if first == last:
            joined = False
        elif joined:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
            joined = wrapped
    return found


def _dateline(paragraph: str) -> int:
    head = paragraph[:110]
    chinese = any("\u4e00" <= c <= "\u9fff" for c in head[:4])
    for pattern in _DATELINE[-2:] if chinese else _DATELINE:
        match = pattern.match(head)
        if match and not _SITE.search(match.group()) and not _VERBISH.search(match.group().lower()) and len(match.group()) < len(paragraph):
            return match.end()
    return 0


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = last = start
    for point in _POINT.finditer(text, start, end):
        at = point.start()
        if at < last:  # of the marks of an end before
            continue
        match = _END.match(text, at, end)
        if match is None:
            continue
        last = match.end()
        if text[at] == "." and not _really_ends(text, first, at, last, end):
            continue
        found.append((_skip(text, first, last) if text[first] in _BLANKS else first, last))
        first = last
    if text[first:end].strip():
        found.append((_skip(text, first, end), end))
    return found


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces that a person could read: text without any full stop is cut at blanks."""
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = blank if blank > 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _BLANKS:
        start += 1
    return start


def _really_ends(text: str, first: int, point: int, last: int, end: int) -> bool:
    following = text[last : last + 3].lstrip(" \u00a0\"“«'(—–-")
    if following and following[0].islower():
        return False
    # No abbreviation has so many letters: most words are spared the search.
    long_word = text[max(first, point - _LONG_WORD) : point].isalpha() and point - first >= _LONG_WORD
    if not long_word and _SHORT.search(text[max(first, point - 8) : point + 1].lower()):
        word = text[max(first, point - 8) : point].rsplit(" ", 1)[-1]
        # "г." and "млрд." may end a sentence; an initial or a title never does.
        return (
            word.lower() in ("г", "гг", "др", "млрд", "млн", "тыс", "долл", "руб", "etc", "co", "p.m", "a.m", "u.s", "u.n")
            and last < end
            and following[:1].isupper()
        )
    return not (text[point - 1 : point].isdigit() and following[:1].isdigit())
