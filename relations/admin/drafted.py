"""What a text that was read brings along beyond its draft: who will have signed, and the words from which each value was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from relations.domain.review import form_of
from relations.models import Person
from relations.services import editing

_OFFICES: Final[Mapping[str, frozenset[str]]] = {
    "head_of_state": frozenset(("President", "Acting President")),
    "head_of_government": frozenset(
        ("Prime Minister", "Acting Prime Minister", "Premier", "Acting Premier", "Chairman of the Cabinet of Ministers")
    ),
    "minister": frozenset(("Minister of Foreign Affairs", "Acting Minister of Foreign Affairs")),
}
"""Who signs at a level, by the offices as the records name them."""
_MOST_QUOTES: Final = 6
_FIELDS: Final = {
    "kind": _("Kind"),
    "date": _("Date"),
    "place": _("Place"),
    "occasion": _("Occasion"),
    "parties": _("Parties"),
    "mechanisms": _("Mechanisms"),
    "initiatives": _("Initiatives"),
    "references": _("References"),
    "people": _("People"),
}


def signatories(read: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A row for each party: the person named in the text who held the office of the document's level, where there is one."""
    draft = form_of(read)
    offices = _OFFICES.get(draft.level, frozenset())
    slugs = [slug for slug in read.get("people", ()) if isinstance(slug, str)]
    people = {one.slug: one for one in Person.objects.filter(slug__in=slugs, side__in=draft.parties).prefetch_related("terms")}
    found: dict[str, dict[str, Any]] = {}
    for person in (people[slug] for slug in slugs if slug in people):
        office = editing.office_at(person, draft.date)
        if person.side not in found and offices & set(office.split(" and ")):
            row = {"side": person.side, "person": person.pk, "name": person.name_en}  # type: ignore[attr-defined]
            found[person.side] = {**row, "office": office if draft.date else ""}
    sides = draft.parties if len(draft.parties) == 2 else [side for side in draft.parties if side in found]
    return [found.get(side, {"side": side}) for side in sides]


def quotes(read: Mapping[str, Any], text: str) -> dict[str, list[str]]:
    """The words of the text from which each field was read, each once, by the name of the field."""
    evidence = read.get("evidence", {})
    told = {name: _words(evidence.get(name), text) for name in _FIELDS}
    return {name: words[:_MOST_QUOTES] for name, words in told.items() if words}


def labelled(kept: Any) -> list[tuple[Any, list[str]]]:
    """The words of `quotes` under the labels of their fields."""
    return [(label, kept[name]) for name, label in _FIELDS.items() if kept.get(name)] if isinstance(kept, dict) else []


def _words(told: Any, text: str) -> list[str]:
    """The words at all places that stand somewhere in a piece of evidence, whatever its shape."""
    if isinstance(told, dict) and "start" in told:
        return [" ".join(text[told["start"] : told["end"]].split())]
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return list(dict.fromkeys(words for part in parts for words in _words(part, text) if words))
