"""The stored news: what filters leave, the counts beside the choices, the health of the feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from relations.models import Story
from relations.selectors.news import NewsFilters, NewsPage, feed_health, latest_news, news_page, outlet_names
from relations.selectors.stories import MOST_TELLERS, by_day, lines
from tests.factories import FeedFactory, NewsItemFactory, OutletFactory, StoryFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def five() -> None:
    """Two outlets, four items that name a relationship, one that names none."""
    agency = OutletFactory(slug="agency", name="Agency")
    daily = OutletFactory(slug="daily", name="Daily")
    NewsItemFactory(outlet=agency, title="Rail", summary="Gas and rail", language="en", sort_time=NOON, dyads=["CN-KZ"])
    NewsItemFactory(outlet=agency, title="Газ из Туркмении", language="ru", sort_time=NOON - DAY, dyads=["CN-TM"])
    NewsItemFactory(outlet=daily, title="Six ministers", language="en", sort_time=NOON - 2 * DAY, dyads=["CN-KZ", "CN-UZ", "CN-C5"])
    NewsItemFactory(outlet=daily, title="铁路", language="zh", sort_time=NOON - 3 * DAY, dyads=["CN-KG"])
    NewsItemFactory(outlet=daily, title="Snow", language="en", sort_time=NOON + DAY)


def page(**filters: Any) -> NewsPage:
    return news_page(NewsFilters(**filters), outlet_names())


def titles(found: NewsPage) -> list[str]:
    return [line.title for line in lines(found.heads)]


def counts(found: NewsPage, name: str) -> dict[str, int]:
    return {choice.value: choice.count for choice in found.choices[name]}


@pytest.mark.usefixtures("five")
def test_only_items_that_name_a_relationship_are_shown_unless_asked_otherwise() -> None:
    assert titles(page()) == ["Rail", "Газ из Туркмении", "Six ministers", "铁路"]
    assert titles(page(everything=True))[0] == "Snow"
    assert (page().linked, page().everything, page().total, page(everything=True).total) == (4, 5, 4, 5)


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"dyads": ("CN-KZ",)}, ["Rail", "Six ministers"]),
        ({"dyads": ("CN-KG", "CN-TM")}, ["Газ из Туркмении", "铁路"]),
        ({"languages": ("ru", "zh")}, ["Газ из Туркмении", "铁路"]),
        ({"outlets": ("agency",)}, ["Rail", "Газ из Туркмении"]),
        ({"outlets": ("agency",), "dyads": ("CN-KZ",)}, ["Rail"]),
        ({"words": ("rail",)}, ["Rail"]),
        ({"words": ("GAS", "rail")}, ["Rail"]),
        ({"words": ("газ",)}, ["Газ из Туркмении"]),
        ({"words": ("ГАЗ",)}, ["Газ из Туркмении"]),
        ({"words": ("铁路",)}, ["铁路"]),
        ({"words": ("snow",)}, []),
        ({"words": ("snow",), "everything": True}, ["Snow"]),
        ({"words": ("100%",)}, []),
        ({"dyads": ("CN-TJ",)}, []),
    ],
)
def test_filters_combine(filters: dict[str, Any], left: list[str]) -> None:
    assert titles(page(**filters)) == left


@pytest.mark.usefixtures("five")
def test_the_count_beside_a_choice_is_what_it_would_leave() -> None:
    found = page(outlets=("agency",))
    assert counts(found, "dyad") == {"CN-KZ": 1, "CN-KG": 0, "CN-TJ": 0, "CN-TM": 1, "CN-UZ": 0, "CN-C5": 0}
    assert counts(found, "language") == {"en": 1, "ru": 1}
    assert counts(found, "outlet") == {"agency": 2, "daily": 2}  # its own filter does not narrow it
    assert counts(page(everything=True), "language") == {"en": 3, "ru": 1, "zh": 1}


@pytest.mark.usefixtures("five")
def test_a_chosen_value_stays_among_the_choices_though_it_leaves_nothing() -> None:
    found = page(outlets=("agency",), languages=("zh",))
    assert counts(found, "language") == {"en": 1, "ru": 1, "zh": 0}
    assert counts(found, "outlet") == {"agency": 0, "daily": 1}
    assert [choice.value for choice in found.choices["outlet"] if choice.chosen] == ["agency"]


@pytest.mark.usefixtures("five")
def test_what_is_stored_is_told_whatever_is_filtered() -> None:
    found = page(words=("nothing",))
    assert (found.total, found.stored.everything, found.stored.linked, found.stored.latest) == (0, 5, 4, NOON)


# ---- Stories -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def told_by_three() -> Story:
    """A story of three reports, the second of which names no relationship, and a fourth that a rule hides."""
    story: Story = StoryFactory()
    for number, (outlet, language, dyads) in enumerate(
        [("Agency", "ru", ["CN-KZ"]), ("Daily", "en", []), ("Radio", "zh", ["CN-KZ", "CN-UZ"])]
    ):
        when = NOON + number * DAY
        NewsItemFactory(outlet__name=outlet, title=f"{outlet} tells", language=language, sort_time=when, story=story, dyads=dyads)
    NewsItemFactory(story=story, title="Hidden", sort_time=NOON - DAY, hidden=True, dyads=["CN-TM"])
    return story


def test_a_story_stands_once_by_its_first_report_with_who_else_tells_it(told_by_three: Story) -> None:
    NewsItemFactory(title="Alone", sort_time=NOON + DAY / 2, story=StoryFactory(), dyads=["CN-KG"])
    alone, first = lines(page().heads)
    assert (alone.title, alone.reports, alone.others) == ("Alone", 1, ())
    assert (first.title, first.story, first.reports, first.more) == ("Agency tells", told_by_three.pk, 3, 0)
    assert [(other.outlet, other.language, other.title) for other in first.others] == [
        ("Daily", "en", "Daily tells"),
        ("Radio", "zh", "Radio tells"),
    ]
    assert first.dyads == ("CN-KZ", "CN-UZ")
    assert first.names == ("Agency", "Daily", "Radio")


@pytest.mark.usefixtures("told_by_three")
def test_stories_and_items_are_both_counted_and_hidden_ones_never() -> None:
    found = page(everything=True)
    assert (found.total, found.items, found.linked, found.left.linked_items) == (1, 3, 1, 2)
    assert (page().total, page().items) == (1, 2)
    assert counts(found, "language") == {"en": 1, "ru": 1, "zh": 1}
    assert counts(page(), "dyad") == {"CN-KZ": 1, "CN-KG": 0, "CN-TJ": 0, "CN-TM": 0, "CN-UZ": 1, "CN-C5": 0}


@pytest.mark.usefixtures("told_by_three")
@pytest.mark.parametrize(
    ("filters", "title"),
    [
        ({"languages": ("zh",)}, "Radio tells"),
        ({"words": ("daily",), "everything": True}, "Daily tells"),
        ({"dyads": ("CN-UZ",)}, "Radio tells"),
    ],
)
def test_a_filtered_story_stands_by_the_first_report_that_passes(filters: dict[str, Any], title: str) -> None:
    (line,) = lines(page(**filters).heads)
    assert (line.title, line.reports) == (title, 3)


def test_a_line_names_so_many_reports_and_says_how_many_more_there_are() -> None:
    story: Story = StoryFactory()
    for number in range(MOST_TELLERS + 4):
        NewsItemFactory(story=story, title=f"Report {number}", sort_time=NOON + number * DAY, dyads=["CN-KZ"])
    (line,) = lines(page().heads)
    assert (len(line.others), line.reports, line.more) == (MOST_TELLERS, MOST_TELLERS + 4, 3)
    assert line.others[0].title == "Report 1"


def test_an_item_without_a_story_is_one_by_itself() -> None:
    NewsItemFactory(title="Old", sort_time=NOON, dyads=["CN-KG"])
    NewsItemFactory(title="Older", sort_time=NOON - DAY, dyads=["CN-UZ"])
    assert [(line.title, line.dyads, line.reports) for line in lines(page().heads)] == [("Old", ("CN-KG",), 1), ("Older", ("CN-UZ",), 1)]
    assert page().total == 2


def test_items_stand_by_day_the_newest_first() -> None:
    for hour in (9, 23, 1):
        NewsItemFactory(title=f"at {hour}", sort_time=NOON.replace(hour=hour), dyads=["CN-KZ"])
    NewsItemFactory(title="before", sort_time=NOON - DAY, dyads=["CN-KZ"])
    days = by_day(lines(page().heads))
    assert [(day.day, [item.title for item in day.items]) for day in days] == [
        ("2026-03-10", ["at 23", "at 9", "at 1"]),
        ("2026-03-09", ["before"]),
    ]


def test_a_time_that_cannot_be_is_told_beside_the_one_that_counts() -> None:
    NewsItemFactory(sort_time=NOON, published=NOON, dyads=["CN-KZ"])
    NewsItemFactory(sort_time=NOON, published=dt.datetime(2099, 1, 1, tzinfo=dt.UTC), dyads=["CN-KZ"])
    assert [item.told and item.told.year for item in latest_news(2)] == [2099, None]


@pytest.mark.usefixtures("five")
def test_the_latest_news_for_other_pages() -> None:
    assert [item.title for item in latest_news(2)] == ["Rail", "Газ из Туркмении"]
    (first, second) = latest_news(5, "CN-KZ")
    assert (first.title, first.day, first.outlet, first.names, first.dyads) == ("Rail", "2026-03-10", "Agency", ("Agency",), ("CN-KZ",))
    assert second.dyads == ("CN-KZ", "CN-UZ", "CN-C5")


@pytest.mark.parametrize("rows", [0, 1, 30])
def test_the_number_of_queries_is_that_of_an_empty_page(rows: int, django_assert_num_queries: Callable[..., Any]) -> None:
    outlets = [OutletFactory() for _ in range(3)]
    for story in StoryFactory.create_batch(rows):
        for outlet in outlets:
            NewsItemFactory(outlet=outlet, story=story, dyads=["CN-KZ", "CN-C5"])
    with django_assert_num_queries(9):  # with the names of the outlets
        found = page()
    with django_assert_num_queries(3 if rows else 1):
        lines(found.heads[:50])
    with django_assert_num_queries(11):
        page(words=("News",))
    with django_assert_num_queries(12):
        page(dyads=("CN-KZ",))
    with django_assert_num_queries(3 if rows else 1):
        latest_news(5)


def test_the_health_of_the_feeds() -> None:
    FeedFactory(next_check=NOON, last_success=NOON - DAY)
    FeedFactory(next_check=NOON + DAY, failures=3)
    FeedFactory(next_check=NOON + 2 * DAY, failures=1)
    FeedFactory(next_check=NOON - DAY, failures=1, enabled=False)
    health = feed_health()
    assert (health.enabled, health.failing, health.next_due, health.next_try) == (3, 2, NOON, NOON + DAY)
    assert health.last_success == NOON - DAY


def test_a_page_looks_through_the_items_that_were_stored_last_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are stored: their counts would otherwise take seconds over a million."""
    monkeypatch.setattr("relations.selectors.news.MOST", 4)
    for number in range(6):
        NewsItemFactory(title=f"KZ {number}", sort_time=NOON + number * DAY, dyads=["CN-KZ"])
        NewsItemFactory(title=f"Other {number}", sort_time=NOON + number * DAY)
    # Those that name a relationship are as many, and reach back further than those of all.
    assert titles(page()) == ["KZ 5", "KZ 4", "KZ 3", "KZ 2"]
    assert (page().total, page().cut) == (4, 4)
    assert titles(page(everything=True)) == ["Other 5", "KZ 5", "Other 4", "KZ 4"]
    assert counts(page(), "dyad")["CN-KZ"] == 4
    assert page(dyads=("CN-UZ",)).cut == 0
