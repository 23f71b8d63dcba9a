"""Whether dataset files can be loaded: the form of every record, and what must hold among them.

What the database would refuse is refused here, with the place and what is expected. What is only doubtful (a session
before its mechanism was founded) is the business of the sanity report, `sanity.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from relations.reference.lexicon import REFERENCE_DOCUMENTS
from relations.reference.parties import sides_open_to

from .canonical import line_of
from .forms import Codes, Fault, faults, shown
from .shape import DYAD_OF_FILE, FILES, SHAPES, Many, Parts, Ref

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "statuses": ("dyad", "level"),
    "declarations": ("slug",),
    "mechanisms": ("slug",),
    "sessions": ("mechanism", "date", "number"),
    "visits": ("visitor_side", "visitor", "host", "date_start"),
    "events": ("dyad", "date", "title"),
    "anniversaries": ("dyad", "month_day", "title"),
    "people": ("slug",),
    "initiatives": ("code",),
    "indicators": ("code",),
    "values": ("indicator", "dyad", "reporter", "scope", "period"),
    "outlets": ("slug",),
    "sources": ("url",),
}
"""The keys of a record that no two records of a list have in common."""

_LOOKS_LIKE_A_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*-(19|20)\d\d(-[a-z0-9]+)*")
_LOOKS_LIKE_A_CODE: Final = re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps the files from being loaded, and where it is."""

    file: str
    record: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{', '.join(part for part in (f'{self.file}.json', self.record, self.field) if part)}: {self.message}"


@dataclass(frozen=True, slots=True)
class Place:
    """A record and where it stands."""

    file: str
    name: str
    index: int
    record: Any

    def problem(self, fault: Fault) -> Problem:
        return Problem(self.file, str(self), *fault)

    def __str__(self) -> str:
        return f"{self.name}[{self.index}]{self._key()}"

    def _key(self) -> str:
        if not isinstance(self.record, dict):
            return ""
        parts = [self.record.get(key) for key in KEYS[self.name]]
        words = [part.get("en") if isinstance(part, dict) else part for part in parts]
        text = " ".join(str(word) for word in words if isinstance(word, str | int))
        return f" ({text[:120]})" if text else ""


def check(tree: Any, codes: Codes) -> list[Problem]:
    """Everything that keeps these files from being loaded; nothing where they can be. `tree`: by file, its JSON."""
    problems = list(_check_lists(tree))
    if problems:
        return problems
    places = [
        Place(file, name, index, record) for file, lists in FILES.items() for name in lists for index, record in enumerate(tree[file][name])
    ]
    sound = []
    for place in places:
        found = [place.problem(fault) for fault in faults(place.name, place.record, codes)]
        problems += found
        if not found:
            sound.append(place)
    known = _Known(places)
    for place in sound:
        problems += [place.problem(fault) for fault in _check_record(place, known)]
    problems += _check_uniqueness(sound)
    problems += _check_sources(sound)
    return problems


def _check_lists(tree: Any) -> Iterator[Problem]:
    for file, lists in FILES.items():
        content = tree[file]
        if not isinstance(content, dict):
            yield Problem(file, "", "", f"expected the lists {', '.join(lists)}, found {shown(content)}")
            continue
        for name in lists:
            if not isinstance(content.get(name), list):
                yield Problem(file, "", name, "expected a list" if name in content else "the list is missing")
        for name in content:
            if name not in lists:
                yield Problem(file, "", name, f"there is no such list; expected {', '.join(lists)}")


class _Known:
    """The keys that records may name, those of records with a fault of their own included."""

    def __init__(self, places: list[Place]) -> None:
        self.keys: dict[str, set[str]] = {name: set() for name in KEYS}
        self.people: set[tuple[str, str]] = set()
        self.parents: dict[str, str | None] = {}
        for place in places:
            if not isinstance(place.record, dict):
                continue
            if len(KEYS[place.name]) == 1 and isinstance(key := place.record.get(KEYS[place.name][0]), str):
                self.keys[place.name].add(key)
            if place.name == "people" and isinstance(name := place.record.get("name"), dict):
                self.people.add((str(place.record.get("side")), line_of(name)))
            elif place.name == "mechanisms":
                self.parents[str(place.record.get("slug"))] = place.record.get("parent")
            for source in place.record.get("sources") or ():
                if isinstance(source, dict) and isinstance(source.get("url"), str):
                    self.keys["sources"].add(source["url"])

    def ring(self, slug: str) -> bool:
        """Whether a mechanism is its own ancestor."""
        seen: set[str] = set()
        above = self.parents.get(slug)
        while isinstance(above, str) and above not in seen:
            seen.add(above)
            above = self.parents.get(above)
        return slug in seen


def _check_record(place: Place, known: _Known) -> Iterator[Fault]:
    record = place.record
    yield from _check_references(place.name, record, known)
    if place.file in DYAD_OF_FILE and record.get("dyad", DYAD_OF_FILE[place.file]) != DYAD_OF_FILE[place.file]:
        yield "dyad", f"expected {DYAD_OF_FILE[place.file]}, the relationship of this file, found {shown(record['dyad'])}"
    checks = {
        "declarations": _check_declaration, "mechanisms": _check_mechanism, "sessions": _check_session, "visits": _check_visit,
        "people": _check_person,
    }  # fmt: skip
    if place.name in checks:
        yield from checks[place.name](record, known)


