"""The reader by lexicon and rules: deterministic, offline, the same answer for the same text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any, Final

from relations.domain.extraction import lexicon, named
from relations.domain.extraction.alphabets import narrow
from relations.domain.extraction.article import Article, Evidence, Knowledge, Links, NamedMechanism, Reading, Relevance, Value
from relations.domain.extraction.dates import date_of
from relations.domain.extraction.document import kind_of, mentions
from relations.domain.extraction.folding import canonical, fold
from relations.domain.extraction.mixed import also_in
from relations.domain.extraction.occasion import occasion_of
from relations.domain.extraction.parties import parties, relevance, standing
from relations.domain.extraction.patterns import Hit, Place
from relations.domain.extraction.people import People
from relations.domain.extraction.places import moved, place_of
from relations.domain.extraction.provisions import provisions
from relations.domain.extraction.raw import LONGEST
from relations.domain.extraction.scan import Scan, scan
from relations.domain.language import script_of

READ: Final = ("en", "fr", "zh", "ru")
"""The languages that are read; in others only names are found."""


_new: Final = tuple.__new__  # a named tuple of a tuple that is there already, at a third of the cost
_NAMED: Final = ("mechanism", "foreign", "initiative", "national", "reference")


def _hits(places: list[Place] | None) -> list[Hit]:
    """Places of one layer as hits."""
    return [_new(Hit, place) for place in places] if places else []


class LexiconReader:
    """Reads articles by the lexicon. Made once with the known records, used for many articles, by several threads if need be."""

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge or Knowledge()
        self._people = People(self.knowledge.people)

    def read(self, article: Article) -> Reading:
        """The whole reading of an article; of a text longer than any article only the beginning."""
        entire = article.whole
        whole = entire[:LONGEST]
        text, places = canonical(whole)
        looked = scan(article, text)
        reading = self._read(looked)
        if looked.language in READ and (others := also_in(text, looked.language, looked.layout.sentences)):
            warning = f"parts of the text are in other languages ({', '.join(others)}); what they say was not read"
            reading = replace(reading, warnings=(*reading.warnings, warning))
        if places is not None:
            reading = moved(reading, places, whole)
        if len(entire) > LONGEST:
            warning = f"only the first {LONGEST:,} of {len(entire):,} characters were read"
            reading = replace(reading, warnings=(*reading.warnings, warning))
        return reading

    def link(self, article: Article) -> Links:
        """Only what the article names."""
        text = article.whole[:LONGEST]
        script = script_of(text)
        letters = narrow(text, script)
        folded = letters.folded if letters else fold(text, script)
        found = lexicon.bordered_names(script).found(letters, text) if letters else lexicon.names(script).found(folded, text)
        people = self._people.named(folded, text)
        layers: defaultdict[str, list[Place]] = defaultdict(list)
        for place in found:
            layers[place[2]].append(place)
        dyads = named.dyads(layers)
        if not dyads:
            return Links(people=people)
        mechanism, foreign, initiative, national, reference = [_hits(layers.get(layer)) for layer in _NAMED]
        codes = [dyad[0] for dyad in dyads]
        mechanisms = named.mechanism_hits(mechanism, foreign, folded, six="CN-C5" in codes)
        partners = frozenset(["CN", *[code[3:] for code in codes if code and code != "CN-C5"]])
        initiatives = named.initiative_hits(initiative, national, layers["state"], partners)
        return Links(
            dyads,
            named.resolved(mechanisms, partners, self.knowledge.mechanisms),
            named.values(initiatives, "initiative by name"),
            named.values(named.grouped(reference), "document by name"),
            people,
        )

    def _read(self, looked: Scan) -> Reading:
        language = Value(looked.language, (Evidence(0, min(len(looked.text), 200), "script and frequent words"),))
        weighed = standing(looked)
        judged = relevance(looked, weighed)
        people = self._people.named(looked.folded, looked.text)
        if looked.language not in READ:
            warning = f"the language {looked.language} is not read; names only"
            return Reading(language, judged, people=people, warnings=(warning,))
        if not judged.relevant:
            return Reading(language, judged, people=people)
        return self._relevant(looked, language, judged, parties(looked, weighed), people)

    def _relevant(self, looked: Scan, language: Value, judged: Relevance, sides: tuple[Value, ...], people: Any) -> Reading:
        codes = tuple(side.value for side in sides if side.value)
        documents = mentions(looked)
        kind = kind_of(looked, documents)
        references = named.reference_hits(looked)
        earlier = named.earlier_documents(looked, documents, kind.value)
        if earlier:
            references["TREATY"] = earlier
        occasion = occasion_of(looked)
        body = looked.layout.title_end
        initiatives = named.initiative_hits(
            looked.hits("initiative", body), looked.hits("national", body), looked.hits("state"), frozenset(codes)
        )
        return Reading(
            language=language,
            relevance=judged,
            kind=kind,
            date=date_of(looked, documents, kind.value),
            place=place_of(looked, documents),
            occasion=occasion,
            parties=sides,
            mechanisms=self._mechanisms(looked, codes),
            initiatives=named.values(initiatives, "initiative by name"),
            references=named.values(references, "document by name"),
            people=people,
            provisions=provisions(looked, codes, document=kind.value is not None or occasion.kind == "session", kind=kind.value),
        )

    def _mechanisms(self, looked: Scan, codes: tuple[str, ...]) -> tuple[NamedMechanism, ...]:
        body = looked.layout.title_end
        found = named.mechanism_hits(looked.hits("mechanism", body), looked.hits("foreign"), looked.folded, six=len(codes) > 2)
        return named.resolved(found, frozenset(codes), self.knowledge.mechanisms)
