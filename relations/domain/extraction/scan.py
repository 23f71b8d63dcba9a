"""An article looked at once: its folded text, language, sentences, and every hit of the lexicon in reach of the rules."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from relations.domain.extraction import lexicon
from relations.domain.extraction.alphabets import narrow
from relations.domain.extraction.article import SEPARATOR, Article
from relations.domain.extraction.folding import fold
from relations.domain.extraction.patterns import Hit, Place, longest
from relations.domain.extraction.sentences import Layout, Sentence, layout
from relations.domain.language import language_of, script_of

CUES: Final = (
    *("act", "modal", "says", "value", "next_meeting", "event", "speech", "say", "expert", "figures", "next", "ratify", "meta", "past"),
    *("issued", "kind", "topic", "will", "to_be", "went", "auxiliary", "describes"),
)
"""The layers that tell provisions from context."""
BIT: Final = {layer: 1 << number for number, layer in enumerate(CUES)}
"""By which `Scan.cues` tells which of them there are."""
_THINGS: Final = ("initiative", "mechanism", "reference", "kind")
_NAMED_THINGS: Final = ("initiative", "national", "mechanism", "reference")
"""Those of them whose names bring a topic along."""
_NAMES: Final = frozenset(("state", "trap", "project", "actor", "leader"))


@dataclass
class Scan:
    """What the rules look at. All places count characters of `text`."""

    text: str
    folded: str
    language: str
    layout: Layout
    published: dt.date | None
    places: list[Place]
    """Every hit of the lexicon, in order,"""
    layers: dict[str, list[Hit]]
    """and by layer."""
    starts: dict[str, list[int]] = field(default_factory=dict)
    kept: dict[tuple[int, int], Any] = field(default_factory=dict)
    """What was found in a span before: subjects,"""
    weighed: dict[tuple[int, int], Any] = field(default_factory=dict)
    """and the weights of topics."""

    def hits(self, layer: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """The hits of a layer that lie in a span, in order."""
        found = self.layers.get(layer)
        if not found:
            return []
        starts = self.starts.get(layer)
        if starts is None:
            starts = self.starts[layer] = [hit[0] for hit in found]
        first = bisect_left(starts, start)
        if end is None:
            return found[first:]
        last = bisect_left(starts, end, first)
        return [hit for hit in found[first:last] if hit[1] <= end] if first < last else []

    def cues(self, start: int, end: int) -> int:
        """Which of the layers that tell provisions from context a span has, as a sum of their bits."""
        starts, ends, bits = self._cues
        found = 0
        for at in range(bisect_left(starts, start), bisect_left(starts, end)):
            if ends[at] <= end:
                found |= bits[at]
        return found

    @cached_property
    def _cues(self) -> tuple[list[int], list[int], list[int]]:
        cues = [place for place in self.places if place[2] in BIT]
        return [cue[0] for cue in cues], [cue[1] for cue in cues], [BIT[cue[2]] for cue in cues]

    def has(self, layer: str, start: int, end: int) -> bool:
        """Whether a layer has a hit in a span."""
        return layer in self.layers and bool(self.hits(layer, start, end))

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.layout.sentences

    @property
    def title(self) -> tuple[int, int]:
        return 0, self.layout.title_end

    @cached_property
    def named(self) -> list[Hit]:
        """States, traps, projects, other actors and leaders, the longest at each place; what stands in the dateline is left out."""
        line = self.layout.dateline
        found = [Hit(*place) for place in longest([place for place in self.places if place[2] in _NAMES])]
        if line:
            found = [hit for hit in found if not (line[0] <= hit.start < line[1])]
        return found

    def named_in(self, start: int, end: int) -> list[Hit]:
        """Those of `named` that lie in a span."""
        starts = self._named_starts
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        return [hit for hit in self.named[first:last] if hit[1] <= end] if first < last else []

    @cached_property
    def _named_starts(self) -> list[int]:
        return [hit[0] for hit in self.named]

    @cached_property
    def _names(self) -> list[tuple[int, int]]:
        return sorted((hit[0], hit[1]) for layer in _THINGS for hit in self.layers.get(layer, ()))

    def names_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where a span names initiatives, mechanisms and documents, whose words are no words of the sentence."""
        first = bisect_left(self._names, (start, start))
        last = bisect_left(self._names, (end, end))
        return self._names[first:last]

    @cached_property
    def _named_things(self) -> list[Hit]:
        return sorted(hit for layer in _NAMED_THINGS for hit in self.layers.get(layer, ()))

    @cached_property
    def _named_things_starts(self) -> list[int]:
        return [hit[0] for hit in self._named_things]

    def things_in(self, start: int, end: int) -> list[Hit]:
        """Initiatives, national strategies, mechanisms and documents that a span names, the longest at each place."""
        starts = self._named_things_starts
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        return longest([hit for hit in self._named_things[first:last] if hit[1] <= end]) if first < last else []

    @cached_property
    def dateline_states(self) -> list[Hit]:
        """States named by the dateline."""
        line = self.layout.dateline
        return self.hits("state", *line) if line else []

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence at a place; None in the title, a header or the dateline."""
        sentences = self.layout.sentences
        at = bisect_right(self._sentence_starts, place) - 1
        return sentences[at] if at >= 0 and place < sentences[at].end else None

    def sentences_of(self, hits: list[Hit]) -> set[int]:
        """The numbers of the sentences in which hits begin."""
        sentences, starts = self.layout.sentences, self._sentence_starts
        numbers = {(bisect_right(starts, hit[0]) - 1, hit[0]) for hit in hits}
        return {at for at, place in numbers if at >= 0 and place < sentences[at][1]}

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.layout.sentences]


def scan(article: Article, text: str) -> Scan:
    """Scan a canonical text of an article."""
    language = language_of(text)
    script, new = script_of(text), tuple.__new__
    letters = narrow(text, script)
    folded = letters.folded if letters else fold(text)
    bordered = lexicon.bordered(language, script) if letters else None
    hits = bordered.found(letters, text) if bordered and letters else lexicon.everything(language).found(folded, text)
    layers: defaultdict[str, list[Hit]] = defaultdict(list)
    for place in hits:
        layers[place[2]].append(new(Hit, place))
    title_end = text.index(SEPARATOR) if article.title and SEPARATOR in text else 0
    return Scan(text, folded, language, layout(text, title_end), article.published, hits, dict(layers))
