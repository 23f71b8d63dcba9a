"""What the database itself refuses, on SQLite and PostgreSQL alike, whoever writes: a form, a script, a load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Model, ProtectedError

from relations import models
from relations.models import triggers
from relations.models.choices import EventKind, Level
from tests import factories as make

pytestmark = pytest.mark.django_db

Write = Callable[[], object]

BAD_DATES = [
    "",
    "22-09-14",
    "2022-9-14",
    "2022-13",
    "2022-00",
    "2022-09-32",
    "2022-09-00",
    "2022-09-1",
    "14.09.2022",
    "2022/09",
    "２０２２",
    "2022 ",
]
GOOD_DATES = ["2022", "2022-09", "2022-09-14", "2024-02-29", "1991-12-31"]


def refused(write: Write) -> str:
    """What the database says to a write that it refuses."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
        with connection.cursor() as cursor:  # what is held until the end of the transaction, is held now
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return str(error.value)


def holds(name: str, write: Write) -> None:
    """That it is the constraint of this name which refuses; SQLite names the columns of a broken uniqueness instead."""
    said = refused(write)
    assert name in said or (connection.vendor == "sqlite" and said.startswith("UNIQUE constraint failed")), said


def setting(factory: Any, **values: Any) -> Write:
    """A write that changes a row which is good otherwise."""

    def write() -> None:
        row = factory()
        type(row)._default_manager.filter(pk=row.pk).update(**values)

    return write


def twice(factory: Any, **same: Any) -> Write:
    """A write of two rows that have these values in common."""

    def write() -> None:
        shared = {name: value() if callable(value) else value for name, value in same.items()}
        factory(**shared)
        factory(**shared)

    return write


def citing_twice(factory: Any) -> Write:
    def write() -> None:
        source = make.SourceFactory()
        factory(sources=[source, source])

    return write


UNIQUE: dict[str, Write] = {
    "status_level_once_a_dyad": twice(make.StatusFactory, dyad_id="CN-KZ", level="recognition"),
    "person_once_a_side": twice(make.PersonFactory, side="CN", name_en="Xi Jinping"),
    "declaration_text_once_a_language": twice(make.DeclarationTextFactory, declaration=make.DeclarationFactory, language="en"),
    "signatory_once": twice(make.SignatoryFactory, declaration=make.DeclarationFactory, side="CN", name="Xi Jinping"),
    "provision_number_once": twice(make.ProvisionFactory, declaration=make.DeclarationFactory, position=1),
    "visit_once": twice(make.VisitFactory, visitor=make.PersonFactory, host="KZ", date_start="2022-09-14"),
    "event_once": twice(make.EventFactory, dyad_id="CN-KZ", date="2011", title_en="A bridge"),
    "anniversary_once": twice(make.AnniversaryFactory, dyad_id="CN-KZ", month_day="12-16", title_en="Independence Day"),
    "observation_once_a_series": twice(
        make.ObservationFactory, indicator=make.IndicatorFactory, dyad_id="CN-KZ", reporter="A", scope="", period="2022"
    ),
    "session_once": twice(make.SessionFactory, mechanism=make.MechanismFactory, date="2005-11-17", number=None),
    "session_number_once": lambda: [
        make.SessionFactory(mechanism=mechanism, number=3, date=date)
        for mechanism in [make.MechanismFactory()]
        for date in ("2005", "2007")
    ],
    "chair_once": twice(make.ChairFactory, session=make.SessionFactory, side="CN", name="Wu Yi"),
    "dataset_entry_once": lambda: [
        models.DatasetEntry.objects.create(kind="events", key="a", object_id=row, fingerprint="") for row in (1, 2)
    ],
    "news_item_once_an_outlet": twice(make.NewsItemFactory, outlet=make.OutletFactory, key="a"),
    "news_link_once": twice(make.NewsLinkFactory, item=make.NewsItemFactory, kind="dyad", code="CN-KZ"),
    "candidate_once_an_item": twice(make.CandidateFactory, item=make.NewsItemFactory),
    "news_volume_once": twice(make.NewsVolumeFactory, month="2026-01", dyad="CN-KZ", language="en"),
    "reading_count_once": twice(make.ReadingCountFactory, month="2026-01", language="en"),
    "tombstone_once_an_outlet": twice(models.Tombstone.objects.create, outlet=make.OutletFactory, key="a"),
    "person_cites_source_once": citing_twice(make.PersonFactory),
    "initiative_cites_source_once": citing_twice(make.InitiativeFactory),
    "declaration_cites_source_once": citing_twice(make.DeclarationFactory),
    "provision_cites_source_once": citing_twice(make.ProvisionFactory),
    "mechanism_cites_source_once": citing_twice(make.MechanismFactory),
    "session_cites_source_once": citing_twice(make.SessionFactory),
    "status_cites_source_once": citing_twice(make.StatusFactory),
    "visit_cites_source_once": citing_twice(make.VisitFactory),
    "event_cites_source_once": citing_twice(make.EventFactory),
    "anniversary_cites_source_once": citing_twice(make.AnniversaryFactory),
    "observation_cites_source_once": citing_twice(make.ObservationFactory),
}

