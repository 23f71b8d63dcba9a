"""What a rule of the sanity report says, and the dataset as the rules look at it."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from relations.domain.partial_date import PartialDate

from .shape import DYAD_OF_FILE, FILES
from .validate import Place


class Severity(enum.StrEnum):
    """How bad a finding is; only an error makes the check fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found: `where` names file and record, "" for the dataset as a whole."""

    severity: Severity
    where: str
    message: str


class Dataset:
    """The files, with the look-ups that rules share. `today` tells the past from the future."""

    def __init__(self, tree: Any, today: dt.date) -> None:
        self.today = today
        self.places = [
            Place(file, name, index, record)
            for file, lists in FILES.items()
            for name in lists
            for index, record in enumerate(tree[file][name])
        ]

    def each(self, *names: str) -> Iterator[tuple[Place, dict[str, Any]]]:
        """The records of some lists, with their places."""
        return ((place, place.record) for place in self.places if place.name in names)

    @cached_property
    def declarations(self) -> dict[str, dict[str, Any]]:
        return {record["slug"]: record for _, record in self.each("declarations")}

    @cached_property
    def mechanisms(self) -> dict[str, dict[str, Any]]:
        return {record["slug"]: record for _, record in self.each("mechanisms")}

    def by_file(self, name: str) -> Iterator[tuple[str, list[tuple[Place, dict[str, Any]]]]]:
        """One list of every relationship."""
        for file in DYAD_OF_FILE:
            yield file, [(place, record) for place, record in self.each(name) if place.file == file]


def error(place: Place, message: str) -> Finding:
    """Something wrong, whatever the sources say. In a draft, which is not finished, it is a warning."""
    draft = place.record.get("state") == "draft"
    return Finding(Severity.WARNING if draft else Severity.ERROR, f"{place.file}.json, {place}", message)


def warning(place: Place, message: str) -> Finding:
    """Something that wants an editor's look."""
    return Finding(Severity.WARNING, f"{place.file}.json, {place}", message)


def note(place: Place, message: str) -> Finding:
    """Something known and accepted."""
    return Finding(Severity.NOTE, f"{place.file}.json, {place}", message)


def day(text: str | None) -> dt.date | None:
    """The day of a date that is known to the day."""
    return PartialDate.parse(text).exact if text else None


def before(one: str, other: str) -> bool:
    """Whether a date lies before another, whatever the days are that are not known."""
    return PartialDate.parse(one).last < PartialDate.parse(other).first
