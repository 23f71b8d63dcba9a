"""One declaration: its parts, what it names, and what stands around it."""

from __future__ import annotations

from typing import Any

import pytest

from relations.models import Declaration
from relations.selectors.declaration import DeclarationPage, read_declaration
from tests.factories import (
    DeclarationFactory,
    MechanismFactory,
    PersonFactory,
    ProvisionFactory,
    ReferenceFactory,
    SignatoryFactory,
    SourceFactory,
    StatusFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


def read(slug: str = "it", language: str = "en") -> DeclarationPage:
    return read_declaration(slug, language)


def test_a_draft_does_not_exist_unless_it_is_asked_for() -> None:
    DeclarationFactory(slug="it", state="draft")
    with pytest.raises(Declaration.DoesNotExist):
        read()
    page = read_declaration("it", "en", drafts=True)
    assert (page.earlier, page.later) == (None, None)


def test_the_silent_side_faces_the_one_that_speaks_alone() -> None:
    it = DeclarationFactory(slug="it")
    ProvisionFactory(declaration=it, position=1, side="both")
    ProvisionFactory(declaration=it, position=2, side="KZ")
    assert [(group.side, len(group)) for group in read().alone] == [("CN", 0), ("KZ", 1)]
    assert [(group.side, len(group)) for group in read().together] == [("both", 1)]


def test_china_alone_leaves_the_partner_silent_on_the_right() -> None:
    ProvisionFactory(declaration=DeclarationFactory(slug="it"), position=1, side="CN")
    assert [(group.side, len(group)) for group in read().alone] == [("CN", 1), ("KZ", 0)]


def test_nobody_faces_nobody_where_all_is_stated_together() -> None:
    ProvisionFactory(declaration=DeclarationFactory(slug="it"), position=1, side="both")
    assert read().alone == ()


def test_a_topic_is_said_once_for_provisions_that_follow_each_other() -> None:
    it = DeclarationFactory(slug="it")
    for number, topics in ((1, ("trade",)), (2, ("water",)), (3, ("trade",)), (4, ("trade", "water"))):
        ProvisionFactory(declaration=it, position=number, topics=topics)
    (both,) = read().together
    assert [(p.number, p.same) for p in both.items] == [(1, False), (3, True), (4, False), (2, False)]
    assert [p.number for p in read().provisions] == [1, 2, 3, 4]


def test_sources_of_a_provision_keep_the_numbers_of_the_document_and_new_ones_follow() -> None:
    first, second, own = (SourceFactory(publisher=name) for name in ("A", "B (copy)", "C"))
    it = DeclarationFactory(slug="it", sources=[first, second])
    ProvisionFactory(declaration=it, position=1, sources=[second])
    ProvisionFactory(declaration=it, position=2, sources=[own])
    ProvisionFactory(declaration=it, position=3, sources=[own])
    page = read()
    assert [(s.number, s.name, s.of) for s in page.sources] == [(1, "A", ()), (2, "B", ()), (3, "C", (2, 3))]
    assert [[s.number for s in p.sources] for p in page.provisions] == [[2], [3], [3]]


def test_verification_of_a_provision_is_told_only_where_it_differs() -> None:
    it = DeclarationFactory(slug="it", verification="official")
    for number, level in ((1, ""), (2, "official"), (3, "memory")):
        ProvisionFactory(declaration=it, position=number, verification=level)
    assert [p.verification for p in read().provisions] == ["", "", "memory"]


def test_what_it_invokes_has_titles_and_links() -> None:
    earlier = DeclarationFactory(slug="old", date="1992-01-03", title_en="Joint Communiqué of the PRC and Turkmenistan")
    it = DeclarationFactory(slug="it")
    ReferenceFactory(declaration=it, position=0, document="UNGA_2758")
    ReferenceFactory(declaration=it, position=1, document="", target=earlier)
    ReferenceFactory(declaration=it, position=2, document="", name="A plain name")
    found = read().invokes
    assert [item.title for item in found] == ["UN General Assembly resolution 2758", "Joint Communiqué", "A plain name"]
    assert found[1].document is not None and found[1].document.url == "/declarations/old/"
    assert [item.cites for item in found] == ["UNGA_2758", "old", ""]
    assert read(language="ru").invokes[0].title == "Резолюция 2758 Генеральной Ассамблеи ООН"


def test_an_invoked_draft_and_a_draft_that_invokes_stay_hidden() -> None:
    draft = DeclarationFactory(slug="draft", state="draft")
    it = DeclarationFactory(slug="it")
    later = DeclarationFactory(slug="later", date="2023-01-01")
    ReferenceFactory(declaration=it, document="", target=draft)
    ReferenceFactory(declaration=draft, document="", target=it)
    ReferenceFactory(declaration=later, document="", target=it)
    page = read()
    assert page.invokes == ()
    assert [document.slug for document in page.cited_by] == ["later"]


def test_earlier_and_later_are_those_of_the_relationship_and_published() -> None:
    DeclarationFactory(slug="a", date="1999")
    DeclarationFactory(slug="draft", date="2001", state="draft")
    DeclarationFactory(slug="kg", dyad_id="CN-KG", parties=("CN", "KG"), date="2002")
    DeclarationFactory(slug="it", date="2003-05")
    DeclarationFactory(slug="b", date="2003-06-01")
    page = read()
    assert page.earlier is not None and page.earlier.slug == "a"
    assert page.later is not None and page.later.slug == "b"
    assert read("a").earlier is None and read("b").later is None


def test_a_topic_of_one_side_alone_is_followed_through_the_other_documents() -> None:
    it = DeclarationFactory(slug="it", date="2022-09-14")
    ProvisionFactory(declaration=it, position=1, side="KZ", topics=("taiwan",))
    ProvisionFactory(declaration=it, position=2, side="both", topics=("water",))
    newer, older = DeclarationFactory(slug="newer", date="2024-07-03"), DeclarationFactory(slug="older", date="2001-09-12")
    for number in (1, 2):
        ProvisionFactory(declaration=newer, position=number, side="KZ", topics=("taiwan",))
    ProvisionFactory(declaration=newer, position=3, side="both", topics=("taiwan", "water"))
    ProvisionFactory(declaration=older, position=1, side="KZ", topics=("taiwan",))
    ProvisionFactory(declaration=DeclarationFactory(state="draft"), position=1, side="KZ", topics=("taiwan",))
    (related,) = read().related
    assert (related.topic, related.total) == ("taiwan", 2)
    found = [(item.document.slug, item.counts) for item in related.documents]
    assert found == [("newer", (("both", 1), ("KZ", 2))), ("older", (("KZ", 1),))]


def test_titles_in_other_languages_follow_and_the_missing_one_falls_back_to_english() -> None:
    DeclarationFactory(slug="it", title_en="Treaty", title_ru="Договор", title_zh_hans="条约")
    page = read(language="fr")
    assert (page.title, page.title_language) == ("Treaty", "en")
    assert page.other_titles == (("zh-hans", "条约"), ("ru", "Договор"))
    assert read(language="ru").title == "Договор"


def test_mechanisms_visits_and_statuses_are_found() -> None:
    committee = MechanismFactory(slug="committee", title_en="Committee")
    it = DeclarationFactory(slug="it")
    ProvisionFactory(declaration=it, position=1, mechanisms=[committee])
    ProvisionFactory(declaration=it, position=2, mechanisms=[committee])
    status, visit = StatusFactory(document=it), VisitFactory(declaration=it)
    page = read()
    assert [(link.title, link.url) for link in page.mechanisms] == [("Committee", "/mechanisms/committee/")]
    assert page.statuses == (status,)
    assert page.visits == (visit,)


def test_sources_are_grouped_by_language_without_those_of_single_provisions() -> None:
    zh, en, own = SourceFactory(language="zh"), SourceFactory(language="en"), SourceFactory(language="ru")
    it = DeclarationFactory(slug="it", sources=[zh, en])
    ProvisionFactory(declaration=it, position=1, sources=[own])
    assert [(code, [s.number for s in sources]) for code, sources in read().languages] == [("zh", [1]), ("en", [2])]


def _long_document(slug: str, size: int) -> None:
    it = DeclarationFactory(slug=slug, sources=[SourceFactory() for _ in range(size)])
    for number in range(1, size + 1):
        side = "CN" if number % 3 == 0 else "both"
        ProvisionFactory(declaration=it, position=number, side=side, sources=[SourceFactory()], mechanisms=[MechanismFactory()])
        SignatoryFactory(declaration=it, person=PersonFactory())
        ReferenceFactory(declaration=it, document="", target=DeclarationFactory())
        ReferenceFactory(declaration=DeclarationFactory(), document="", target=it)
        VisitFactory(declaration=it, date_start=f"2022-09-{number:02d}")
    StatusFactory(document=it, level="permanent_comprehensive_strategic_partnership" if size > 5 else "strategic_partnership")


def test_the_number_of_queries_does_not_grow_with_the_document(django_assert_num_queries: Any) -> None:
    _long_document("short", 3)
    with django_assert_num_queries(14):
        read("short")
    _long_document("long", 12)
    with django_assert_num_queries(14):
        read("long")
