"""People of the records whom an article names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from relations.domain.extraction.article import Evidence, KnownPerson, NamedPerson
from relations.domain.extraction.folding import fold_words
from relations.domain.extraction.patterns import Hit, Phrase, Phrases, longest

_TOWNS: Final = frozenset(map(fold_words, ("Turkmenbashi", "Türkmenbaşy", "Turkmenbaşi", "Туркменбаши", "土库曼巴希")))
"""Names that a port bears more often than the man: he is known by his other names."""


class People:
    """An automaton over the names of known people."""

    def __init__(self, known: Iterable[KnownPerson]) -> None:
        self._sides = {person.slug: person.side for person in known}
        self._phrases = Phrases(Phrase(words, "person", person.slug) for person in known for name in person.names for words in _forms(name))

    def named(self, folded: str, text: str) -> tuple[NamedPerson, ...]:
        """The people whom a folded text names, in the order of first mention."""
        places: dict[str, list[Evidence]] = {}
        for hit in longest(map(Hit._make, self._phrases.found(folded, text))):
            places.setdefault(hit.code, []).append(Evidence(hit.start, hit.end, "person by name"))
        return tuple(NamedPerson(slug, self._sides[slug], tuple(evidence[:3])) for slug, evidence in places.items())


def _forms(name: str) -> list[str]:
    """A name and, in Russian, its cases: the last name may go on, the first name too."""
    plain = fold_words(name).strip()
    if len(plain) < 2 or plain in _TOWNS or any(mark in plain for mark in "()|*~[]=^"):
        return []
    if not any("а" <= c <= "я" for c in plain):
        return [plain]
    stems = [word.rstrip("аеиоуыэюяйь") if len(word) > 4 else word for word in plain.split()]
    return [plain, " ".join(f"{stem}*" for stem in stems)]
