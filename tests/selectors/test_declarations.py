"""The list of declarations: filters that combine, and the counts beside the choices."""

from __future__ import annotations

from typing import Any

import pytest

from relations.selectors.declaration_filters import Bounds, Filters, read_filters
from relations.selectors.declarations import Catalogue, find, left_without, read_catalogue
from tests.factories import DeclarationFactory, InitiativeFactory, ProvisionFactory, ReferenceFactory

pytestmark = pytest.mark.django_db
BOUNDS = Bounds(1992, 2025, ("BRI", "GDI"), ("UNGA_2758",))


@pytest.fixture
def few() -> None:
    """Four documents: two of Kazakhstan (one with Taiwan), one of Kyrgyzstan, one of all six; and a draft."""
    bri = InitiativeFactory(code="BRI", title_en="Belt and Road Initiative")
    InitiativeFactory(code="GDI", title_en="Global Development Initiative")
    kz = DeclarationFactory(slug="kz-2022", date="2022-09-14", title_en="Joint statement on friendship", initiatives=[bri])
    ProvisionFactory(declaration=kz, position=1, side="both", topics=("trade",), text="They will trade more.")
    ProvisionFactory(declaration=kz, position=2, side="KZ", topics=("taiwan",), text="Kazakhstan holds to the one-China principle.")
    ReferenceFactory(declaration=kz, document="UNGA_2758")
    DeclarationFactory(slug="kz-1992", date="1992", kind="joint_communique", level="other", title_en="Communiqué", title_ru="Коммюнике")
    kg = DeclarationFactory(slug="kg-2004", dyad_id="CN-KG", parties=("CN", "KG"), date="2004-09", title_en="Communiqué of governments",
                            kind="joint_communique", level="head_of_government", occasion="Visit of Wen Jiabao")  # fmt: skip
    ProvisionFactory(declaration=kg, position=1, side="CN", topics=("trade", "water"), text="China will buy more.")
    six = DeclarationFactory(slug="c5-2023", dyad_id="CN-C5", parties=("CN", "KZ", "KG", "TJ", "TM", "UZ"), date="2023-05-19",
                             title_en="Xi'an Declaration", kind="joint_declaration", initiatives=[bri])  # fmt: skip
    ProvisionFactory(declaration=six, position=1, side="all", topics=("water",), text="They will save water.")
    draft = DeclarationFactory(slug="draft", state="draft", date="2024-01-01", title_en="Draft on water", initiatives=[bri])
    ProvisionFactory(declaration=draft, position=1, topics=("water",))


def catalogue() -> Catalogue:
    return read_catalogue("en", texts=True)


def slugs(**filters: Any) -> list[str]:
    return [row.document.slug for row in find(catalogue(), Filters(**filters)).rows]


def counts(name: str, **filters: Any) -> dict[str, int]:
    return {choice.value: choice.count for choice in find(catalogue(), Filters(**filters)).choices[name] if choice.count}


@pytest.mark.usefixtures("few")
class TestFilters:
    def test_without_filters_all_published_stand_newest_first(self) -> None:
        assert slugs() == ["c5-2023", "kz-2022", "kg-2004", "kz-1992"]

    def test_a_draft_never_shows_nor_counts(self) -> None:
        assert "draft" not in slugs(topic="water")
        assert counts("topic")["water"] == 2
        assert counts("initiative") == {"BRI": 2}

    def test_a_country_includes_documents_of_many_parties(self) -> None:
        assert slugs(countries=("kz",)) == ["c5-2023", "kz-2022", "kz-1992"]
        assert slugs(countries=("c5",)) == ["c5-2023"]
        assert slugs(countries=("kg", "c5")) == ["c5-2023", "kg-2004"]

    def test_values_of_a_list_combine_by_or_and_lists_by_and(self) -> None:
        assert slugs(kinds=("joint_communique", "joint_declaration"), countries=("kz",)) == ["c5-2023", "kz-1992"]
        assert slugs(levels=("other",), kinds=("joint_statement",)) == []

    def test_years_include_both_ends_and_dates_known_only_to_the_year(self) -> None:
        assert slugs(first=1992, last=2004) == ["kg-2004", "kz-1992"]
        assert slugs(first=2023) == ["c5-2023"]

    def test_initiative_and_invoked_document(self) -> None:
        assert slugs(initiative="BRI") == ["c5-2023", "kz-2022"]
        assert slugs(cites="UNGA_2758") == ["kz-2022"]

    def test_topic_and_side_are_meant_of_the_same_provision(self) -> None:
        assert slugs(topic="trade") == ["kz-2022", "kg-2004"]
        assert slugs(topic="trade", side="china") == ["kg-2004"]
        assert slugs(topic="taiwan", side="together") == []
        assert slugs(side="partner") == ["kz-2022"]

    def test_words_are_found_in_titles_of_any_language_occasions_and_provisions(self) -> None:
        assert slugs(text="КОММЮНИКЕ") == ["kz-1992"]
        assert slugs(text="wen jiabao") == ["kg-2004"]
        assert slugs(text="one-china kazakhstan") == ["kz-2022"]
        assert slugs(text="xi’an") == ["c5-2023"]
        assert slugs(text="one-china water") == []

    def test_orders(self) -> None:
        assert slugs(sort="date") == ["kz-1992", "kg-2004", "kz-2022", "c5-2023"]
        assert slugs(sort="-provisions")[0] == "kz-2022"
        assert slugs(sort="provisions")[0] == "kz-1992"
        assert slugs(sort="title") == ["kz-1992", "kg-2004", "kz-2022", "c5-2023"]


