"""What a story is linked to, and which stories tell of a record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.selectors.linked_news import LINKS_SHOWN, LinkGroup, StoryLink, of_declaration, of_mechanism, record_title, story_links
from relations.selectors.news import NewsFilters, news_page, outlet_names
from relations.selectors.stories import lines
from tests.factories import (
    DeclarationFactory,
    InitiativeFactory,
    MechanismFactory,
    NewsItemFactory,
    NewsLinkFactory,
    OutletFactory,
    PersonFactory,
    ReferenceFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def words(said: str, rule: str = "party by name") -> dict[str, Any]:
    return {"start": 0, "end": len(said), "rule": rule, "words": said}


def item(story: Any, **more: Any) -> Any:
    return NewsItemFactory(**{"story": story, "sort_time": NOON, "dyads": ["CN-KZ"], **more})


def groups(story: Any, *, for_editor: bool = False, everything: bool = False) -> dict[str, LinkGroup]:
    return {group.kind: group for group in story_links(story.pk, for_editor=for_editor, everything=everything)}


def only(story: Any, kind: str, *, for_editor: bool = False) -> StoryLink:
    (link,) = groups(story, for_editor=for_editor)[kind].links
    return link


# ---- What a story is about --------------------------------------------------------------------------------------------------


def test_links_are_grouped_by_kind_each_with_the_page_of_its_record() -> None:
    story = StoryFactory()
    report = item(story)
    mechanism = MechanismFactory(slug="committee", title_en="Cooperation Committee")
    person = PersonFactory(slug="someone", name_en="Some One")
    declaration = DeclarationFactory(slug="statement", title_en="Joint Statement")
    initiative = InitiativeFactory(code="BRI", title_en="Belt and Road")
    declaration.initiatives.add(initiative)
    ReferenceFactory(declaration=declaration, document="UN_CHARTER")
    NewsLinkFactory(item=report, kind="declaration", code="statement", declaration=declaration)
    NewsLinkFactory(item=report, kind="person", code="someone", person=person)
    NewsLinkFactory(item=report, kind="reference", code="UN_CHARTER")
    NewsLinkFactory(item=report, kind="initiative", code="BRI")
    NewsLinkFactory(item=report, kind="mechanism", code="committee", mechanism=mechanism)
    NewsLinkFactory(item=report)
    found = story_links(story.pk, for_editor=False)
    assert [(group.kind, link.title, link.url) for group in found for link in group.links] == [
        ("dyad", "", "/countries/kz/"),
        ("mechanism", "Cooperation Committee", "/mechanisms/committee/"),
        ("initiative", "Belt and Road", "/declarations/?initiative=BRI"),
        ("reference", "UN Charter", "/declarations/?cites=UN_CHARTER"),
        ("person", "Some One", ""),
        ("declaration", "Joint Statement", "/declarations/statement/"),
    ]


def test_what_no_declaration_names_leads_nowhere() -> None:
    story = StoryFactory()
    report = item(story)
    InitiativeFactory(code="GDI", title_en="Global Development Initiative")
    NewsLinkFactory(item=report, kind="initiative", code="GDI")
    NewsLinkFactory(item=report, kind="reference", code="UNGA_2758")
    ReferenceFactory(declaration=DeclarationFactory(state="draft"), document="UNGA_2758")
    assert [only(story, kind).url for kind in ("initiative", "reference")] == ["", ""]


def test_a_draft_is_never_named() -> None:
    story = StoryFactory()
    draft = DeclarationFactory(slug="draft", state="draft")
    NewsLinkFactory(item=item(story), kind="declaration", code="draft", declaration=draft)
    assert groups(story, for_editor=True) == {}


def test_the_same_link_of_several_reports_is_one_with_the_words_of_all() -> None:
    story = StoryFactory()
    first, second, hidden = item(story, language="en"), item(story, language="ru"), item(story, hidden=True)
    NewsLinkFactory(item=second, evidence=[words("казахстанско-китайские")])
    NewsLinkFactory(item=first, evidence=[words("Kazakhstan"), words("kazakhstan"), words("Astana", "capital named")])
    NewsLinkFactory(item=hidden, evidence=[words("hidden words")])
    link = only(story, "dyad")
    assert link.reports == 2
    assert [(quote.words, quote.rule, quote.report, quote.language) for quote in link.quotes] == [
        ("Kazakhstan", "party by name", first.pk, "en"),
        ("Astana", "capital named", first.pk, "en"),
        ("казахстанско-китайские", "party by name", second.pk, "ru"),
    ]


def test_evidence_of_another_shape_is_passed_over() -> None:
    story = StoryFactory()
    NewsLinkFactory(item=item(story), evidence=["Kazakhstan", {"rule": "party by name"}, {"words": None}, words("kept")])
    NewsLinkFactory(item=item(story), evidence={"no": "list"})
    assert [quote.words for quote in only(story, "dyad").quotes] == ["kept"]


def test_a_rejected_link_is_for_editors_alone() -> None:
    story = StoryFactory()
    NewsLinkFactory(item=item(story), state="rejected")
    assert groups(story) == {}
    assert only(story, "dyad", for_editor=True).is_rejected


def test_of_a_link_rejected_in_one_report_the_words_of_the_other_count() -> None:
    story = StoryFactory()
    NewsLinkFactory(item=item(story), state="rejected", evidence=[words("wrong")])
    NewsLinkFactory(item=item(story), evidence=[words("right")])
    link = only(story, "dyad")
    assert (link.state, link.reports, link.rejected) == ("read", 2, 1)
    assert [quote.words for quote in link.quotes] == ["right"]


def test_a_link_confirmed_in_one_report_is_confirmed() -> None:
    story = StoryFactory()
    NewsLinkFactory(item=item(story))
    NewsLinkFactory(item=item(story), state="confirmed")
    assert only(story, "dyad").state == "confirmed"


def test_a_long_group_is_cut_unless_all_of_it_is_asked_for() -> None:
    story = StoryFactory()
    report = item(story)
    for number in range(LINKS_SHOWN + 3):
        person = PersonFactory(slug=f"p{number}")
        NewsLinkFactory(item=report, kind="person", code=f"p{number}", person=person)
    cut = groups(story)["person"]
    assert (len(cut.links), cut.total) == (LINKS_SHOWN, LINKS_SHOWN + 3)
    assert len(groups(story, everything=True)["person"].links) == LINKS_SHOWN + 3


@pytest.mark.parametrize("reports", [1, 12])
def test_the_number_of_queries_does_not_grow_with_reports_and_links(reports: int, django_assert_num_queries: Any) -> None:
    story = StoryFactory()
    for number in range(reports):
        report = item(story)
        NewsLinkFactory(item=report, evidence=[words("Kazakhstan")])
        NewsLinkFactory(item=report, kind="reference", code="UN_CHARTER")
        NewsLinkFactory(item=report, kind="initiative", code=f"I{number}")
    with django_assert_num_queries(3):
        story_links(story.pk, for_editor=True)


# ---- Which stories tell of a record ------------------------------------------------------------------------------------------


def test_a_mechanism_has_the_newest_stories_once_each_and_their_number() -> None:
    mechanism = MechanismFactory(slug="committee")
    outlet = OutletFactory()
    for hours in range(10):
        story = StoryFactory()
        for minutes in range(2):
            moment = NOON - dt.timedelta(hours=hours, minutes=-minutes)
            report = item(story, outlet=outlet, title=f"{hours}.{minutes}", sort_time=moment)
            NewsLinkFactory(item=report, kind="mechanism", code="committee", mechanism=mechanism)
    found = of_mechanism(mechanism.pk)
    assert [line.title for line in found.stories] == [f"{hours}.0" for hours in range(8)]
    assert (found.total, found.stories[0].reports) == (10, 2)


def test_hidden_reports_rejected_links_and_other_mechanisms_do_not_count() -> None:
    mechanism, other = MechanismFactory(slug="committee"), MechanismFactory(slug="other")
    NewsLinkFactory(item=item(StoryFactory(), hidden=True), kind="mechanism", code="committee", mechanism=mechanism)
    NewsLinkFactory(item=item(StoryFactory()), kind="mechanism", code="committee", mechanism=mechanism, state="rejected")
    NewsLinkFactory(item=item(StoryFactory()), kind="mechanism", code="other", mechanism=other)
    NewsLinkFactory(item=item(StoryFactory(), dyads=[]), kind="mechanism", code="committee", mechanism=mechanism)
    assert (of_mechanism(mechanism.pk).stories, of_mechanism(mechanism.pk).total) == ((), 0)
    assert of_mechanism(other.pk).total == 1


def test_a_declaration_has_the_stories_that_tell_of_it() -> None:
    declaration = DeclarationFactory(slug="statement")
    report = item(StoryFactory(), title="Statement signed")
    NewsLinkFactory(item=report, kind="declaration", code="statement", declaration=declaration, state="confirmed")
    assert [line.title for line in of_declaration(declaration.pk).stories] == ["Statement signed"]


def test_the_news_page_finds_as_many_as_the_record_says() -> None:
    mechanism = MechanismFactory(slug="committee")
    for number in range(3):
        story = StoryFactory()
        for _ in range(number + 1):
            NewsLinkFactory(item=item(story), kind="mechanism", code="committee", mechanism=mechanism)
    NewsLinkFactory(item=item(StoryFactory()), kind="mechanism", code="committee", mechanism=mechanism, state="rejected")
    found = news_page(NewsFilters(mechanism="committee"), outlet_names())
    assert (found.total, len(lines(found.heads)), of_mechanism(mechanism.pk).total) == (3, 3, 3)


@pytest.mark.parametrize("rows", [1, 9])
def test_the_number_of_queries_does_not_grow_with_the_stories(rows: int, django_assert_num_queries: Any) -> None:
    mechanism = MechanismFactory(slug="committee")
    with django_assert_num_queries(1):
        of_mechanism(mechanism.pk)
    for _ in range(rows):
        NewsLinkFactory(item=item(StoryFactory()), kind="mechanism", code="committee", mechanism=mechanism)
    with django_assert_num_queries(4):
        of_mechanism(mechanism.pk)


def test_a_record_is_known_by_its_short_name_unless_it_is_a_draft() -> None:
    MechanismFactory(slug="committee", title_en="Cooperation Committee")
    DeclarationFactory(slug="draft", state="draft")
    assert record_title("mechanism", "committee") == "Cooperation Committee"
    assert record_title("mechanism", "other") is None
    assert record_title("declaration", "draft") is None
