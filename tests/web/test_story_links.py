"""The links of a story on its page, and what editors decide about them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from relations.models import NewsItem, NewsLink, Story
from tests.factories import MechanismFactory, NewsItemFactory, NewsLinkFactory, StoryFactory
from tests.web.test_news import words

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def story() -> Story:
    """One report, linked to Kazakhstan and to a mechanism by words."""
    story: Story = StoryFactory()
    report = NewsItemFactory(title="Ministers met", story=story, sort_time=NOON, dyads=["CN-KZ"])
    NewsLinkFactory(item=report, evidence=[{"start": 4, "end": 14, "rule": "party by name", "words": "Kazakhstan"}])
    mechanism = MechanismFactory(slug="committee", title_en="Cooperation Committee")
    evidence = [{"start": 40, "end": 61, "rule": "mechanism by name", "words": "cooperation committee"}]
    NewsLinkFactory(item=report, kind="mechanism", code="committee", mechanism=mechanism, evidence=evidence)
    return story


@pytest.fixture
def editor(client: Client) -> User:
    user = User.objects.create_user("ana", is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    client.force_login(user)
    return user


def get(client: Client, story: Story) -> str:
    answer = client.get(f"/news/stories/{story.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def link(kind: str = "mechanism") -> NewsLink:
    return NewsLink.objects.get(kind=kind)


def decide(client: Client, story: Story, state: str, kind: str = "mechanism", **headers: Any) -> Any:
    return client.post(f"/news/stories/{story.pk}/links/", {"link": link(kind).pk, "state": state}, headers=headers)


def test_readers_see_what_a_story_is_about_with_words_rule_and_state(client: Client, story: Story) -> None:
    html = get(client, story)
    text = words(html)
    assert "Relationships China–Kazakhstan Read by the machine Kazakhstan How it was read" in text
    assert 'href="/mechanisms/committee/">Cooperation Committee</a>' in html
    assert "cooperation committee : The name of a kind of mechanism; the parties tell which one it is." in text
    assert "Confirm" not in text and "Reject" not in text


def test_a_relationship_that_no_reading_found_keeps_its_line(client: Client, story: Story) -> None:
    report = NewsItem.objects.get(title="Ministers met")
    report.dyads.add("CN-UZ")
    text = words(get(client, story))
    assert "China–Uzbekistan linked by an editor" in text
    assert "China–Kazakhstan linked by an editor" not in text


@pytest.mark.usefixtures("editor")
def test_an_editor_confirms_rejects_and_takes_back(client: Client, story: Story, editor: User) -> None:
    answer = decide(client, story, "confirmed")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/news/stories/{story.pk}/#link-{link().pk}")
    assert (link().state, link().decided_by) == ("confirmed", editor)
    assert "Cooperation Committee Confirmed by an editor" in words(get(client, story))
    decide(client, story, "rejected")
    assert link().state == "rejected"
    decide(client, story, "read")
    assert (link().state, link().decided_by) == ("read", None)


@pytest.mark.usefixtures("editor")
def test_htmx_gets_the_row_with_the_place_of_the_focus(client: Client, story: Story) -> None:
    html = decide(client, story, "rejected", **FRAGMENT).content.decode()
    assert "<html" not in html and "Rejected by an editor" in words(html)
    assert 'value="read" data-focus' in html and 'value="confirmed"' not in html


@pytest.mark.usefixtures("editor")
def test_what_tells_of_a_relationship_elsewhere_on_the_page_changes_with_the_decision(client: Client, story: Story) -> None:
    report = NewsItem.objects.get(title="Ministers met").pk
    html = decide(client, story, "rejected", kind="dyad", **FRAGMENT).content.decode()
    assert "China–Kazakhstan" not in words(html.partition('id="story-kicker" hx-swap-oob="true"')[2].partition("</p>")[0])
    assert "Kazakhstan" not in words(html.partition(f'id="meta-{report}" hx-swap-oob="true"')[2].partition("</p>")[0])
    html = decide(client, story, "read", kind="dyad", **FRAGMENT).content.decode()
    assert "China–Kazakhstan" in words(html.partition('id="story-kicker" hx-swap-oob="true"')[2].partition("</p>")[0])
    assert "hx-swap-oob" not in decide(client, story, "rejected", **FRAGMENT).content.decode()


def test_what_an_editor_rejected_is_gone_for_readers_and_can_be_taken_back(client: Client, story: Story, editor: User) -> None:
    decide(client, story, "rejected")
    decide(client, story, "rejected", kind="dyad")
    assert "Cooperation Committee Rejected by an editor" in words(get(client, story))
    assert list(NewsItem.objects.get(title="Ministers met").dyads.all()) == []
    client.logout()
    text = words(get(client, story))
    assert "Cooperation Committee" not in text and "Kazakhstan" not in text
    client.force_login(editor)
    decide(client, story, "read", kind="dyad")
    assert [dyad.pk for dyad in NewsItem.objects.get(title="Ministers met").dyads.all()] == ["CN-KZ"]


@pytest.mark.usefixtures("editor")
def test_a_decision_holds_for_every_report_of_the_story_and_for_no_other(client: Client, story: Story) -> None:
    first = link("dyad").pk
    second = NewsLinkFactory(item=NewsItemFactory(story=story, sort_time=NOON, dyads=["CN-KZ"]))
    other = NewsLinkFactory(item=NewsItemFactory(story=StoryFactory(), dyads=["CN-KZ"]))
    client.post(f"/news/stories/{story.pk}/links/", {"link": first, "state": "rejected"})
    states = dict(NewsLink.objects.filter(kind="dyad").values_list("pk", "state"))
    assert states == {first: "rejected", second.pk: "rejected", other.pk: "read"}


def test_readers_decide_nothing(client: Client, story: Story) -> None:
    answer = decide(client, story, "rejected")
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/login/")
    client.force_login(User.objects.create_user("viewer"))
    assert decide(client, story, "rejected").status_code == 403
    assert link().state == "read"


@pytest.mark.usefixtures("editor")
def test_a_link_of_another_story_is_not_found_and_nonsense_is_refused(client: Client, story: Story) -> None:
    address = f"/news/stories/{StoryFactory().pk}/links/"
    assert client.post(address, {"link": link().pk, "state": "rejected"}).status_code == 404
    for nonsense in ({}, {"link": "x", "state": "read"}, {"link": link().pk, "state": "perhaps"}, {"link": "9" * 40, "state": "read"}):
        assert client.post(f"/news/stories/{story.pk}/links/", nonsense).status_code == 400
    assert client.get(f"/news/stories/{story.pk}/links/").status_code == 405
    assert link().state == "read"
