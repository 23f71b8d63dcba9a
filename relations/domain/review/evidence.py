"""A text in pieces, so that a page can mark the words from which something was read. Pure: no markup, only places."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of a text and what was read from them: a provision by its number, or the name of a field."""

    start: int
    end: int
    provision: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Segment:
    """A piece of the text. `provisions` that hold it, the shortest first; `fields` read from it; `begins`: numbers that begin here."""

    text: str
    provisions: tuple[int, ...] = ()
    fields: tuple[str, ...] = ()
    begins: tuple[int, ...] = ()


def segments(text: str, spans: Iterable[Span]) -> list[Segment]:
    """The text cut wherever a span begins or ends; joined again, the pieces are the text. Spans outside of it are left out."""
    known = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    borders = sorted({0, len(text), *(span.start for span in known), *(span.end for span in known)})
    by_length = sorted(known, key=lambda span: (span.end - span.start, span.start))
    made: list[Segment] = []
    for start, end in itertools.pairwise(borders):
        over = [span for span in by_length if span.start <= start and end <= span.end]
        made.append(Segment(text[start:end], _numbers(over), _fields(over), _numbers([span for span in over if span.start == start])))
    return made


def _numbers(spans: Sequence[Span]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(span.provision for span in spans if span.provision is not None))


def _fields(spans: Sequence[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.field for span in spans if span.field))