RECORDS = {
    "status": make.StatusFactory,
    "declaration": make.DeclarationFactory,
    "mechanism": make.MechanismFactory,
    "session": make.SessionFactory,
    "visit": make.VisitFactory,
    "event": make.EventFactory,
    "anniversary": make.AnniversaryFactory,
    "person": make.PersonFactory,
    "initiative": make.InitiativeFactory,
    "observation": make.ObservationFactory,
}
"""The kinds of record that say how well they are verified."""

CHECKS: dict[str, Write] = {
    "index_weight_code_known": setting(make.IndexWeightFactory, code="hug"),
    "index_weight_within_scale": setting(make.IndexWeightFactory, weight="9.01"),
    "source_published_form": setting(make.SourceFactory, published="yesterday"),
    "source_url_is_http": setting(make.SourceFactory, url="ftp://example.org/"),
    "person_side_known": setting(make.PersonFactory, side="XX"),
    "term_start_form": setting(make.TermFactory, start="2013-3"),
    "term_end_form": setting(make.TermFactory, end="2013-"),
    "term_ends_after_it_starts": setting(make.TermFactory, start="2013-03", end="2013-02"),
    "declaration_date_form": setting(make.DeclarationFactory, date="Sept 2022"),
    "declaration_has_two_parties": setting(make.DeclarationFactory, parties=("CN",)),
    "declaration_kind_known": setting(make.DeclarationFactory, kind="speech"),
    "declaration_level_known": setting(make.DeclarationFactory, level="king"),
    "declaration_state_known": setting(make.DeclarationFactory, state="hidden"),
    "signatory_side_known": setting(make.SignatoryFactory, side="XX"),
    "provision_verification_known": setting(make.ProvisionFactory, verification="rumour"),
    "provision_one_to_three_topics": setting(make.ProvisionFactory, topics=("trade", "energy", "water", "health")),
    "provision_number_from_one": setting(make.ProvisionFactory, position=0),
    "provision_span_has_length": setting(make.ProvisionFactory, start=10, end=10),
    "reference_names_one_document": setting(make.ReferenceFactory, document="", name=""),
    "visit_start_form": setting(make.VisitFactory, date_start="2022-9"),
    "visit_end_form": setting(make.VisitFactory, date_end="2022-9-15"),
    "visit_ends_after_it_starts": setting(make.VisitFactory, date_start="2022-09-14", date_end="2022-09-14"),
    "visit_kind_known": setting(make.VisitFactory, kind="secret"),
    "visit_host_known": setting(make.VisitFactory, host="XX"),
    "event_date_form": setting(make.EventFactory, date="in 2011"),
    "event_has_two_parties": setting(make.EventFactory, parties=()),
    "event_kind_known": setting(make.EventFactory, kind="weather"),
    "anniversary_day_form": setting(make.AnniversaryFactory, month_day="13-01"),
    "anniversary_origin_form": setting(make.AnniversaryFactory, origin="91"),
    "observation_period_form": setting(make.ObservationFactory, period="2022/"),
    "observation_year_possible": setting(make.ObservationFactory, year=1899),
    "observation_qualifier_known": setting(make.ObservationFactory, qualifier="roughly"),
    "mechanism_established_form": setting(make.MechanismFactory, established="2004-5"),
    "mechanism_has_two_parties": setting(make.MechanismFactory, parties=("CN",)),
    "mechanism_kind_known": setting(make.MechanismFactory, kind="club"),
    "mechanism_status_known": setting(make.MechanismFactory, status="asleep"),
    "mechanism_rhythm_positive": setting(make.MechanismFactory, periodicity_months=0),
    "session_date_form": setting(make.SessionFactory, date="2005-W01"),
    "session_format_known": setting(make.SessionFactory, format="by post"),
    "chair_side_known": setting(make.ChairFactory, side="C5"),
    "outlet_kind_known": setting(make.OutletFactory, kind="blog"),
    "outlet_full_text_known": setting(make.OutletFactory, full_text="some"),
    "article_state_known": setting(make.ArticleTextFactory, state="lost"),
    "rule_action_known": setting(make.RuleFactory, action="hail"),
    "rule_has_a_condition": setting(make.RuleFactory, words="", entities="", languages=""),
    "news_item_date_flag_known": setting(make.NewsItemFactory, date_flag="odd"),
    "feed_confidence_known": setting(make.FeedFactory, confidence="sure"),
    "feed_format_known": setting(make.FeedFactory, format="html"),
    "attempt_outcome_known": setting(make.FetchAttemptFactory, outcome="maybe"),
    "candidate_dyad_known": setting(make.CandidateFactory, dyad="CN-XX"),
    "item_reading_score_range": setting(make.ItemReadingFactory, score=1.1),
    "news_link_kind_known": setting(make.NewsLinkFactory, kind="weather"),
    "news_link_state_known": setting(make.NewsLinkFactory, state="doubted"),
    "candidate_state_known": setting(make.CandidateFactory, state="forgotten"),
    "status_date_form": setting(make.StatusFactory, date="1992-01-3"),
    **{f"{name}_verification_known": setting(factory, verification="rumour") for name, factory in RECORDS.items()},
    "initiative_proposed_form": setting(make.InitiativeFactory, proposed="in spring"),
    "initiative_proposer_known": setting(make.InitiativeFactory, proposer="XX"),
    "status_level_known": setting(make.StatusFactory, level="alliance"),
}

