"""The sources, who cites them, and what has none."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from relations.selectors.sources import SourceFilters, SourceLine, name_records, read_sources, without_source
from tests.factories import (
    AnniversaryFactory,
    DeclarationFactory,
    EventFactory,
    InitiativeFactory,
    MechanismFactory,
    ObservationFactory,
    PersonFactory,
    ProvisionFactory,
    SessionFactory,
    SourceFactory,
    StatusFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db
EVERY_KIND = (
    StatusFactory, DeclarationFactory, MechanismFactory, SessionFactory, VisitFactory, EventFactory, AnniversaryFactory,
    ProvisionFactory, PersonFactory, ObservationFactory, InitiativeFactory,
)  # fmt: skip


def found(**filters: Any) -> list[str]:
    return [line.title for line in read_sources(SourceFilters(**filters)).found]


def named(shown: int = 4) -> list[SourceLine]:
    """All sources with their records."""
    lines = read_sources(SourceFilters()).found
    name_records(lines, shown)
    return list(lines)


def test_the_most_cited_come_first_and_citations_of_every_kind_count() -> None:
    often, once, never = SourceFactory(title="often"), SourceFactory(title="once"), SourceFactory(title="never")
    for factory in EVERY_KIND:
        factory(sources=[often])
    EventFactory(sources=[once])
    assert never.title in found()
    assert [(line.title, line.cited) for line in read_sources(SourceFilters()).found] == [("often", 11), ("once", 1), ("never", 0)]


def test_what_a_draft_cites_does_not_count() -> None:
    source = SourceFactory()
    draft = DeclarationFactory(state="draft", sources=[source])
    ProvisionFactory(declaration=draft, sources=[source])
    (line,) = named()
    assert (line.cited, line.records) == (0, ())


def test_words_publisher_and_language() -> None:
    SourceFactory(title="Заявление КНР", publisher="Kazinform", language="ru")
    SourceFactory(title="Joint statement", publisher="People's Daily", language="en")
    assert found(text="заявление") == ["Заявление КНР"]
    assert found(text="people’s statement") == ["Joint statement"]
    assert found(publisher="Kazinform") == ["Заявление КНР"]
    assert found(language="en") == ["Joint statement"]


def test_a_publisher_language_or_source_that_there_is_not_is_ignored() -> None:
    SourceFactory(title="one")
    listed = read_sources(SourceFilters(publisher="Nobody", language="xx", source=4711))
    assert [line.title for line in listed.found] == ["one"]
    assert listed.filters == SourceFilters()


def test_publishers_by_citations_without_copies() -> None:
    daily, copy = SourceFactory(publisher="Daily"), SourceFactory(publisher="Daily (copy)")
    other = SourceFactory(publisher="Other")
    EventFactory(sources=[daily, copy])
    EventFactory(sources=[daily, other])
    listed = read_sources(SourceFilters())
    assert [(p.name, p.cited, p.sources) for p in listed.publishers] == [("Daily", 2, 1), ("Other", 1, 1)]
    assert listed.copies == 1


def test_records_are_named_with_their_addresses_and_the_rest_is_counted() -> None:
    source = SourceFactory()
    it = DeclarationFactory(slug="it", title_en="Treaty of the PRC and Turkmenistan", title_ru="Договор", sources=[source])
    ProvisionFactory(declaration=it, position=7, sources=[source])
    event = EventFactory(title_en="Pipeline", date="2009-12-14", sources=[source])
    (line,) = named(shown=2)
    assert [(record.kind, record.title, record.url) for record in line.records] == [
        ("declaration", "Treaty", "/declarations/it/"),
        ("event", "Pipeline", f"/records/event/{event.pk}/"),
    ]
    assert line.more == 1
    with translation.override("ru"):
        (line,) = named(shown=9)
    assert [(record.kind, record.title, record.url) for record in line.records][-1] == ("provision", "Договор", "/declarations/it/#p7")


def test_records_without_a_source_are_listed_by_relationship() -> None:
    EventFactory(title_en="Remembered", verification="memory", dyad_id="CN-UZ", parties=("CN", "UZ"))
    DeclarationFactory(title_en="Lost statement", verification="memory")
    DeclarationFactory(title_en="Draft", verification="memory", state="draft")
    EventFactory(verification="single")
    assert [(record.dyad, record.title) for record in without_source()] == [("CN-KZ", "Lost statement"), ("CN-UZ", "Remembered")]


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    def cite(sources: int, factories: Any) -> None:
        for _ in range(sources):
            source = SourceFactory()
            for factory in factories:
                factory(sources=[source])

    def read() -> None:
        named(shown=99)
        without_source()

    EventFactory(verification="memory")
    cite(1, EVERY_KIND)
    with django_assert_num_queries(2 + 1 + len(EVERY_KIND) + 2):
        read()
    cite(20, EVERY_KIND[1:])  # a relationship has each status once
    with django_assert_num_queries(2 + 1 + len(EVERY_KIND) + 2):
        read()