def _check_references(shape: str, record: dict[str, Any], known: _Known, path: str = "") -> Iterator[Fault]:
    for key, form in SHAPES[shape].items():
        if isinstance(form, Ref) and record[key] is not None:
            yield from _unknown(form.to, record[key], f"{path}{key}", known)
        elif isinstance(form, Many) and isinstance(form.of, Ref):
            for index, value in enumerate(record[key]):
                yield from _unknown(form.of.to, value, f"{path}{key}[{index}]", known)
        elif isinstance(form, Parts):
            for index, part in enumerate(record[key]):
                yield from _check_references(form.shape, part, known, f"{path}{key}[{index}].")


def _unknown(kind: str, key: str, path: str, known: _Known) -> Iterator[Fault]:
    if key not in known.keys[kind]:
        yield path, f"none of the {kind} is {shown(key)}"


def _check_declaration(record: dict[str, Any], known: _Known) -> Iterator[Fault]:
    yield from _holders_once(record["signatories"], "signatories")
    for index, name in enumerate(record["references"]):
        missing = _LOOKS_LIKE_A_SLUG.fullmatch(name) or (_LOOKS_LIKE_A_CODE.fullmatch(name) and name not in REFERENCE_DOCUMENTS)
        if name == record["slug"]:
            yield f"references[{index}]", "a declaration cannot refer to itself"
        elif name not in known.keys["declarations"] and missing:
            yield f"references[{index}]", f"none of the declarations is {shown(name)}, nor is it one of {', '.join(REFERENCE_DOCUMENTS)}"
    sides = sides_open_to(record["parties"])
    for index, provision in enumerate(record["provisions"]):
        if provision["side"] not in sides:
            yield f"provisions[{index}].side", f"expected one of {', '.join(sides)}, found {shown(provision['side'])}"


def _holders_once(holders: list[dict[str, Any]], path: str) -> Iterator[Fault]:
    seen = set()
    for index, holder in enumerate(holders):
        who = holder["side"], holder["name"]
        if who in seen:
            yield f"{path}[{index}]", f"{holder['name']} of {holder['side']} stands twice in this list"
        seen.add(who)


def _check_mechanism(record: dict[str, Any], known: _Known) -> Iterator[Fault]:
    if known.ring(record["slug"]):
        yield "parent", "a mechanism cannot be part of itself"


def _check_session(record: dict[str, Any], known: _Known) -> Iterator[Fault]:
    yield from _holders_once(record["chairs"], "chairs")


def _check_visit(record: dict[str, Any], known: _Known) -> Iterator[Fault]:
    if (record["visitor_side"], record["visitor"]) not in known.people:
        yield "visitor", f"nobody of {record['visitor_side']} in people.json has the English name {shown(record['visitor'])}"
    if record["date_end"] is not None and record["date_end"] <= record["date_start"]:
        yield "date_end", f"expected a date after {record['date_start']} or null, found {shown(record['date_end'])}"


def _check_person(record: dict[str, Any], known: _Known) -> Iterator[Fault]:
    for index, office in enumerate(record["offices"]):
        if office["from"] and office["to"] and office["to"] < office["from"]:
            yield f"offices[{index}].to", f"expected a date not before {office['from']} or null, found {shown(office['to'])}"


def _check_uniqueness(places: list[Place]) -> Iterator[Problem]:
    seen: dict[tuple[Any, ...], Place] = {}
    feeds: dict[str, Place] = {}
    for place in places:
        for fields in (KEYS[place.name], *_ALSO_UNIQUE.get(place.name, ())):
            values = tuple(line_of(place.record[field]) if field in ("title", "name") else place.record[field] for field in fields)
            if None in values and fields is not KEYS[place.name]:
                continue
            other = seen.setdefault((place.name, fields, values), place)
            if other is not place:
                yield place.problem((" and ".join(fields), f"the same as in {other.file}.json, {other}"))
        for index, feed in enumerate(place.record["feeds"] if place.name == "outlets" else ()):
            other = feeds.setdefault(feed["url"], place)
            if other is not place or [each["url"] for each in place.record["feeds"]].index(feed["url"]) != index:
                yield place.problem((f"feeds[{index}].url", f"the same as in {other.file}.json, {other}"))


_ALSO_UNIQUE: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {"people": (("side", "name"),), "sessions": (("mechanism", "number"),)}


def _check_sources(places: list[Place]) -> Iterator[Problem]:
    """A source is cited by many records and reads the same in all of them."""
    first: dict[str, tuple[dict[str, Any], Place]] = {}
    for place in places:
        sources = [place.record] if place.name == "sources" else place.record.get("sources", ())
        cited: set[str] = set()
        for index, source in enumerate(sources):
            path = "" if place.name == "sources" else f"sources[{index}]."
            if source["url"] in cited:
                yield place.problem((f"{path}url", f"{shown(source['url'])} stands twice in this list"))
            cited.add(source["url"])
            other, where = first.setdefault(source["url"], (source, place))
            for key, value in source.items():
                if value != other[key]:
                    yield place.problem((f"{path}{key}", f"{shown(value)}, but {shown(other[key])} in {where.file}.json, {where}"))