ELSEWHERE = {"provision_side_known", "reference_not_to_itself", "mechanism_not_its_own_parent"}
"""Constraints that a test of its own holds below."""


def constraints() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for model in apps.get_app_config("relations").get_models():
        found |= {constraint.name: constraint for constraint in model._meta.constraints}
    return found


def test_no_constraint_is_without_an_example() -> None:
    assert UNIQUE.keys() | CHECKS.keys() | ELSEWHERE == constraints().keys()
    assert CHECKS.keys() | ELSEWHERE == {name for name, constraint in constraints().items() if isinstance(constraint, CheckConstraint)}


@pytest.mark.parametrize(("name", "write"), [*UNIQUE.items(), *CHECKS.items()], ids=[*UNIQUE, *CHECKS])
def test_the_database_holds_it(name: str, write: Write) -> None:
    holds(name, write)


@pytest.mark.parametrize(
    ("factory", "column", "value"),
    [
        (make.SourceFactory, "url", "https://example.org/1"),
        (make.PersonFactory, "slug", "xi-jinping"),
        (make.DeclarationFactory, "slug", "cn-kz-2022-09-14-statement"),
        (make.MechanismFactory, "slug", "cn-kz-committee"),
        (make.InitiativeFactory, "code", "BRI"),
        (make.IndicatorFactory, "code", "trade"),
        (make.OutletFactory, "slug", "astana-times"),
        (make.FeedFactory, "url", "https://example.org/feed.xml"),
    ],
)
def test_a_natural_key_is_given_once(factory: Any, column: str, value: str) -> None:
    assert refused(twice(factory, **{column: value}))


DATES = [
    (make.StatusFactory, "date"), (make.DeclarationFactory, "date"), (make.SessionFactory, "date"), (make.EventFactory, "date"),
    (make.VisitFactory, "date_start"), (make.MechanismFactory, "established"), (make.AnniversaryFactory, "origin"),
    (make.SourceFactory, "published"), (make.InitiativeFactory, "proposed"), (make.TermFactory, "start"),
]  # fmt: skip


@pytest.mark.parametrize("value", BAD_DATES)
@pytest.mark.parametrize(("factory", "column"), DATES)
def test_a_date_has_one_of_three_forms(factory: Any, column: str, value: str) -> None:
    assert refused(setting(factory, **{column: value}))


@pytest.mark.parametrize("value", GOOD_DATES)
@pytest.mark.parametrize(("factory", "column"), DATES)
def test_a_date_may_be_known_to_the_year_the_month_or_the_day(factory: Any, column: str, value: str) -> None:
    row = factory(**{column: value, **({"end": None} if factory is make.TermFactory else {})})
    row.refresh_from_db()
    assert getattr(row, column) == value


@pytest.mark.parametrize("factory", [make.MechanismFactory, make.AnniversaryFactory, make.SourceFactory, make.InitiativeFactory])
def test_some_dates_may_be_unknown(factory: Any) -> None:
    column = {column for each, column in DATES if each is factory}.pop()
    assert getattr(factory(**{column: None}), column) is None


