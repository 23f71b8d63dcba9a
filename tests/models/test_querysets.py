"""The named questions that querysets answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from relations import models
from relations.models.fields import has, has_any
from tests import factories as make

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


class TestRecords:
    def test_of_one_relationship_or_several(self) -> None:
        kz, uz, c5 = (make.EventFactory(dyad_id=dyad) for dyad in ("CN-KZ", "CN-UZ", "CN-C5"))
        assert list(models.Event.objects.for_dyad("CN-KZ")) == [kz]
        assert set(models.Event.objects.for_dyads(["CN-UZ", "CN-C5"])) == {uz, c5}
        assert list(models.Event.objects.for_dyads([])) == []

    def test_sessions_have_the_relationship_of_their_mechanism(self) -> None:
        one = make.SessionFactory(mechanism=make.MechanismFactory(dyad_id="CN-TJ"))
        make.SessionFactory()
        assert list(models.Session.objects.for_dyad("CN-TJ")) == [one]
        assert list(models.Session.objects.for_dyads(("CN-TJ",))) == [one]

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            (None, None, ["1999-12-31", "2000", "2000-01", "2001-12-31", "2002"]),
            (2000, 2001, ["2000", "2000-01", "2001-12-31"]),
            (2000, None, ["2000", "2000-01", "2001-12-31", "2002"]),
            (None, 1999, ["1999-12-31"]),
            (2003, 2001, []),
        ],
    )
    def test_years_are_counted_from_the_first_to_the_last_day(self, first: int | None, last: int | None, expected: list[str]) -> None:
        for date in ("2002", "1999-12-31", "2001-12-31", "2000-01", "2000"):
            make.EventFactory(date=date)
        assert [event.date for event in models.Event.objects.between(first, last)] == expected

    def test_each_kind_knows_the_column_that_dates_it(self) -> None:
        make.VisitFactory(date_start="2022-09-14")
        make.MechanismFactory(established="2022")
        make.AnniversaryFactory(origin="2022-01-03")
        make.ObservationFactory(period="2022-01/2022-06")
        for model in (models.Visit, models.Mechanism, models.Anniversary, models.Observation):
            assert model.objects.between(2022, 2022).count() == 1
            assert model.objects.between(2021, 2021).count() == 0

    def test_newest_first_and_within_a_day_the_last_entered_first(self) -> None:
        rows = [make.EventFactory(date=date) for date in ("2010", "2012-05-01", "2012-05-01", "2012-05")]
        assert list(models.Event.objects.newest_first()) == [rows[2], rows[1], rows[3], rows[0]]

    def test_those_without_a_source_are_not_verified(self) -> None:
        verified = [make.EventFactory(verification=level) for level in ("official", "multiple", "single")]
        make.EventFactory(verification="memory")
        assert set(models.Event.objects.verified()) == set(verified)

    def test_sources_come_in_the_order_in_which_they_are_cited(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        one, two, three = (make.SourceFactory() for _ in range(3))
        make.EventFactory(sources=[three, one])
        make.EventFactory(sources=[two, three, one])
        with django_assert_num_queries(3):
            found = [event.cited_sources for event in models.Event.objects.order_by("pk").with_sources()]
        assert found == [[three, one], [two, three, one]]

    def test_questions_may_be_joined(self) -> None:
        wanted = make.EventFactory(dyad_id="CN-UZ", date="2012", friction=True, verification="official")
        make.EventFactory(dyad_id="CN-UZ", date="2012", verification="official")
        assert list(models.Event.objects.for_dyad("CN-UZ").between(2010, 2013).verified().frictions()) == [wanted]


class TestDeclarations:
    def test_a_draft_is_not_published(self) -> None:
        published, _ = make.DeclarationFactory(), make.DeclarationFactory(state="draft")
        assert list(models.Declaration.objects.published()) == [published]

    def test_an_editor_s_new_declaration_is_a_draft(self) -> None:
        assert models.Declaration().state == "draft"

    def test_a_party_is_found_in_documents_of_many(self) -> None:
        both, six = make.DeclarationFactory(), make.DeclarationFactory(parties=("CN", "KZ", "KG", "TJ", "TM", "UZ"), dyad_id="CN-C5")
        assert set(models.Declaration.objects.with_party("KZ")) == {both, six}
        assert list(models.Declaration.objects.with_party("UZ")) == [six]
        assert list(models.Declaration.objects.with_party("K")) == []

    def test_provisions_by_topic_and_side_and_never_of_a_draft(self) -> None:
        shown = make.ProvisionFactory(side="KZ", topics=("taiwan", "sovereignty"))
        hidden = make.ProvisionFactory(side="KZ", topics=("taiwan",), declaration=make.DeclarationFactory(state="draft"))
        make.ProvisionFactory(topics=("trade",))
        assert set(models.Provision.objects.on_topic("taiwan")) == {shown, hidden}
        assert list(models.Provision.objects.on_topic("taiwan").published()) == [shown]
        assert set(models.Provision.objects.stated_by("KZ")) == {shown, hidden}
        assert list(models.Provision.objects.on_topic("tai")) == []

    def test_the_form_says_in_words_what_the_database_holds(self) -> None:
        provision = make.ProvisionFactory(side="KZ")
        provision.side = "TJ"
        with pytest.raises(ValidationError, match="Tajikistan is not among the parties of this declaration"):
            provision.clean()
        assert provision.declaration.open_sides == ("CN", "KZ", "both")
        assert make.DeclarationFactory(parties=("CN", "KZ", "UZ")).open_sides == ("CN", "KZ", "UZ", "all", "C5")


class TestMechanisms:
    def test_the_top_has_no_parent(self) -> None:
        top = make.MechanismFactory()
        make.MechanismFactory(parent=top)
        assert list(models.Mechanism.objects.top()) == [top]

    def test_by_party(self) -> None:
        make.MechanismFactory()
        uz = make.MechanismFactory(parties=("CN", "UZ"))
        assert list(models.Mechanism.objects.with_party("UZ")) == [uz]

    def test_the_form_says_in_words_that_a_mechanism_is_not_part_of_itself(self) -> None:
        one = make.MechanismFactory()
        two = make.MechanismFactory(parent=one)
        one.parent = two
        with pytest.raises(ValidationError, match="A mechanism cannot be part of itself"):
            one.clean()


class TestStatuses:
    def test_rungs_stand_on_the_ladder_and_aims_beside_it(self) -> None:
        rung, aim = make.StatusFactory(level="strategic_partnership"), make.StatusFactory(level="community_shared_future")
        assert list(models.Status.objects.rungs()) == [rung]
        assert list(models.Status.objects.aims()) == [aim]
        assert (rung.rung, rung.is_aim) == (4, False)
        assert (aim.rung, aim.is_aim) == (None, True)

    def test_the_three_names_of_the_top_are_one_height(self) -> None:
        names = ("comprehensive_strategic_partnership_new_era", "permanent_comprehensive_strategic_partnership",
                 "all_weather_comprehensive_strategic_partnership")  # fmt: skip
        assert {models.Status(level=level).rung for level in names} == {6}


class TestChronicle:
    def test_leaders_whatever_office_they_hold_beside(self) -> None:
        offices = [
            "President", "Premier", "Prime Minister", "Chairman of the Cabinet of Ministers", "President and General Secretary",
            "General Secretary and President",
        ]  # fmt: skip
        others = ["Vice-President", "Vice-Premier", "First Deputy Prime Minister", "Minister of Foreign Affairs", "President of the Senate"]
        for office in offices + others:
            make.VisitFactory(office=office)
        assert {visit.office for visit in models.Visit.objects.by_leaders()} == set(offices)

    def test_frictions_and_landmarks_are_all_events(self) -> None:
        friction, landmark = make.EventFactory(friction=True), make.EventFactory(kind="protest")
        assert list(models.Event.objects.frictions()) == [friction]
        assert list(models.Event.objects.landmarks()) == [landmark]

    def test_turning_points_have_a_label(self) -> None:
        labelled = make.EventFactory(label="Pipeline")
        make.EventFactory()
        assert list(models.Event.objects.turning_points()) == [labelled]

    def test_a_visit_is_dated_by_its_first_day(self) -> None:
        assert make.VisitFactory(date_start="2022-09-14", date_end="2022-09-15").date == "2022-09-14"


class TestPeopleAndSources:
    def test_people_are_found_as_records_name_them(self) -> None:
        person = make.PersonFactory(side="CN", name_en="Li Peng")
        make.PersonFactory(side="KZ", name_en="Li Peng")
        assert list(models.Person.objects.named("CN", "Li Peng")) == [person]
        assert models.Person.objects.of_side("CN").get() == person

    def test_a_copy_is_no_link(self) -> None:
        copy, page = make.SourceFactory(publisher="Xinhua (copy)"), make.SourceFactory(publisher="Xinhua (copy) archive")
        assert list(models.Source.objects.linkable()) == [page]
        assert (copy.is_copy, page.is_copy) == (True, False)

    def test_a_source_without_publisher_is_told_by_its_host(self) -> None:
        bare = make.SourceFactory(url="https://www.example.org/a", publisher="", title="", published=None)
        assert (bare.host, str(bare)) == ("www.example.org", "www.example.org")
        assert str(make.SourceFactory(publisher="Xinhua", title="Talks", published="2022-09")) == "Xinhua · Talks · 2022-09"


class TestFiguresAndNews:
    def test_series_come_one_after_the_other(self) -> None:
        second, first = make.IndicatorFactory(position=2), make.IndicatorFactory(position=1)
        wanted = [
            make.ObservationFactory(indicator=indicator, dyad_id=dyad, reporter=reporter, year=year)
            for indicator, dyad, reporter, year in [
                (second, "CN-KZ", "A", 2020), (first, "CN-UZ", "A", 2019), (first, "CN-KZ", "B", 2018), (first, "CN-KZ", "A", 2021),
                (first, "CN-KZ", "A", 2020),
            ]
        ]  # fmt: skip
        assert list(models.Observation.objects.in_series_order()) == wanted[::-1]

    def test_a_feed_is_due_when_it_is_switched_on_and_its_time_has_come(self) -> None:
        make.FeedFactory(next_check=NOON + dt.timedelta(seconds=1))
        make.FeedFactory(next_check=NOON - dt.timedelta(days=1), enabled=False)
        now, long_ago = make.FeedFactory(next_check=NOON), make.FeedFactory(next_check=NOON - dt.timedelta(days=1))
        never = make.FeedFactory(next_check=None)
        assert list(models.Feed.objects.due(NOON)) == [never, long_ago, now]
        assert models.Feed.objects.enabled().count() == 4

    def test_neither_a_paused_nor_a_claimed_feed_is_due_and_a_lease_runs_out(self) -> None:
        make.FeedFactory(next_check=NOON, paused=True)
        make.FeedFactory(next_check=NOON, leased_until=NOON + dt.timedelta(seconds=1))
        left_behind = make.FeedFactory(next_check=NOON, leased_until=NOON)
        assert list(models.Feed.objects.due(NOON)) == [left_behind]
        assert models.Feed.objects.in_progress(NOON).count() == 1

    def test_those_that_need_a_human_the_longest_waiting_first(self) -> None:
        state = {"needs_human": "gone", "needs_human_since": NOON}
        make.FeedFactory(failures=9, failing_since=NOON)  # mends by itself
        make.FeedFactory(**state, enabled=False)
        make.FeedFactory(**state, paused=True)
        gone = make.FeedFactory(**state)
        moved = make.FeedFactory(proposed_url="https://new.example.org/", proposed_since=NOON - dt.timedelta(days=1))
        assert list(models.Feed.objects.needing_human()) == [moved, gone]

    def test_those_that_answer_well_and_tell_nothing(self) -> None:
        day = dt.timedelta(days=1)
        make.FeedFactory(last_success=NOON, last_news=NOON - 29 * day)
        make.FeedFactory(last_success=NOON, last_news=NOON - 31 * day, failing_since=NOON)
        make.FeedFactory(last_success=None)
        quiet = make.FeedFactory(last_success=NOON, last_news=NOON - 31 * day)
        never = make.FeedFactory(last_success=NOON, last_news=None)
        assert set(models.Feed.objects.silent(NOON)) == {quiet, never}
        assert set(models.Feed.objects.silent(NOON, days=28)) >= {quiet, never}
        assert models.Feed.objects.silent(NOON, days=28).count() == 3

    def test_news_of_a_relationship(self) -> None:
        old, new = (make.NewsItemFactory(dyads=["CN-KZ", "CN-UZ"], first_seen=NOON + dt.timedelta(hours=hours)) for hours in (0, 1))
        make.NewsItemFactory()
        assert list(models.NewsItem.objects.for_dyad("CN-KZ").newest_first()) == [new, old]


class TestCodes:
    def test_one_code_is_found_exactly_and_several_in_any_order(self) -> None:
        water, both = make.ProvisionFactory(topics=("water",)), make.ProvisionFactory(topics=("energy", "trade"))
        found = models.Provision.objects.order_by("pk")
        assert list(found.filter(has("topics", "trade"))) == [both]
        assert list(found.filter(has_any("topics", ["trade", "water"]))) == [water, both]
        assert list(found.filter(has_any("topics", []))) == []

    @pytest.mark.parametrize(
        ("codes", "complaint"), [((), "Choose at least one"), (("CN", "XX"), "Unknown codes: XX"), (("CN", "KZ", "CN"), "stands twice")]
    )
    def test_a_form_refuses_what_is_no_list_of_codes(self, codes: tuple[str, ...], complaint: str) -> None:
        record = make.EventFactory.build(parties=codes)
        with pytest.raises(ValidationError, match=complaint):
            record.clean_fields(exclude=["title"])

    @pytest.mark.parametrize(
        ("date", "complaint"), [("2022-02-30", "There is no such day"), ("2022-9", "Write 2022-09-14, 2022-09 or 2022")]
    )
    def test_a_form_refuses_a_day_that_no_calendar_has(self, date: str, complaint: str) -> None:
        with pytest.raises(ValidationError, match=complaint):
            make.EventFactory.build(date=date).clean_fields()
