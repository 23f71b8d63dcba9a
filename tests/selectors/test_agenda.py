"""The agenda from the records."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.domain.agenda import Kind
from relations.selectors.agenda import Agenda, between, short_mechanism_title, upcoming
from tests.factories import (
    AnniversaryFactory,
    DeclarationFactory,
    EventFactory,
    MechanismFactory,
    PersonFactory,
    SessionFactory,
    StatusFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 24)
QUERIES = 9


def titles(agenda: Agenda) -> list[str]:
    return [entry.title for entry in agenda.entries]


def test_statuses_come_round_every_year_and_aims_too() -> None:
    StatusFactory(level="strategic_partnership", date="2013-05-20", title_en="Strategic partnership")
    StatusFactory(level="community_shared_future", date="2023-05-18", title_en="Shared future")
    assert [(entry.title, entry.years) for entry in upcoming(TODAY).entries] == [("Shared future", 3), ("Strategic partnership", 13)]


def test_documents_come_round_at_jubilees_where_they_weigh_enough() -> None:
    DeclarationFactory(title_en="Treaty of ministers", kind="treaty", level="minister", date="2006-04-01")
    DeclarationFactory(title_en="Agreement of others", kind="agreement", level="other", date="2006-04-02")
    DeclarationFactory(title_en="Memorandum of ministers", kind="memorandum", level="minister", date="2021-04-03")
    DeclarationFactory(title_en="Statement of presidents", level="head_of_state", date="2011-04-04")
    DeclarationFactory(title_en="Communiqué of prime ministers", kind="joint_communique", level="head_of_government", date="2006-04-05")
    DeclarationFactory(title_en="Treaty of nineteen years", kind="treaty", date="2007-04-06")
    assert titles(upcoming(TODAY)) == ["Treaty of ministers", "Agreement of others", "Memorandum of ministers", "Statement of presidents"]


def test_a_draft_never_comes_round() -> None:
    DeclarationFactory(title_en="A secret treaty", kind="treaty", date="2006-04-01", state="draft")
    assert upcoming(TODAY).entries == ()


def test_labelled_landmarks_and_foundations_come_round_at_jubilees() -> None:
    EventFactory(title_en="Pipeline opened", label="Pipeline", date="2006-05-25")
    EventFactory(title_en="Pipeline surveyed", label="", date="2006-05-26")
    EventFactory(title_en="Land protests", label="Protests", date="2016-04-24", friction=True)
    EventFactory(title_en="Border settled", label="Border", date="2007-05-27")
    MechanismFactory(title_en="China–Kazakhstan Cooperation Committee", established="2006-05-28")
    assert titles(upcoming(TODAY)) == ["Pipeline opened", "Cooperation Committee"]


def test_a_mechanism_of_unknown_foundation_does_not_come_round() -> None:
    MechanismFactory(established=None)
    assert upcoming(TODAY).entries == ()


def test_anniversaries_are_kept_on_their_day_and_counted_from_their_origin() -> None:
    AnniversaryFactory(title_en="Independence", month_day="05-07", origin="1991-06-07")
    AnniversaryFactory(title_en="Nowruz", month_day="03-24", origin=None)
    entries = upcoming(TODAY).entries
    assert [(entry.title, entry.date.iso, entry.years) for entry in entries] == [
        ("Nowruz", "2026-03-24", None),
        ("Independence", "2026-05-07", 35),
    ]


def test_the_same_day_kept_with_several_partners_is_one_line() -> None:
    for dyad in ("CN-KZ", "CN-KG", "CN-UZ"):
        AnniversaryFactory(dyad_id=dyad, title_en="National Day", month_day="04-01", origin="1949-10-01")
    (entry,) = upcoming(TODAY).entries
    assert (entry.dyads, entry.key) == (("CN-KZ", "CN-KG", "CN-UZ"), "anniversary:04-01:National Day:2026")
    (alone,) = upcoming(TODAY, dyad="CN-KG").entries
    assert alone.dyads == ("CN-KG",)


def test_a_status_and_the_declaration_that_set_it_are_one_line() -> None:
    statement = DeclarationFactory(title_en="Joint Statement", date="2011-06-13")
    StatusFactory(level="strategic_partnership", date="2011-06-13", title_en="Strategic partnership", document=statement)
    (entry,) = upcoming(TODAY).entries
    assert (entry.title, entry.years) == ("Strategic partnership", 15)
    assert [also.url for also in entry.also] == [f"/declarations/{statement.slug}/"]


def test_the_recognition_of_one_day_is_one_line_for_all_five() -> None:
    for dyad, name in (("CN-KZ", "Kazakhstan"), ("CN-KG", "Kyrgyzstan")):
        StatusFactory(dyad_id=dyad, level="recognition", date="1991-12-27", title_en=f"China recognises {name}")
    (entry,) = between(dt.date(2026, 12, 1), dt.date(2026, 12, 31), TODAY).entries
    assert (entry.title, entry.dyads, entry.years) == ("Recognition", ("CN-KZ", "CN-KG"), 35)


def test_what_is_known_to_the_year_stands_at_the_end_under_its_year() -> None:
    MechanismFactory(established="2011")
    DeclarationFactory(kind="treaty", date="2006-06")
    groups = upcoming(TODAY).groups
    assert [(group.year, group.month) for group in groups] == [(2026, 6), (2026, None)]


def test_an_expected_session_stands_on_the_last_day_of_its_window() -> None:
    dialogue = MechanismFactory(title_en="China–Kazakhstan Foreign Ministers' Strategic Dialogue", established=None, periodicity_months=12)
    SessionFactory(mechanism=dialogue, date="2025-04-25", number=2)
    (entry,) = upcoming(TODAY).entries
    assert (entry.kind, entry.date.iso, entry.number, entry.rhythm_months, entry.deduced) == (Kind.SESSION, "2026-04-25", 3, 12, False)
    assert entry.title == "Foreign Ministers' Strategic Dialogue"
    assert entry.window is not None and entry.window.earliest == dt.date(2026, 2, 25)


def test_what_is_overdue_is_not_ahead_but_stands_in_its_month() -> None:
    consultations = MechanismFactory(established=None, periodicity_months=12)
    SessionFactory(mechanism=consultations, date="2024-08-13")
    assert upcoming(TODAY).entries == ()
    (entry,) = between(dt.date(2025, 8, 1), dt.date(2025, 8, 31), TODAY).entries
    assert (entry.date.iso, entry.overdue) == ("2025-08-13", True)


def test_visits_and_sessions_of_days_ahead_are_announced() -> None:
    visitor = PersonFactory(name_en="Xi Jinping", side="CN")
    VisitFactory(visitor=visitor, date_start="2026-05", host="KG", dyad_id="CN-KG")
    VisitFactory(visitor=visitor, date_start="2026-03", host="TM", dyad_id="CN-TM")  # the month has begun: it may be over
    dialogue = MechanismFactory(title_en="Strategic dialogue", established=None, periodicity_months=12)
    SessionFactory(mechanism=dialogue, date="2025-04-25")
    SessionFactory(mechanism=dialogue, date="2026-04-20")
    found = [(entry.kind, entry.record, entry.date.iso, entry.title) for entry in upcoming(TODAY).entries]
    assert found == [
        (Kind.ANNOUNCED, "session", "2026-04-20", "Strategic dialogue"),
        (Kind.ANNOUNCED, "visit", "2026-05", "Xi Jinping, President"),
    ]


def test_the_window_is_ninety_days_and_holds_both_ends() -> None:
    StatusFactory(level="strategic_partnership", date="2012-06-22")
    assert len(upcoming(TODAY).entries) == 1
    assert len(upcoming(TODAY, 89).entries) == 0


def test_a_short_agenda_tells_what_it_leaves_out() -> None:
    for number, level in enumerate(["strategic_partnership", "friendly_cooperation", "recognition"], start=1):
        StatusFactory(level=level, date=f"201{number}-04-0{number}")
    agenda = upcoming(TODAY, limit=2)
    assert (len(agenda.entries), agenda.total, agenda.left_out) == (2, 3, 1)
    assert [entry.years for entry in upcoming(TODAY).cut(1).entries] == [15]


def test_the_next_of_a_card_is_more_than_a_day_of_the_year() -> None:
    AnniversaryFactory(month_day="04-01")
    StatusFactory(level="strategic_partnership", date="2013-05-20", title_en="Strategic partnership")
    agenda = upcoming(TODAY)
    following = agenda.next_for("CN-KZ")
    assert following is not None and following.title == "Strategic partnership"
    assert agenda.next_for("CN-TM") is None


def test_titles_are_in_the_language_of_the_page(settings: Any) -> None:
    from django.utils import translation

    StatusFactory(level="strategic_partnership", date="2013-05-20", title_en="Strategic partnership", title_fr="Partenariat stratégique")
    with translation.override("fr"):
        assert titles(upcoming(TODAY)) == ["Partenariat stratégique"]


@pytest.mark.parametrize(
    ("dyad", "title", "short"),
    [
        ("CN-KZ", "China–Kazakhstan Cooperation Committee", "Cooperation Committee"),
        ("CN-KZ", "China–Kazakhstan Committee", "China–Kazakhstan Committee"),
        ("CN-C5", "China–Central Asia Summit", "China–Central Asia Summit"),
        ("CN-KZ", "Regular meetings of the prime ministers", "Regular meetings of the prime ministers"),
    ],
)
def test_the_pair_is_left_out_where_enough_is_left(dyad: str, title: str, short: str) -> None:
    assert short_mechanism_title(title, dyad) == short


def test_the_number_of_queries_stays_the_same(django_assert_num_queries: Any) -> None:
    def grow() -> None:
        StatusFactory(level="strategic_partnership", date="2013-05-20")
        for _ in range(3):
            DeclarationFactory(kind="treaty", date="2006-04-01")
            SessionFactory(mechanism=MechanismFactory(periodicity_months=12), date="2025-04-25")
            EventFactory(label="Label", date="2006-05-25")
            AnniversaryFactory(month_day="05-07")
            VisitFactory(date_start="2026-05-05")

    grow()
    with django_assert_num_queries(QUERIES):
        upcoming(TODAY)
    DeclarationFactory.reset_sequence(50)
    for _ in range(3):
        SessionFactory(mechanism=MechanismFactory(periodicity_months=12), date="2025-04-26")
        VisitFactory(date_start="2026-05-06")
    with django_assert_num_queries(QUERIES):
        upcoming(TODAY)


def test_the_shipped_facts_hold_what_the_overview_shows(dataset: None) -> None:
    found = {(entry.date.iso, entry.dyad, entry.years) for entry in upcoming(TODAY).entries}
    assert {
        ("2026-04-03", "CN-TM", 20),  # gas pipeline agreement
        ("2026-04-25", "CN-KZ", None),  # foreign ministers' strategic dialogue
        ("2026-05-12", "CN-C5", 5),  # memorandum on the foreign ministers' meeting
        ("2026-05-13", "CN-UZ", None),  # intergovernmental cooperation committee
        ("2026-06-13", "CN-KZ", 15),  # comprehensive strategic partnership
        ("2026-06-15", "CN-C5", 25),  # Shanghai Cooperation Organisation
        ("2026-06-22", "CN-UZ", 10),  # comprehensive strategic partnership
    } <= found


@pytest.mark.parametrize("year", [2001, 2006, 2011, 2016, 2021])
def test_every_fifth_year_back_is_found_and_no_other(year: int) -> None:
    for shift in range(5):
        DeclarationFactory(kind="treaty", date=f"{year - shift}-04-01")
        EventFactory(label="Label", date=f"{year - shift}-05-01")
    assert [entry.origin_year for entry in upcoming(TODAY).entries] == [year, year]
