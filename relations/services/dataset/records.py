"""Contents to the records of the files: in their files, in their order, with sources in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from relations.domain.dataset.canonical import line_of
from relations.domain.dataset.shape import DYAD_LISTS, FILE_OF_DYAD, FILES, OPTIONAL, SHAPES, TITLE_LANGUAGES, Form, Parts
from relations.reference.ladder import LEVELS
from relations.reference.parties import STATES

from .contents import Content
from .reading import Contents

Record = dict[str, Any]

_IN_ORDER: Final[Mapping[str, Callable[[Record], tuple[Any, ...]]]] = {
    "statuses": lambda record: (record["date"], LEVELS.index(record["level"])),
    "declarations": lambda record: (record["date"], record["slug"]),
    "sessions": lambda record: (record["date"], record["mechanism"], record["number"] or 0),
    "visits": lambda record: (record["date_start"], record["visitor"], record["host"]),
    "events": lambda record: (record["date"], line_of(record["title"])),
    "anniversaries": lambda record: (record["month_day"], line_of(record["title"])),
    "people": lambda record: (STATES.index(record["side"]), (record["offices"] or [{}])[0].get("from") or "9999", record["slug"]),
    "sources": lambda record: (record["url"],),
}
"""What the lists without an order of their own are sorted by."""


def tree_of(contents: Contents, places: Mapping[str, Mapping[int, int]]) -> dict[str, dict[str, list[Record]]]:
    """The files that hold these contents, in which records are named by their present keys.

    `places`: by kind, the place of each row in its list, 0 where it has none yet (`reading.places`).
    """
    return _Writer(contents, places).tree()


class _Writer:
    def __init__(self, contents: Contents, places: Mapping[str, Mapping[int, int]]) -> None:
        self.contents = contents
        self.places = places
        self.source = {content["url"]: content for content in contents["sources"].values()}
        self.person = {content["slug"]: content for content in contents["people"].values()}
        self.dyad_of_mechanism = {content["slug"]: content["dyad"] for content in contents["mechanisms"].values()}
        codes = [content["code"] for content in self._in_place("initiatives")]
        self.initiative_place = {code: place for place, code in enumerate(codes)}

    def tree(self) -> dict[str, dict[str, list[Record]]]:
        tree: dict[str, dict[str, list[Record]]] = {file: {name: [] for name in lists} for file, lists in FILES.items()}
        for name in {name for lists in FILES.values() for name in lists}:
            for content in self._in_place(name):
                tree[self._file(name, content)][name].append(self._record(name, content))
        for lists in tree.values():
            for name, records in lists.items():
                if name in _IN_ORDER:
                    records.sort(key=_IN_ORDER[name])
        written = [record for lists in tree.values() for records in lists.values() for record in records]
        cited = {source["url"] for record in written for source in record.get("sources", ())}
        tree["sources"]["sources"] = [record for record in tree["sources"]["sources"] if record["url"] not in cited]
        return tree

    def _file(self, name: str, content: Content) -> str:
        if name == "sessions":
            return FILE_OF_DYAD[self.dyad_of_mechanism[content["mechanism"]]]
        if name in DYAD_LISTS:
            return FILE_OF_DYAD[content["dyad"]]
        return next(file for file, lists in FILES.items() if name in lists)

    def _in_place(self, name: str) -> list[Content]:
        """The contents of a kind by their place in their list; what has none comes after its kin, or last."""
        places, contents = self.places.get(name, {}), self.contents[name]
        placed = [contents[pk] for pk in sorted((pk for pk in contents if places.get(pk)), key=lambda pk: (places[pk], pk))]
        for pk in sorted(pk for pk in contents if not places.get(pk)):
            placed.insert(_after_kin(placed, contents[pk]) if name == "mechanisms" else len(placed), contents[pk])
        return placed

    def _record(self, name: str, content: Content) -> Record:
        record = dict(content)
        if "sources" in content:
            record["sources"] = [_in_form("source", self.source[url]) for url in content["sources"]]
        if name == "visits":
            person = self.person[content["visitor"]]
            record |= {"visitor_side": person["side"], "visitor": line_of(person["name"])}
        elif name == "declarations":
            record["initiatives"] = sorted(content["initiatives"], key=self.initiative_place.__getitem__)
            if content["state"] == "published":
                del record["state"]
        elif name == "people":
            record["aliases"] = _by_language(content["aliases"])
        elif name in ("events", "anniversaries") and [language for language, title in content["title"].items() if title] == ["en"]:
            record["title"] = content["title"]["en"]
        elif name == "outlets":
            record["feeds"] = [_in_form("feed", feed) for feed in self._in_place("feeds") if feed["outlet"] == content["slug"]]
        return _in_form(name, record)


def _after_kin(placed: list[Content], content: Content) -> int:
    """Where a mechanism without a place goes: behind its parent and that one's other descendants, else to the end."""
    family = {content["parent"]}
    last = None
    for index, other in enumerate(placed):
        if content["parent"] is not None and (other["slug"] in family or other["parent"] in family):
            family.add(other["slug"])
            last = index
    return len(placed) if last is None else last + 1


def _in_form(shape: str, record: Mapping[str, Any]) -> Record:
    """A record with its keys in the order of its shape, its parts too; what is optional comes last, where it is given."""
    forms = {**SHAPES[shape], **{key: form for key, form in OPTIONAL.get(shape, {}).items() if key in record}}
    return {key: _value_in_form(form, record[key]) for key, form in forms.items()}


def _value_in_form(form: Form, value: Any) -> Any:
    if isinstance(form, Parts):
        return [_in_form(form.shape, part) for part in value]
    return value


def _by_language(aliases: Any) -> Any:
    """Aliases with their languages in the order of titles; databases keep no order of their own."""
    if not isinstance(aliases, dict):
        return {}
    known = [language for language in TITLE_LANGUAGES if language in aliases]
    return {language: aliases[language] for language in [*known, *sorted(set(aliases) - set(known))]}
