"""What an accepted candidate becomes: a declaration in draft, or more of one that is there, with the article as its source."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from relations.domain.review import Flaw, form_of
from relations.models import Candidate, Declaration, NewsLink, Provision, ReadingCount, Source
from relations.services import acceptance, candidates
from relations.services.acceptance import Accepted, Incomplete
from relations.services.candidates import NotPossible, Stale
from tests.factories import (
    REPORT,
    DeclarationFactory,
    DraftedCandidateFactory,
    InitiativeFactory,
    MechanismFactory,
    ProvisionFactory,
    ReferenceFactory,
    SourceFactory,
    drafted,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 1, 6, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana")


def accept(candidate: Candidate, user: User, into: int | None = None, **changes: Any) -> Accepted:
    draft = replace(form_of(candidate.draft), **changes)
    return acceptance.accept(candidate.pk, candidate.version, draft, user, NOW, into)


def test_a_declaration_in_draft_is_made_with_the_article_as_its_source(ana: User) -> None:
    candidate = DraftedCandidateFactory(item__outlet__name="Agency", item__url="https://agency.example/1")
    done = accept(candidate, ana)
    made = Declaration.objects.get()
    assert (made.state, made.kind, made.level, made.date, made.place, made.parties) == (
        "draft", "joint_statement", "head_of_state", "2022-09-14", "Astana", ("CN", "KZ"),
    )  # fmt: skip
    assert (made.dyad_id, made.occasion, made.verification) == ("CN-KZ", "30th anniversary of diplomatic relations", "single")
    assert made.title_en == "Joint statement of China and Kazakhstan"  # type: ignore[attr-defined]
    assert made.slug == "cn-kz-2022-09-14-joint-statement-kazakhstan"
    assert list(made.provisions.values_list("position", "side", "topics", "text", "verification")) == [
        (1, "CN", ("development_path",), "The Chinese side supports the path of Kazakhstan.", ""),
        (2, "both", ("transport",), "The two sides will build a railway.", ""),
    ]
    source = made.citations.get().source
    assert (source.url, source.publisher, source.title, source.language, source.published) == (
        "https://agency.example/1", "Agency", "China and Kazakhstan issue a joint statement", "en", "2022-09-14",
    )  # fmt: skip
    assert made.history.get().history_user == ana  # type: ignore[attr-defined]
    assert (done.made, done.provisions, done.repeated) == (True, 2, 0)


def test_the_candidate_is_decided_and_keeps_its_text_for_a_while(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    accept(candidate, ana, title="A statement")
    candidate.refresh_from_db()
    assert (candidate.state, candidate.text, candidate.decided_by, candidate.decided) == ("accepted", REPORT, ana, NOW)
    assert candidate.declaration == Declaration.objects.get()
    assert candidate.version == 1
    assert candidate.history.latest().history_change_reason == "accepted: title"


def test_what_a_government_publishes_is_official(ana: User) -> None:
    accept(DraftedCandidateFactory(item__outlet__kind="government"), ana)
    assert Declaration.objects.get().verification == "official"


def test_what_is_dropped_is_left_out_and_numbers_run_on(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    one, two = form_of(candidate.draft).provisions
    accept(candidate, ana, provisions=(replace(one, dropped=True), two))
    assert list(Provision.objects.values_list("position", "text")) == [(1, "The two sides will build a railway.")]


def test_initiatives_references_and_mechanisms_come_along(ana: User) -> None:
    InitiativeFactory(code="BRI")
    committee = MechanismFactory(slug="cn-kz-committee")
    at = REPORT.index("railway")
    evidence = {"mechanisms": {"committee": {"record": "cn-kz-committee", "spans": [{"start": at, "end": at + 7, "rule": "r"}]}}}
    candidate = DraftedCandidateFactory(
        draft=drafted(initiatives=["BRI", "UNHEARD_OF"], references=["UNGA_2758"], mechanisms=["committee", "summit"], evidence=evidence)
    )
    done = accept(candidate, ana)
    made = Declaration.objects.get()
    assert [one.code for one in made.initiatives.all()] == ["BRI"]
    assert list(made.references.values_list("document", "position")) == [("UNGA_2758", 0)]
    assert [list(one.mechanisms.all()) for one in made.provisions.all()] == [[], [committee]]
    assert done.mechanisms == ("summit",), "no provision names it"


def test_a_mechanism_that_an_editor_has_chosen_comes_with_its_provision(ana: User) -> None:
    committee = MechanismFactory(slug="cn-kz-committee")
    candidate = DraftedCandidateFactory()
    one, two = form_of(candidate.draft).provisions
    accept(candidate, ana, provisions=(replace(one, mechanism="unheard-of"), replace(two, mechanism="cn-kz-committee")))
    assert [list(one.mechanisms.all()) for one in Declaration.objects.get().provisions.all()] == [[], [committee]]


def test_the_report_is_linked_to_the_declaration_and_counted(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    accept(candidate, ana)
    link = NewsLink.objects.get(item=Candidate.objects.get().item, kind="declaration")
    assert (link.declaration, link.state, link.decided_by) == (Declaration.objects.get(), "confirmed", ana)
    assert ReadingCount.objects.get().accepted == 1


def test_a_source_that_is_known_is_cited_again(ana: User) -> None:
    known = SourceFactory(url="http://www.agency.example/1/")
    candidate = DraftedCandidateFactory(item__url="https://agency.example/1")
    accept(candidate, ana)
    assert Source.objects.get() == known
    assert Declaration.objects.get().citations.get().source == known


@pytest.mark.parametrize("url", ["", "ftp://agency.example/1"])
def test_without_an_address_there_is_no_source_and_it_says_so(ana: User, url: str) -> None:
    accept(DraftedCandidateFactory(item__url=url), ana)
    made = Declaration.objects.get()
    assert made.verification == "memory"
    assert not made.citations.exists()


def test_two_documents_of_one_day_have_slugs_of_their_own(ana: User) -> None:
    accept(DraftedCandidateFactory(), ana)
    accept(DraftedCandidateFactory(), ana)
    assert set(Declaration.objects.values_list("slug", flat=True)) == {
        "cn-kz-2022-09-14-joint-statement-kazakhstan",
        "cn-kz-2022-09-14-joint-statement-kazakhstan-2",
    }


# ---- Refused ----------------------------------------------------------------------------------------------------------------


def test_what_is_incomplete_writes_nothing(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    with pytest.raises(Incomplete) as told:
        accept(candidate, ana, kind="", date="")
    assert told.value.flaws == {"kind": Flaw.NO_KIND, "date": Flaw.NO_DATE}
    candidate.refresh_from_db()
    assert (candidate.state, candidate.version) == ("pending", 0)
    assert not Declaration.objects.exists()


def test_of_two_editors_one_makes_the_declaration(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    accept(candidate, ana)
    with pytest.raises(Stale) as told:
        accept(candidate, User.objects.create_user("ben"))
    assert told.value.candidate.declaration == Declaration.objects.get()
    assert told.value.changes[0].who == "ana"


def test_what_fails_half_way_leaves_nothing(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(acceptance, "_link", fails)
    candidate = DraftedCandidateFactory()
    with pytest.raises(RuntimeError):
        accept(candidate, ana)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.text) == ("pending", REPORT)
    assert not Declaration.objects.exists()
    assert not Source.objects.exists()


# ---- Completed --------------------------------------------------------------------------------------------------------------


def test_completing_fills_what_is_empty_and_appends(ana: User) -> None:
    old = SourceFactory()
    there = DeclarationFactory(title_en="As the editor wrote it", place=None, occasion="", verification="official", sources=[old])
    ProvisionFactory(declaration=there, position=4, text="The two  sides will BUILD a railway.", topics=("trade",))
    ReferenceFactory(declaration=there, document="UNGA_2758", position=0)
    candidate = DraftedCandidateFactory(draft=drafted(references=["UNGA_2758", "UN_CHARTER"], date="2022-09-15"))
    done = accept(candidate, ana, into=there.pk)
    there.refresh_from_db()
    assert (done.made, done.declaration, done.provisions, done.repeated) == (False, there, 1, 1)
    assert (there.title_en, there.place, there.occasion) == (
        "As the editor wrote it", "Astana", "30th anniversary of diplomatic relations",
    )  # fmt: skip
    assert (there.date, there.verification, there.state) == ("2022-09-14", "official", "published")
    assert [(one.position, one.text, one.topics, one.verification) for one in there.provisions.all()] == [
        (4, "The two  sides will BUILD a railway.", ("trade",), ""),
        (5, "The Chinese side supports the path of Kazakhstan.", ("development_path",), "single"),
    ]
    assert [one.document for one in there.references.all()] == ["UNGA_2758", "UN_CHARTER"]
    report = Source.objects.get(url=candidate.item.url)
    assert [one.source for one in there.citations.all()] == [old, report]
    assert [one.source for one in there.provisions.last().citations.all()] == [report]


@pytest.mark.parametrize("completing", [True, False])
def test_what_an_article_says_several_times_is_added_once(ana: User, completing: bool) -> None:
    said = ["China will invest.", "Trade doubles.", "China will  invest", "“China will invest.”"]
    candidate = DraftedCandidateFactory(draft=drafted(provisions=[{"text": text, "side": "CN", "topics": ["trade"]} for text in said]))
    done = accept(candidate, ana, into=DeclarationFactory().pk if completing else None)
    assert [(one.position, one.text) for one in done.declaration.provisions.all()] == [(1, "China will invest."), (2, "Trade doubles.")]
    assert (done.provisions, done.repeated) == (2, 2)


def test_nothing_of_an_editor_is_overwritten(ana: User) -> None:
    there = DeclarationFactory(place="Beijing", occasion="State visit", summary="Mine", state="draft", title_en="Mine too")
    before = Declaration.objects.values().get()
    accept(DraftedCandidateFactory(), ana, into=there.pk)
    assert Declaration.objects.values().get() == before


def test_a_record_from_memory_has_a_source_now(ana: User) -> None:
    there = DeclarationFactory(verification="memory")
    accept(DraftedCandidateFactory(), ana, into=there.pk)
    there.refresh_from_db()
    assert there.verification == "single"


def test_sides_that_the_declaration_does_not_have_are_refused(ana: User) -> None:
    there = DeclarationFactory(dyad_id="CN-UZ", parties=("CN", "UZ"))
    candidate = DraftedCandidateFactory(draft=drafted(provisions=[{"text": "One.", "side": "KZ", "topics": ["trade"]}]))
    with pytest.raises(Incomplete) as told:
        accept(candidate, ana, into=there.pk)
    assert told.value.flaws == {"provisions-0-side": Flaw.OTHER_SIDE}
    assert not there.provisions.exists()


def test_a_declaration_that_is_gone_cannot_be_completed(ana: User) -> None:
    with pytest.raises(NotPossible):
        accept(DraftedCandidateFactory(), ana, into=4711)


def test_the_second_of_a_division_has_the_same_article_as_its_source(ana: User) -> None:
    candidate = DraftedCandidateFactory()
    first, second = candidates.split(candidate.pk, 0, form_of(candidate.draft), [1], ana, kind="treaty")
    accept(first, ana)
    accept(second, ana)
    assert [one.citations.get().source.url for one in Declaration.objects.all()] == [candidate.item.url] * 2
