"""The page of one mechanism."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from relations.selectors import mechanism as selector
from relations.selectors.mechanism import MechanismPage, mechanism_page
from tests.factories import ChairFactory, DeclarationFactory, MechanismFactory, ProvisionFactory, SessionFactory, SourceFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)


def page(slug: str = "committee", **options: Any) -> MechanismPage:
    found = mechanism_page(slug, TODAY, **options)
    assert found is not None
    return found


def test_an_unknown_slug_is_nothing() -> None:
    assert mechanism_page("nowhere", TODAY) is None


def test_sessions_stand_newest_first_with_their_chairs_and_sources() -> None:
    made = MechanismFactory(slug="committee")
    SessionFactory(mechanism=made, date="2023-11-27", number=11)
    source = SourceFactory()
    newest = SessionFactory(mechanism=made, date="2025-03-18", number=12, sources=[source])
    ChairFactory(session=newest, name="Ding Xuexiang")
    rows = page().sessions
    assert [row.number for row in rows] == [12, 11]
    assert [chair.name for chair in rows[0].chairs] == ["Ding Xuexiang"]
    assert rows[0].sources == (source,)
    assert rows[0].url == f"/records/session/{newest.pk}/"


def test_a_long_gap_stands_with_the_session_that_ended_it() -> None:
    made = MechanismFactory(slug="committee")
    for date, number in (("2012-12-08", 6), ("2016-11-28", 7), ("2017-04-18", 8)):
        SessionFactory(mechanism=made, date=date, number=number)
    gaps = {row.number: row.gap_before for row in page().sessions}
    assert gaps[8] is None
    assert gaps[6] is None
    assert gaps[7] is not None and gaps[7].start.number == 6


def test_an_announced_session_is_marked() -> None:
    made = MechanismFactory(slug="committee")
    SessionFactory(mechanism=made, date="2026-05-12")
    SessionFactory(mechanism=made, date="2025-05-12")
    assert [row.ahead for row in page().sessions] == [True, False]
    assert page().cadence.count == 1


def test_parent_and_children_are_named() -> None:
    parent = MechanismFactory(slug="committee")
    child = MechanismFactory(slug="part", parent=parent)
    MechanismFactory(slug="elsewhere")
    SessionFactory(mechanism=child, date="2010-04-15")
    assert [(row.slug, row.cadence.count) for row in page().children] == [("part", 1)]
    assert page("part").parent == parent


def test_provisions_that_name_it_stand_under_their_declaration_the_newest_first() -> None:
    made = MechanismFactory(slug="committee")
    older = DeclarationFactory(date="2004-05-17", title_en="Older", verification="multiple")
    newer = DeclarationFactory(date="2022-09-14", title_en="Newer")
    ProvisionFactory(declaration=newer, position=19, side="both", text="They keep it.", mechanisms=[made], verification="official")
    ProvisionFactory(declaration=newer, position=3, side="KZ", text="Kazakhstan values it.", mechanisms=[made])
    ProvisionFactory(declaration=older, position=1, text="They found it.", mechanisms=[made])
    ProvisionFactory(declaration=older, position=2, text="Of something else.")
    found = page().declarations
    assert [(one.title, [line.number for line in one.provisions]) for one in found] == [("Newer", [3, 19]), ("Older", [1])]
    assert found[0].provisions[1].verification == "official"
    assert found[1].provisions[0].verification == "multiple"  # that of its declaration
    assert found[0].provisions[0].url == f"/declarations/{newer.slug}/#p3"


def test_a_provision_of_a_draft_never_shows() -> None:
    made = MechanismFactory(slug="committee")
    ProvisionFactory(declaration=DeclarationFactory(state="draft"), mechanisms=[made])
    assert page().declarations == ()


def test_long_lists_are_cut_unless_everything_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selector, "SESSIONS_SHOWN", 2)
    monkeypatch.setattr(selector, "PROVISIONS_SHOWN", 1)
    made = MechanismFactory(slug="committee")
    for year in (2020, 2021, 2022):
        SessionFactory(mechanism=made, date=f"{year}-05-12")
        ProvisionFactory(mechanisms=[made])
    short, whole = page(), page(everything=True)
    assert (len(short.sessions), short.sessions_total, short.provisions_shown, short.provisions_total) == (2, 3, 1, 3)
    assert (len(whole.sessions), whole.provisions_shown) == (3, 3)


def test_the_other_languages_have_their_titles() -> None:
    MechanismFactory(slug="committee", title_en="Committee", title_fr="Comité", title_zh_hans="委员会", title_ru=None)
    assert page().titles == (("fr", "Comité"), ("zh-hans", "委员会"))
    with translation.override("fr"):
        assert page().titles == (("en", "Committee"), ("zh-hans", "委员会"))


def test_the_number_of_queries_stays_the_same(django_assert_num_queries: Any) -> None:
    made = MechanismFactory(slug="committee", parent=MechanismFactory(slug="above"), sources=[SourceFactory()])

    def grow() -> None:
        session = SessionFactory(mechanism=made, sources=[SourceFactory(), SourceFactory()])
        ChairFactory(session=session)
        SessionFactory(mechanism=MechanismFactory(parent=made))
        ProvisionFactory(mechanisms=[made])

    grow()
    with django_assert_num_queries(10):
        page()
    for _ in range(4):
        grow()
    with django_assert_num_queries(10):
        page()
