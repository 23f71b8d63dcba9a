"""One record with what is known of it."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from relations.selectors.record import MODELS, find_record
from tests.factories import ChairFactory, DeclarationFactory, EventFactory, SessionFactory, SourceFactory, StatusFactory, VisitFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 24)


def facts(model: str, pk: int) -> dict[str, str]:
    found = find_record(model, pk, TODAY)
    assert found is not None
    return {str(fact.label): fact.value for fact in found.facts}


def test_an_unknown_record_and_an_unknown_kind_are_none() -> None:
    event = EventFactory()
    assert find_record("event", event.pk + 1, TODAY) is None
    assert find_record("person", event.pk, TODAY) is None


def test_a_draft_is_none() -> None:
    assert find_record("declaration", DeclarationFactory(state="draft").pk, TODAY) is None


def test_a_status_names_the_document_that_set_it_but_not_a_draft() -> None:
    status = StatusFactory(document=DeclarationFactory(title_en="Joint communiqué"))
    assert facts("status", status.pk) == {"Set by": "Joint communiqué"}
    draft = StatusFactory(level="recognition", document=DeclarationFactory(state="draft"))
    assert facts("status", draft.pk) == {}


def test_a_declaration_names_its_level_and_the_status_it_set() -> None:
    declaration = DeclarationFactory(occasion="State visit")
    StatusFactory(document=declaration, title_en="Strategic partnership")
    assert facts("declaration", declaration.pk) == {
        "Level": "Heads of state",
        "Occasion": "State visit",
        "Status it set": "Strategic partnership",
    }


def test_a_session_names_its_mechanism_and_its_chairs() -> None:
    session = SessionFactory(mechanism__title_en="Cooperation Committee", format="online", outcome="Agreed.")
    ChairFactory(session=session, name="Zhang Gaoli", side="CN", position=0)
    ChairFactory(session=session, name="Askar Mamin", side="KZ", position=1)
    assert facts("session", session.pk) == {
        "Mechanism": "Cooperation Committee",
        "Chairs": "Zhang Gaoli (China), Askar Mamin (Kazakhstan)",
        "Format": "Online",
    }
    found = find_record("session", session.pk, TODAY)
    assert found is not None and found.summary == "Agreed."


def test_a_visit_names_visitor_and_host() -> None:
    visit = VisitFactory(visitor__name_en="Xi Jinping", office="President", host="KZ")
    assert facts("visit", visit.pk) == {"Visitor": "Xi Jinping, President", "Host": "Kazakhstan"}


def test_an_event_of_several_parties_names_them() -> None:
    event = EventFactory(dyad_id="CN-C5", parties=("CN", "KG", "UZ"))
    assert facts("event", event.pk) == {"Concerns": "China, Kyrgyzstan, Uzbekistan"}


def test_neighbours_are_of_the_same_relationship() -> None:
    before, event, after = (EventFactory(date=f"20{n}", title_en=f"20{n}") for n in (10, 11, 12))
    EventFactory(date="2011", dyad_id="CN-KG")
    found = find_record("event", event.pk, TODAY)
    assert found is not None and found.earlier is not None and found.later is not None
    assert (found.earlier.pk, found.later.pk) == (before.pk, after.pk)


def test_the_first_and_the_last_record_have_one_neighbour() -> None:
    first, last = EventFactory(date="2010"), EventFactory(date="2011")
    found_first, found_last = find_record("event", first.pk, TODAY), find_record("event", last.pk, TODAY)
    assert found_first is not None and found_first.earlier is None and found_first.later is not None
    assert found_last is not None and found_last.later is None and found_last.earlier is not None


def test_a_record_dated_ahead_of_today_has_its_page() -> None:
    event = EventFactory(date="2027-01-01", title_en="Planned")
    found = find_record("event", event.pk, TODAY)
    assert found is not None and found.row.title == "Planned"


def test_sources_come_in_the_order_of_the_record() -> None:
    first, second = SourceFactory(), SourceFactory()
    found = find_record("event", EventFactory(sources=[second, first]).pk, TODAY)
    assert found is not None and list(found.sources) == [second, first]


@pytest.mark.parametrize("model", MODELS)
def test_queries_are_bounded(model: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    sources = [SourceFactory() for _ in range(3)]
    factories = {
        "status": StatusFactory,
        "declaration": DeclarationFactory,
        "session": SessionFactory,
        "visit": VisitFactory,
        "event": EventFactory,
    }
    record = factories[model](sources=sources)
    for year in range(2000, 2005):
        EventFactory(date=str(year), sources=sources)
    with django_assert_max_num_queries(11):
        assert find_record(model, record.pk, TODAY) is not None