@pytest.mark.parametrize("factory", RECORDS.values(), ids=RECORDS)
def test_the_verification_of_a_record_is_one_of_four(factory: Any) -> None:
    for verification in ("", "Official", "rumour"):
        assert "verification_known" in refused(setting(factory, verification=verification))
        models.Status.objects.all().delete()  # a level stands once a relationship
    for verification in ("official", "multiple", "single", "memory"):
        setting(factory, verification=verification)()
        models.Status.objects.all().delete()


class TestWhatMayBe:
    """The near misses: rows that look like the refused ones and are good."""

    def test_sessions_of_one_day_may_differ_by_number(self) -> None:
        mechanism = make.MechanismFactory()
        for number in (None, 1, 2):
            make.SessionFactory(mechanism=mechanism, date="2005", number=number)
        assert mechanism.sessions.count() == 3

    def test_numbers_belong_to_one_mechanism(self) -> None:
        make.SessionFactory(number=1)
        make.SessionFactory(number=1)

    def test_levels_belong_to_one_relationship(self) -> None:
        make.StatusFactory(dyad_id="CN-KZ")
        make.StatusFactory(dyad_id="CN-UZ")

    def test_a_provision_may_stand_on_the_verification_of_its_declaration(self) -> None:
        assert make.ProvisionFactory(verification="").verification == ""

    def test_a_term_may_be_open_at_both_ends_and_begin_and_end_in_one_month(self) -> None:
        make.TermFactory(start=None, end=None)
        make.TermFactory(start="2013-03", end="2013-03")

    def test_a_session_s_format_may_be_unknown(self) -> None:
        assert make.SessionFactory(format="").format == ""

    @pytest.mark.parametrize("period", ["2022", "2022-06-30", "2022-01/2022-06", "2021/2022"])
    def test_a_period_is_a_date_or_a_span(self, period: str) -> None:
        assert make.ObservationFactory(period=period).period == period


class TestReferences:
    def test_exactly_one_document_is_named(self) -> None:
        target = make.DeclarationFactory()
        for values in (
            {"target": target, "document": "", "name": ""},
            {"target": None, "document": "UNGA_2758", "name": ""},
            {"target": None, "document": "", "name": "A treaty"},
        ):
            make.ReferenceFactory(**values)
        for values in (
            {"target": None, "document": "", "name": ""},
            {"target": target, "document": "UNGA_2758", "name": ""},
            {"target": target, "document": "", "name": "A treaty"},
            {"target": None, "document": "UNGA_2758", "name": "A treaty"},
        ):
            holds("reference_names_one_document", lambda values=values: make.ReferenceFactory(**values))  # type: ignore[misc]

    def test_a_declaration_does_not_refer_to_itself(self) -> None:
        record = make.DeclarationFactory()
        holds("reference_not_to_itself", lambda: make.ReferenceFactory(declaration=record, target=record, document=""))

    def test_a_declaration_that_another_invokes_stays(self) -> None:
        record = make.DeclarationFactory()
        make.ReferenceFactory(target=record, document="")
        with pytest.raises(ProtectedError):
            record.delete()


TWO, SIX = ("CN", "KZ"), ("CN", "KZ", "KG", "TJ", "TM", "UZ")


class TestSidesOfProvisions:
    @pytest.mark.parametrize(
        ("parties", "side", "good"),
        [
            (TWO, "both", True), (TWO, "CN", True), (TWO, "KZ", True), (TWO, "TJ", False), (TWO, "all", False), (TWO, "C5", False),
            (SIX, "all", True), (SIX, "C5", True), (SIX, "UZ", True), (SIX, "both", False), (SIX, "AF", False),
            (("CN", "TJ", "AF", "PK"), "PK", True), (("CN", "TJ", "AF", "PK"), "KZ", False), (TWO, "K", False), (TWO, "", False),
            (TWO, "xyz", False),
        ],
    )  # fmt: skip
    def test_a_side_is_a_party_or_all_of_them_together(self, parties: tuple[str, ...], side: str, good: bool) -> None:
        record = make.DeclarationFactory(parties=parties)
        ok = make.ProvisionFactory(declaration=record, side=parties[0])
        writes = [
            lambda: make.ProvisionFactory(declaration=record, side=side),
            lambda: models.Provision.objects.bulk_create([make.ProvisionFactory.build(declaration=record, side=side, position=9_999)]),
            lambda: models.Provision.objects.filter(pk=ok.pk).update(side=side),
        ]
        for write in writes:
            if good:
                write()
            else:
                assert triggers.SIDE_MESSAGE in refused(write)

    def test_a_side_is_a_known_code_though_it_were_a_party(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DROP TRIGGER provision_side_stays_a_party" + (" ON relations_provision" if connection.vendor == "postgresql" else "")
            )
        try:
            holds("provision_side_known", setting(make.ProvisionFactory, side="XX"))
        finally:
            triggers.install(using="default")

    def test_parties_stay_as_long_as_they_state_something(self) -> None:
        record = make.DeclarationFactory(parties=SIX)
        make.ProvisionFactory(declaration=record, side="UZ")
        change = models.Declaration.objects.filter(pk=record.pk).update
        assert triggers.SIDE_MESSAGE in refused(lambda: change(parties=TWO))
        change(parties=("CN", "KZ", "UZ"))
        models.Provision.objects.update(side="all")
        assert triggers.SIDE_MESSAGE in refused(lambda: change(parties=TWO))
        models.Provision.objects.update(side="CN")
        change(parties=TWO)

    def test_a_provision_does_not_move_to_a_document_of_others(self) -> None:
        provision = make.ProvisionFactory(side="KZ")
        other = make.DeclarationFactory(parties=("CN", "UZ"))
        assert triggers.SIDE_MESSAGE in refused(lambda: models.Provision.objects.filter(pk=provision.pk).update(declaration=other))

    def test_both_are_two_in_whatever_order(self) -> None:
        make.ProvisionFactory(declaration=make.DeclarationFactory(parties=("KZ", "CN")), side="both")


