"""The records of the timeline, filtered and counted."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from relations.domain.timeline.records import Kind
from relations.selectors.timeline import ALL, LEADERS, Filters, source_urls, timeline_page
from tests.factories import DeclarationFactory, EventFactory, MechanismFactory, SessionFactory, SourceFactory, StatusFactory, VisitFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 24)


def titles(**filters: object) -> list[str]:
    return [row.title for row in timeline_page(Filters(**filters), TODAY).rows]  # type: ignore[arg-type]


def test_every_kind_of_record_is_there_the_newest_first() -> None:
    StatusFactory(date="1992-01-03", title_en="Relations")
    DeclarationFactory(date="2002-12-23", title_en="Treaty")
    VisitFactory(date_start="2013-09-07", visitor__name_en="Xi Jinping", place="Astana")
    SessionFactory(date="2015-11-20", mechanism__title_en="Committee")
    EventFactory(date="2016-04-24", title_en="Protests", friction=True)
    EventFactory(date="2023-11-10", title_en="Visas")
    page = timeline_page(Filters(), TODAY)
    assert [(row.kind.value, row.title) for row in page.rows] == [
        ("landmark", "Visas"),
        ("friction", "Protests"),
        ("session", "Committee"),
        ("visit", "Xi Jinping in Astana"),
        ("document", "Treaty"),
        ("status", "Relations"),
    ]


def test_a_draft_never_shows() -> None:
    DeclarationFactory(state="draft")
    assert titles() == []


def test_a_draft_does_not_show_as_what_set_a_status() -> None:
    StatusFactory(document=DeclarationFactory(state="draft", place="Astana"))
    (row,) = timeline_page(Filters(), TODAY).rows
    assert (row.document, row.place) == (None, "")


def test_what_is_dated_after_today_does_not_show() -> None:
    EventFactory(date="2026-03-25", title_en="Tomorrow")
    EventFactory(date="2026-03", title_en="This month")
    assert titles() == ["This month"]


def test_filters_combine() -> None:
    EventFactory(date="2010", dyad_id="CN-KZ", title_en="KZ 2010")
    EventFactory(date="2015", dyad_id="CN-KZ", title_en="KZ 2015")
    EventFactory(date="2015", dyad_id="CN-KG", title_en="KG 2015")
    VisitFactory(date_start="2015-05-01", dyad_id="CN-KZ")
    assert titles(dyads=("CN-KZ",), kinds=("landmark",), first=2012, last=2020) == ["KZ 2015"]


def test_both_years_of_a_range_belong_to_it() -> None:
    for year in (2009, 2010, 2011, 2012):
        EventFactory(date=str(year), title_en=str(year))
    assert titles(first=2010, last=2011) == ["2011", "2010"]


def test_years_beyond_the_records_are_taken_back_to_them() -> None:
    EventFactory(date="2010")
    page = timeline_page(Filters(first=1950, last=2026), TODAY)
    assert (page.first, page.last) == (2010, 2026)


def test_counts_say_what_each_choice_would_leave() -> None:
    EventFactory(date="2010", dyad_id="CN-KZ", friction=True)
    EventFactory(date="2010", dyad_id="CN-KG", friction=True)
    VisitFactory(date_start="2010-05-01", dyad_id="CN-KZ")
    page = timeline_page(Filters(dyads=("CN-KZ",), kinds=("friction",)), TODAY)
    assert len(page.rows) == 1
    # Of the dyads within the chosen kind, of the kinds within the chosen dyad: the filter itself does not count.
    assert page.by_dyad == {"CN-KZ": 1, "CN-KG": 1, "CN-TJ": 0, "CN-TM": 0, "CN-UZ": 0, "CN-C5": 0}
    assert (page.by_kind["friction"], page.by_kind["visit"]) == (1, 1)


def test_the_level_of_leaders_leaves_out_ministers_and_small_events() -> None:
    StatusFactory(document=DeclarationFactory(level="minister", title_en="Set a status", date="1992-01-03"), title_en="Relations")
    DeclarationFactory(level="head_of_state", title_en="Presidents")
    DeclarationFactory(level="minister", title_en="Ministers")
    VisitFactory(office="President", visitor__name_en="A president")
    VisitFactory(office="Minister of Foreign Affairs", visitor__name_en="A minister", date_start="2020")
    SessionFactory(mechanism=MechanismFactory(kind="committee", title_en="Committee"), date="2020-01-01")
    SessionFactory(mechanism=MechanismFactory(kind="subcommittee", title_en="Sub-committee"), date="2020-01-02")
    EventFactory(kind="energy", title_en="Pipeline")
    EventFactory(kind="culture", title_en="Festival")
    EventFactory(kind="culture", title_en="Turning point", label="Label")
    EventFactory(kind="culture", title_en="Friction", friction=True)
    assert sorted(titles(level=LEADERS)) == sorted(
        ["Relations", "Set a status", "Presidents", "A president in Astana", "Committee", "Pipeline", "Turning point", "Friction"]
    )
    page = timeline_page(Filters(level=LEADERS), TODAY)
    assert page.by_level == {LEADERS: 8, ALL: 12}


def test_lanes_know_the_rungs_from_before_the_years_shown() -> None:
    StatusFactory(date="1992-01-03")
    page = timeline_page(Filters(first=2010), TODAY)
    assert page.rows == ()
    lane = page.lanes[0]
    assert [status.name for status in lane.statuses] == ["Diplomatic relations"]


def test_lanes_without_the_kind_of_statuses_show_no_stairs() -> None:
    StatusFactory()
    assert [lane.show_statuses for lane in timeline_page(Filters(kinds=("visit",)), TODAY).lanes] == [False] * 6


def test_lanes_stand_in_the_order_of_the_product_whatever_the_address_says() -> None:
    assert [lane.code for lane in timeline_page(Filters(), TODAY).lanes] == ["CN-KZ", "CN-KG", "CN-TJ", "CN-TM", "CN-UZ", "CN-C5"]


def test_a_labelled_event_of_nearly_all_runs_through_all_lanes_and_of_fewer_stays_in_its_own() -> None:
    EventFactory(dyad_id="CN-C5", date="2001-06-15", label="SCO founded", parties=("CN", "KZ", "KG", "TJ", "UZ"))
    EventFactory(dyad_id="CN-C5", date="2009-12-14", label="Gas pipeline", parties=("CN", "KZ", "TM", "UZ"))
    page = timeline_page(Filters(), TODAY)
    assert [context.label for context in page.contexts] == ["SCO founded"]
    assert [entry.label for entry in page.lanes[-1].entries] == ["", "Gas pipeline"]


def test_titles_leave_out_the_names_of_the_two_parties() -> None:
    DeclarationFactory(title_en="Joint Statement of the People's Republic of China and the Republic of Kazakhstan")
    assert titles() == ["Joint Statement"]


def test_titles_are_in_the_language_of_the_reader_and_else_in_english() -> None:
    EventFactory(date="2010", title_en="Pipeline", title_ru="Трубопровод")
    EventFactory(date="2009", title_en="Only English")
    with translation.override("ru"):
        assert titles() == ["Трубопровод", "Only English"]


def test_unsourced_records_are_counted_as_such() -> None:
    EventFactory(verification="memory")
    EventFactory(verification="official")
    assert timeline_page(Filters(), TODAY).unsourced == 1


def test_an_empty_database_gives_an_empty_page() -> None:
    page = timeline_page(Filters(), TODAY)
    assert (page.rows, page.first, page.last, page.headline.reached) == ((), 2026, 2026, 0)
    assert len(page.lanes) == 6


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(2):
        for dyad in ("CN-KZ", "CN-UZ"):
            EventFactory(dyad_id=dyad, date=f"20{10 + number}")
            VisitFactory(dyad_id=dyad, date_start=f"20{10 + number}-05-01")
            SessionFactory(date=f"20{10 + number}-06-0{number + 1}", mechanism__dyad_id=dyad)
            StatusFactory(dyad_id=dyad, level=("recognition", "strategic_partnership")[number], document=DeclarationFactory(dyad_id=dyad))
        with django_assert_num_queries(7):
            page = timeline_page(Filters(), TODAY)
            assert len(page.rows) == 10 * (number + 1)
            assert page.lanes and page.headline and page.contexts == ()


def test_sources_of_rows_come_in_the_order_of_the_record(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, second = SourceFactory(url="https://example.org/b"), SourceFactory(url="https://example.org/a")
    event, bare = EventFactory(date="2011", sources=[first, second]), EventFactory(date="2010")
    visit = VisitFactory(sources=[second])
    rows = timeline_page(Filters(), TODAY).rows
    with django_assert_num_queries(2):
        urls = source_urls(rows)
    assert urls[f"event-{event.pk}"] == ["https://example.org/b", "https://example.org/a"]
    assert urls[f"event-{bare.pk}"] == []
    assert urls[f"visit-{visit.pk}"] == ["https://example.org/a"]


def test_kinds_are_those_of_the_figure() -> None:
    assert [kind.value for kind in Kind] == ["status", "document", "visit", "session", "landmark", "friction"]