@pytest.mark.usefixtures("few")
class TestCounts:
    def test_every_choice_says_how_many_documents_it_would_leave(self) -> None:
        assert counts("country") == {"kz": 3, "kg": 2, "tj": 1, "tm": 1, "uz": 1, "c5": 1}
        assert counts("kind") == {"joint_statement": 1, "joint_communique": 2, "joint_declaration": 1}
        assert counts("level") == {"head_of_state": 2, "head_of_government": 1, "other": 1}
        assert counts("topic") == {"trade": 2, "taiwan": 1, "water": 2}
        assert counts("side") == {"china": 1, "partner": 1, "together": 2}

    def test_the_other_filters_are_applied_and_the_own_one_is_not(self) -> None:
        assert counts("kind", countries=("kz",)) == {"joint_statement": 1, "joint_communique": 1, "joint_declaration": 1}
        assert counts("country", countries=("kz",)) == {"kz": 3, "kg": 2, "tj": 1, "tm": 1, "uz": 1, "c5": 1}
        assert counts("country", kinds=("joint_communique",)) == {"kz": 1, "kg": 1}
        assert counts("topic", side="china") == {"trade": 1, "water": 1}
        assert counts("side", topic="trade") == {"china": 1, "together": 1}
        assert counts("initiative", countries=("kg",)) == {"BRI": 1}

    def test_a_choice_that_would_leave_nothing_is_counted_as_none(self) -> None:
        choices = find(catalogue(), Filters()).choices["initiative"]
        assert [(choice.value, choice.count) for choice in choices] == [("BRI", 2), ("GDI", 0)]

    def test_an_empty_list_is_explained_by_what_each_filter_takes_away(self) -> None:
        filters = Filters(topic="taiwan", last=2004)
        assert find(catalogue(), filters).total == 0
        assert left_without(catalogue(), filters, "last") == 1
        assert left_without(catalogue(), filters, "topic") == 2


@pytest.mark.usefixtures("few")
def test_a_row_shows_the_provisions_the_reader_is_after() -> None:
    (row,) = find(catalogue(), Filters(topic="taiwan")).rows
    assert [(hit.number, hit.side) for hit in row.hits] == [(2, "KZ")]
    assert (row.found, row.more) == (1, 0)
    assert all(not row.hits for row in find(catalogue(), Filters()).rows)


@pytest.mark.usefixtures("few")
def test_counts_of_a_row_begin_with_what_all_state() -> None:
    rows = {row.document.slug: row.document.counts for row in find(catalogue(), Filters()).rows}
    assert rows["kz-2022"] == [("both", 1), ("KZ", 1)]
    assert rows["kz-1992"] == []


@pytest.mark.usefixtures("few")
def test_reading_takes_five_queries_however_many_documents(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):
        read_catalogue("en", texts=True)
    for _ in range(5):
        ProvisionFactory(declaration=DeclarationFactory(initiatives=[InitiativeFactory()]))
    with django_assert_num_queries(5):
        find(read_catalogue("ru", texts=False), Filters())


def test_an_empty_catalogue_has_bounds() -> None:
    assert catalogue().bounds == Bounds(1992, 1992, (), ())


class TestReading:
    def test_what_makes_no_sense_is_ignored_and_said(self) -> None:
        params = {"country": ["kz", "xx"], "kind": ["poem"], "from": ["soon"], "to": ["2031"], "sort": ["colour"], "initiative": ["NONE"]}
        filters, problems = read_filters(params, BOUNDS)
        assert filters == Filters(countries=("kz",))
        assert problems == {
            "country": "Not known, ignored: xx",
            "kind": "Not known, ignored: poem",
            "from": "“soon” is not a year",
            "to": "2031 is after the last year, 2025",
            "sort": "Not known, ignored: colour",
            "initiative": "Not known, ignored: NONE",
        }

    def test_years_the_wrong_way_round_are_both_ignored(self) -> None:
        filters, problems = read_filters({"from": ["2020"], "to": ["2010"]}, BOUNDS)
        assert (filters.first, filters.last) == (None, None)
        assert problems == {"to": "2010 is before 2020"}

    def test_a_year_before_the_first_is_said_to_be(self) -> None:
        assert read_filters({"from": ["1985"]}, BOUNDS)[1] == {"from": "1985 is before the first year, 1992"}

    def test_a_value_given_twice_counts_once_and_case_of_a_country_does_not_matter(self) -> None:
        filters, problems = read_filters({"country": ["KZ", "kz", "kg"]}, BOUNDS)
        assert filters.countries == ("kz", "kg")
        assert problems == {}

    def test_a_text_beyond_a_hundred_characters_is_cut(self) -> None:
        filters, problems = read_filters({"q": ["a" * 150]}, BOUNDS)
        assert filters.text == "a" * 100
        assert "q" in problems

    def test_empty_values_say_nothing(self) -> None:
        assert read_filters({"q": [""], "country": [""], "topic": [""], "from": [" "]}, BOUNDS) == (Filters(), {})
