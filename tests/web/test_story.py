"""The page of one story, and the buttons of editors on it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import translation

from relations.models import NewsItem, Story
from tests.factories import NewsItemFactory, OutletFactory, StoryFactory
from tests.web.test_news import words

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def story() -> Story:
    """Two reports of one event, stored in the wrong order."""
    story: Story = StoryFactory()
    agency, daily = OutletFactory(name="Agency"), OutletFactory(name="Daily")
    NewsItemFactory(
        outlet=daily, title="Рельсы", summary="Китай и Казахстан", language="ru", sort_time=NOON + DAY, story=story, dyads=["CN-KZ"]
    )
    NewsItemFactory(
        outlet=agency,
        title="Rail for China and Kazakhstan",
        summary="Two papers",
        summary_html="<p>Two <strong>papers</strong></p>",
        url="https://agency.example/1",
        sort_time=NOON,
        story=story,
        dyads=["CN-KZ"],
    )
    return story


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("ana", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return user


def get(client: Client, story: int) -> str:
    answer = client.get(f"/news/stories/{story}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_reports_stand_in_the_order_of_time_with_their_outlets(client: Client, story: Story) -> None:
    html = get(client, story.pk)
    assert "<h1" in html and re.search(r"<h1[^>]*>Rail for China and Kazakhstan</h1>", html)
    assert "10 March 2026 – 11 March 2026" in words(html)
    assert "2 reports, by 2 outlets, in English and Russian." in words(html)
    assert html.index("https://agency.example/1") < html.index("Рельсы")
    assert "10 Mar 12:00 Rail for China and Kazakhstan Two papers" in words(html)


def test_a_relationship_is_told_with_the_words_that_name_it(client: Client, story: Story) -> None:
    NewsItemFactory(title="Неназванное", story=story, dyads=["CN-UZ"], sort_time=NOON)
    text = words(get(client, story.pk))
    assert "named in 2 reports: “China”, “Kazakhstan”, “Китай”, “Казахстан”" in text
    assert "China–Uzbekistan linked by an editor" in text
    assert 'href="/countries/kz/"' in get(client, story.pk)


def test_markup_is_shown_as_the_few_tags_it_may_have_and_nothing_else(client: Client, story: Story) -> None:
    assert '<div class="told"><p>Two <strong>papers</strong></p></div>' in get(client, story.pk)
    # Whatever got into the column, from an older version or by hand.
    nasty = '<p onclick="x()">a<script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">b</a><em>c</em></p>'
    NewsItem.objects.filter(story=story).update(summary_html=nasty)
    html = get(client, story.pk)
    assert '<p>a<a rel="nofollow noopener noreferrer external">b</a><em>c</em></p>' in html
    assert "alert(" not in html and "onclick" not in html


def test_a_story_of_one_report_has_a_page_as_well(client: Client) -> None:
    item = NewsItemFactory(title="Alone", story=StoryFactory())
    text = words(get(client, item.story_id))
    assert "1 report, by 1 outlet, in English." in text
    assert "No report names one of the relations." in text


def test_a_date_that_cannot_be_is_told_in_the_words_of_the_outlet(client: Client) -> None:
    item = NewsItemFactory(story=StoryFactory(), date_told="32 Foo 2026", date_flag="unreadable")
    assert "dated by the outlet “32 Foo 2026”" in words(get(client, item.story_id))


def test_the_address_of_a_story_that_was_joined_leads_on(client: Client, story: Story) -> None:
    gone = StoryFactory(merged_into=story)
    answer = client.get(f"/news/stories/{gone.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/news/stories/{story.pk}/")


@pytest.mark.parametrize("pk", [404, 10**30])
def test_a_story_that_does_not_exist_is_not_found(client: Client, pk: int) -> None:
    assert client.get(f"/news/stories/{pk}/").status_code == 404


def test_hidden_reports_do_not_show_and_a_story_of_nothing_else_is_not_found(client: Client, story: Story) -> None:
    NewsItemFactory(title="Hidden one", story=story, hidden=True)
    assert "Hidden one" not in get(client, story.pk)
    NewsItem.objects.filter(story=story).update(hidden=True)
    assert client.get(f"/news/stories/{story.pk}/").status_code == 404


def test_readers_see_no_buttons(client: Client, story: Story) -> None:
    html = get(client, story.pk)
    assert "Split off" not in html and "Join with another story" not in html


def test_what_is_said_over_the_reports_is_not_said_again_over_what_it_is_about(client: Client) -> None:
    html = get(client, NewsItemFactory(title="Alone", story=StoryFactory()).story.pk)
    assert html.count("Every title leads to the original") == 1


@pytest.mark.usefixtures("editor")
def test_editors_are_told_what_rules_hide(client: Client, story: Story) -> None:
    NewsItemFactory(story=story, hidden=True)
    assert "1 more report is hidden by a rule." in words(get(client, story.pk))


@pytest.mark.usefixtures("editor")
def test_editors_are_told_where_rules_hide_the_whole_story(client: Client, story: Story) -> None:
    NewsItem.objects.filter(story=story).update(hidden=True)
    answer = client.get(f"/news/stories/{story.pk}/")
    assert answer.status_code == 404
    assert "All its 2 reports are hidden by rules. See the rules" in words(answer.content.decode())
    assert client.get("/news/stories/404/").status_code == 404


def test_a_text_that_an_earlier_report_has_is_not_printed_again(client: Client, story: Story) -> None:
    NewsItemFactory(title="Reprint", summary="Two papers", story=story, sort_time=NOON + 2 * DAY)
    text = words(get(client, story.pk))
    assert text.count("Two papers") == 1
    assert "Reprint The same text as that of an earlier report." in text


def test_what_stands_between_words_is_the_pages_own(client: Client, story: Story) -> None:
    with translation.override("zh-hans"):  # what a request leaves active ends here
        answer = client.get(f"/news/stories/{story.pk}/", headers={"accept-language": "zh-hans"})
    html = answer.content.decode()
    assert '<h1 lang="en">' in html and '<span lang="und-Latn">Agency</span>' in html
    assert "英文、俄文" in html
    with translation.override("ru"):
        html = client.get(f"/news/stories/{story.pk}/", headers={"accept-language": "ru"}).content.decode()
    assert "2 сообщения, 2 издания, языки: английский и русский." in html, "Russian writes languages small within a sentence"


@pytest.mark.usefixtures("editor")
def test_an_editor_splits_a_report_off(client: Client, story: Story) -> None:
    item = NewsItem.objects.get(title="Рельсы")
    assert f'name="item" value="{item.pk}"' in get(client, story.pk)
    answer = client.post(f"/news/stories/{story.pk}/split/", {"item": item.pk}, follow=True)
    item.refresh_from_db()
    assert item.story_id != story.pk
    assert answer.redirect_chain == [(f"/news/stories/{item.story_id}/", 302)]
    assert "The report is a story of its own now, and stays one." in words(answer.content.decode())
    assert "An editor has corrected what belongs to this story." in words(get(client, story.pk))


@pytest.mark.usefixtures("editor")
def test_the_address_of_a_story_goes_on_telling_its_first_report(client: Client, story: Story) -> None:
    first, other = NewsItem.objects.filter(story=story).order_by("sort_time")
    answer = client.post(f"/news/stories/{story.pk}/split/", {"item": first.pk}, follow=True)
    assert answer.redirect_chain == [(f"/news/stories/{story.pk}/", 302)]
    assert "The report is a story of its own now, and stays one." in words(answer.content.decode())
    assert NewsItem.objects.get(story=story) == first
    other.refresh_from_db()
    assert other.story_id not in (None, story.pk)


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("given", ["{}", " {} ", "/news/stories/{}/", "https://tianshan.example/news/stories/{}"])
def test_an_editor_joins_a_story_by_its_number_or_its_address(client: Client, story: Story, given: str) -> None:
    other = NewsItemFactory(title="Third", story=StoryFactory()).story
    answer = client.post(f"/news/stories/{other.pk}/join/", {"other": given.format(story.pk)})
    assert answer.headers["Location"] == f"/news/stories/{story.pk}/"
    assert NewsItem.objects.filter(story=story).count() == 3


@pytest.mark.usefixtures("editor")
def test_an_editor_is_offered_the_stories_of_the_same_relationship_and_days(client: Client, story: Story) -> None:
    NewsItemFactory(title="Near", story=StoryFactory(), sort_time=NOON - DAY, dyads=["CN-KZ"])
    NewsItemFactory(title="Other days", story=StoryFactory(), sort_time=NOON - 9 * DAY, dyads=["CN-KZ"])
    NewsItemFactory(title="Other relationship", story=StoryFactory(), sort_time=NOON, dyads=["CN-TM"])
    html = get(client, story.pk)
    assert "Near" in html and "Other days" not in html and "Other relationship" not in html


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize(
    ("action", "data", "said"),
    [
        ("split", {"item": "x"}, "Give the number of a story or its address."),
        ("split", {}, "Give the number of a story or its address."),
        ("split", {"item": "404"}, "This report is not stored any more."),
        ("join", {"other": "the other one"}, "Give the number of a story or its address."),
        ("join", {"other": "404"}, "There is no story with the number 404."),
        ("join", {"other": "https://elsewhere.example/5"}, "Give the number of a story or its address."),
    ],
)
def test_what_cannot_be_done_is_said(client: Client, story: Story, action: str, data: dict[str, str], said: str) -> None:
    answer = client.post(f"/news/stories/{story.pk}/{action}/", data, follow=True)
    assert said in words(answer.content.decode())
    assert not Story.objects.filter(edited=True).exists()


@pytest.mark.parametrize("action", ["split", "join"])
def test_only_those_who_may_change_stories_correct_them(client: Client, story: Story, action: str) -> None:
    address, item = f"/news/stories/{story.pk}/{action}/", NewsItem.objects.first()
    data = {"item": item.pk, "other": StoryFactory().pk}
    assert client.post(address, data).headers["Location"].startswith("/login/")
    viewer = User.objects.create_user("bo")
    viewer.groups.add(Group.objects.get(name="Viewer"))
    client.force_login(viewer)
    assert client.post(address, data).status_code == 403
    assert not Story.objects.filter(edited=True).exists()


@pytest.mark.parametrize("action", ["split", "join"])
def test_asking_changes_nothing(client: Client, story: Story, action: str) -> None:
    assert client.get(f"/news/stories/{story.pk}/{action}/").status_code == 405


@pytest.mark.usefixtures("editor")
@pytest.mark.parametrize("reports", [2, 40])
def test_the_number_of_queries_does_not_grow_with_the_reports(
    client: Client, story: Story, reports: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(reports):
        NewsItemFactory(story=story, sort_time=NOON + number * DAY / 40, dyads=["CN-KZ", "CN-C5"])
        NewsItemFactory(story=StoryFactory(), sort_time=NOON, dyads=["CN-KZ"])
    get(client, story.pk)  # what the frame keeps in a cache
    with django_assert_max_num_queries(12) as queries:
        get(client, story.pk)
    assert not any(query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for query in queries.captured_queries)


@pytest.mark.parametrize("language", ["fr", "zh-hans", "ru"])
def test_the_page_stands_in_every_language(client: Client, story: Story, language: str) -> None:
    client.cookies["tianshan_language"] = language
    assert "Рельсы" in get(client, story.pk)
