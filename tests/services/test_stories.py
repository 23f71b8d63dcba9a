"""What editors correct about stories, and that it stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User

from relations.models import NewsItem, Story
from relations.services import stories
from tests.factories import CandidateFactory, NewsItemFactory, StoryFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def members(story: Story) -> list[str]:
    return list(NewsItem.objects.filter(story=story).order_by("title").values_list("title", flat=True))


def story_of(*titles: str) -> Story:
    story: Story = StoryFactory(headline=titles[0])
    for title in titles:
        NewsItemFactory(title=title, story=story)
    return story


def item(title: str) -> int:
    return NewsItem.objects.get(title=title).pk


def test_an_item_split_off_is_a_story_of_its_own_with_its_own_title() -> None:
    ana = User.objects.create_user("ana")
    old = story_of("One", "Two", "Three")
    new = stories.split(item("Two"), ana)
    assert (members(old), members(new), new.headline) == (["One", "Three"], ["Two"], "Two")
    old.refresh_from_db()
    assert old.edited and new.edited
    assert [(past.history_user, past.history_change_reason) for past in new.history.all()] == [(ana, f"split off from story {old.pk}")]
    assert old.history.first().history_change_reason == f"item {item('Two')} split off into story {new.pk}"


def test_of_the_first_report_the_others_are_split_off_so_that_the_address_still_tells_it() -> None:
    """Whoever has kept the address has kept it for the report that stood first."""
    ana = User.objects.create_user("ana")
    old = story_of("Two", "Three")
    hidden = NewsItemFactory(title="Hidden", story=old, hidden=True, sort_time=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    first = NewsItemFactory(title="First", story=old, sort_time=dt.datetime(2025, 6, 1, tzinfo=dt.UTC))
    about = {title: CandidateFactory(story=old, item_id=item(title)) for title in ("First", "Three")}
    kept = stories.split(first.pk, ana)
    assert (kept, members(old)) == (old, ["First"])
    new = Story.objects.exclude(pk=old.pk).get()
    assert (members(new), new.headline) == (["Hidden", "Three", "Two"], "Two"), "the title is that of the first that is shown"
    assert new.first_seen == min(NewsItem.objects.filter(story=new).values_list("first_seen", flat=True))
    for title, candidate in about.items():
        candidate.refresh_from_db()
        assert candidate.story == (old if title == "First" else new), "a draft stays with the report that it was read from"
    old.refresh_from_db()
    assert old.edited and new.edited and old.headline == "First"
    assert old.history.first().history_change_reason == f"all but item {first.pk} split off into story {new.pk}"
    assert new.history.get().history_change_reason == f"split off from story {old.pk}"
    assert hidden.pk in new.items.values_list("pk", flat=True)


def test_a_draft_goes_with_the_report_that_it_was_read_from() -> None:
    old = story_of("One", "Two")
    candidate, other = CandidateFactory(story=old, item_id=item("Two")), CandidateFactory(story=old, item_id=item("One"))
    new = stories.split(item("Two"))
    candidate.refresh_from_db()
    other.refresh_from_db()
    assert (candidate.story, other.story) == (new, old)


def test_the_only_item_of_a_story_cannot_be_split_off() -> None:
    story = story_of("One")
    with pytest.raises(stories.NotPossible, match="only one"):
        stories.split(item("One"))
    assert Story.objects.get() == story


def test_an_item_that_is_gone_cannot_be_split_off() -> None:
    with pytest.raises(stories.NotPossible, match="not stored"):
        stories.split(404)


def test_two_stories_joined_are_that_with_the_lower_number() -> None:
    older, newer = story_of("One"), story_of("Two", "Three")
    candidate = CandidateFactory(story=newer)
    kept = stories.join(newer.pk, older.pk)
    assert (kept, members(older), members(newer)) == (older, ["One", "Three", "Two"], [])
    newer.refresh_from_db()
    candidate.refresh_from_db()
    assert (newer.merged_into, newer.edited, kept.edited, candidate.story) == (older, True, True, older)
    assert newer.history.first().history_change_reason == f"joined to story {older.pk}"


def test_the_addresses_of_stories_joined_earlier_lead_on_to_the_last() -> None:
    first, second, third = story_of("One"), story_of("Two"), story_of("Three")
    stories.join(second.pk, third.pk)
    stories.join(first.pk, second.pk)
    assert set(Story.objects.filter(merged_into=first)) == {second, third}
    assert members(first) == ["One", "Three", "Two"]


def test_a_story_that_was_joined_to_another_stands_for_that() -> None:
    first, second, third = story_of("One"), story_of("Two"), story_of("Three")
    stories.join(first.pk, second.pk)
    stories.join(third.pk, second.pk)
    assert members(first) == ["One", "Three", "Two"]


@pytest.mark.parametrize("merged", [False, True])
def test_a_story_is_not_joined_with_itself(merged: bool) -> None:
    one, other = story_of("One"), story_of("Two")
    if merged:
        stories.join(one.pk, other.pk)
    with pytest.raises(stories.NotPossible, match="same story"):
        stories.join(one.pk, other.pk if merged else one.pk)


def test_a_story_that_does_not_exist_is_not_joined() -> None:
    one = story_of("One")
    with pytest.raises(stories.NotPossible, match="number 404"):
        stories.join(one.pk, 404)
    one.refresh_from_db()
    assert not one.edited
