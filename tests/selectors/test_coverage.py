"""What is covered: counts by kind, relationship and level."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from relations.models.choices import Verification
from relations.reference.parties import DYADS
from relations.selectors.coverage import coverage
from tests.factories import DeclarationFactory, EventFactory, PersonFactory, ProvisionFactory, SessionFactory, StatusFactory

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[2] / "relations" / "dataset"
LISTS = {
    "status": "statuses",
    "declaration": "declarations",
    "mechanism": "mechanisms",
    "session": "sessions",
    "visit": "visits",
    "event": "events",
    "anniversary": "anniversaries",
}


def test_counts_by_kind_relationship_and_level(django_assert_num_queries: Any) -> None:
    StatusFactory(verification="official")
    EventFactory.create_batch(2, dyad_id="CN-KG", parties=("CN", "KG"), verification="memory")
    SessionFactory(verification="single")
    it = DeclarationFactory(verification="multiple")
    ProvisionFactory(declaration=it, position=1, verification="")
    ProvisionFactory(declaration=it, position=2, verification="memory")
    ProvisionFactory(declaration=DeclarationFactory(state="draft"), position=1)
    PersonFactory(verification="official")
    with django_assert_num_queries(1):
        found = coverage()
    assert (found.count("status", "CN-KZ"), found.count("event", "CN-KG"), found.count("event", "CN-KZ")) == (1, 2, 0)
    assert found.count("session") == 1  # by the relationship of its mechanism, which is a record too
    assert found.count("declaration") == 1  # the draft is left out, and its provision
    assert found.levels("provision") == [("multiple", 1), ("memory", 1)]
    assert found.records() == 1 + 2 + 1 + 1 + 1
    assert found.records(level="memory") == 2
    assert found.records("CN-KG") == 2
    assert found.count("person") == 1


def test_an_empty_database_counts_nothing() -> None:
    found = coverage()
    assert found.records() == 0
    assert [total for _kind, _counts, total in found.by_kind()] == [0] * 8


@pytest.mark.usefixtures("dataset")
def test_the_counts_are_those_of_the_files() -> None:
    kinds: Counter[tuple[str, str]] = Counter()
    levels: Counter[tuple[str, str]] = Counter()
    for dyad in DYADS:
        content = json.loads((FOLDER / f"{dyad.removeprefix('CN-').lower()}.json").read_text("utf-8"))
        for kind, name in LISTS.items():
            for record in content[name]:
                kinds[kind, dyad] += 1
                levels[record["verification"], dyad] += 1
                kinds["provision", dyad] += len(record.get("provisions", ()))
    found = coverage()
    assert found.by_kind() == [
        (kind, [kinds[kind, dyad] for dyad in DYADS], sum(kinds[kind, dyad] for dyad in DYADS)) for kind in (*LISTS, "provision")
    ]
    assert found.by_level() == [
        (level, [levels[level, dyad] for dyad in DYADS], sum(levels[level, dyad] for dyad in DYADS)) for level in Verification.values
    ]
    assert (found.records(), found.count("provision")) == (1052, 658)


@pytest.mark.usefixtures("dataset")
def test_what_belongs_to_no_relationship_is_counted_as_in_the_files() -> None:
    people = json.loads((FOLDER / "people.json").read_text("utf-8"))["people"]
    indicators = json.loads((FOLDER / "indicators.json").read_text("utf-8"))
    outlets = json.loads((FOLDER / "feeds.json").read_text("utf-8"))["outlets"]
    found = coverage()
    assert found.count("person") == len(people)
    assert dict(found.levels("person")) == Counter(person["verification"] for person in people)
    assert (found.count("indicator"), found.count("value")) == (len(indicators["indicators"]), len(indicators["values"]))
    assert (found.count("outlet"), found.count("feed")) == (len(outlets), sum(len(outlet["feeds"]) for outlet in outlets))