class TestMechanismTrees:
    def chain(self, length: int) -> list[models.Mechanism]:
        made: list[models.Mechanism] = []
        for _ in range(length):
            made.append(make.MechanismFactory(parent=made[-1] if made else None))
        return made

    def move(self, mechanism: models.Mechanism, parent: models.Mechanism | None) -> None:
        models.Mechanism.objects.filter(pk=mechanism.pk).update(parent=parent)

    def test_no_mechanism_is_its_own_parent(self) -> None:
        (one,) = self.chain(1)
        said = refused(lambda: self.move(one, one))
        assert "mechanism_not_its_own_parent" in said or triggers.ANCESTOR_MESSAGE in said

    @pytest.mark.parametrize("length", [2, 3, 6])
    def test_no_mechanism_is_its_own_ancestor(self, length: int) -> None:
        chain = self.chain(length)
        assert triggers.ANCESTOR_MESSAGE in refused(lambda: self.move(chain[0], chain[-1]))

    def test_trees_may_be_moved(self) -> None:
        one, two, three = self.chain(3)
        self.move(three, one)
        self.move(two, three)
        self.move(one, None)
        assert models.Mechanism.objects.get(pk=two.pk).parent_id == three.pk

    def test_a_parent_with_parts_stays(self) -> None:
        one, _ = self.chain(2)
        with pytest.raises(ProtectedError):
            one.delete()


class TestProtection:
    @pytest.mark.parametrize("factory", [make.EventFactory, make.DeclarationFactory, make.StatusFactory, make.ProvisionFactory])
    def test_a_cited_source_stays(self, factory: Any) -> None:
        source = make.SourceFactory()
        factory(sources=[source])
        with pytest.raises(ProtectedError):
            source.delete()

    def test_a_mechanism_that_met_stays(self) -> None:
        session = make.SessionFactory()
        with pytest.raises(ProtectedError):
            session.mechanism.delete()

    def test_a_visitor_stays(self) -> None:
        visit = make.VisitFactory()
        with pytest.raises(ProtectedError):
            visit.visitor.delete()

    def test_what_belongs_to_a_declaration_goes_with_it(self) -> None:
        record = make.DeclarationFactory(sources=[make.SourceFactory()])
        make.ProvisionFactory(declaration=record)
        make.SignatoryFactory(declaration=record)
        visit = make.VisitFactory(declaration=record)
        record.delete()
        visit.refresh_from_db()
        assert visit.declaration is None
        assert [table.objects.count() for table in (models.Provision, models.Signatory, models.DeclarationCitation)] == [0, 0, 0]
        assert models.Source.objects.count() == 1


def test_codes_are_kept_in_their_order_and_found_exactly() -> None:
    row = make.EventFactory(parties=("CN", "KG", "UZ"))
    row.refresh_from_db()
    assert row.parties == ("CN", "KG", "UZ")
    found: type[Model] = models.Event
    assert found._default_manager.filter(parties__contains=" KG ").exists()
    assert not found._default_manager.filter(parties__contains=" K ").exists()


def test_every_code_of_a_list_is_accepted() -> None:
    for kind in EventKind.values:
        make.EventFactory(kind=kind)
    for level in Level.values:
        make.StatusFactory(level=level)
    assert models.Status.objects.rungs().count() == 9
    assert models.Status.objects.aims().count() == 2
