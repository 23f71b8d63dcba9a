"""Stored items are read: claimed once, written once, and none of them stops the others."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django.fixtures import Settings

from relations.domain.extraction import Article, LexiconReader, Links, Reading
from relations.models import ArticleText, Candidate, FeedText, ItemReading, NewsItem, NewsLink, NewsVolume, ReadingCount
from relations.models.choices import FullText
from relations.services import readings
from tests.factories import (
    ArticleTextFactory,
    CandidateFactory,
    DeclarationFactory,
    ItemReadingFactory,
    MechanismFactory,
    NewsItemFactory,
    NewsLinkFactory,
    OutletFactory,
    PersonFactory,
    StoryFactory,
)

pytestmark = pytest.mark.django_db

TITLE = "China and Kazakhstan issue joint statement"
SUMMARY = (
    "China and Kazakhstan issued a joint statement in Astana on Sept. 14, 2022. The Chinese side supports the sovereignty of Kazakhstan. "
    "The two sides will work on the Belt and Road."
)
MORE = "The two sides will expand trade in grain and meat."
WHOLE = f"{SUMMARY}\n{MORE}"
TALK = "Officials of China and Kazakhstan talked about trade in Astana on Monday, an official said."


def item(**values: Any) -> NewsItem:
    made: NewsItem = NewsItemFactory(**{"title": TITLE, "summary": SUMMARY, "story": StoryFactory(), **values})
    return made


def links(one: NewsItem) -> set[tuple[str, str]]:
    return set(NewsLink.objects.filter(item=one).values_list("kind", "code"))


class Failing(LexiconReader):
    """A reader that cannot bear one article."""

    def read(self, article: Article) -> Reading:
        if "poison" in article.whole:
            raise RuntimeError("not this one")
        return super().read(article)


class Interrupted(LexiconReader):
    def link(self, article: Article) -> Links:
        raise KeyboardInterrupt


# ---- Reading ----------------------------------------------------------------------------------------------------------------


def test_an_item_is_read_once_and_counted() -> None:
    one = item()
    assert readings.read_items(10) == 1
    one.refresh_from_db()
    assert not one.unread
    assert (one.reading.language, one.reading.relevant, one.reading.document, one.reading.whole) == ("en", True, "joint_statement", False)
    assert {("dyad", "CN-KZ"), ("initiative", "BRI")} <= links(one)
    assert list(one.dyads.values_list("pk", flat=True)) == ["CN-KZ"]
    assert list(NewsVolume.objects.values_list("month", "dyad", "items")) == [("2026-01", "CN-KZ", 1)]
    assert list(ReadingCount.objects.values_list("read", "relevant", "linked", "drafted", "accepted")) == [(1, 1, 1, 1, 0)]
    assert readings.read_items(10) == 0


def test_the_newest_items_are_read_first() -> None:
    old, new = item(), item()
    assert readings.read_items(1) == 1
    assert list(NewsItem.objects.filter(unread=True)) == [old]
    assert ItemReading.objects.get().item == new


def test_links_lead_to_the_records_and_carry_the_words() -> None:
    committee = MechanismFactory(kind="committee", parties=("CN", "KZ"))
    person = PersonFactory(slug="tokayev", side="KZ", name_en="Kassym-Jomart Tokayev")
    summary = f"{TALK} Kassym-Jomart Tokayev praised the China-Kazakhstan Cooperation Committee."
    one = item(title="China and Kazakhstan hold talks", summary=summary)
    readings.read_items()
    by_kind = {link.kind: link for link in NewsLink.objects.filter(item=one)}
    assert (by_kind["mechanism"].mechanism, by_kind["person"].person) == (committee, person)
    place = by_kind["person"].evidence[0]
    assert f"China and Kazakhstan hold talks\n\n{summary}"[place["start"] : place["end"]] == place["words"] == "Kassym-Jomart Tokayev"


def test_a_declaration_that_is_there_is_linked_and_one_of_another_day_is_not() -> None:
    there = DeclarationFactory(date="2022-09-15")
    DeclarationFactory(date="2022-09-18")
    DeclarationFactory(date="2022-09-14", parties=("CN", "UZ"), dyad_id="CN-UZ")
    DeclarationFactory(date="2022-09-14", kind="joint_communique")
    one = item()
    readings.read_items()
    assert NewsLink.objects.get(kind="declaration").declaration == there
    assert ("declaration", there.slug) in links(one)


def test_what_has_nothing_to_do_with_the_relationships_is_read_and_not_linked() -> None:
    one = item(title="A new bakery opens", summary="It sells bread and cakes in the centre of the old town every morning.")
    readings.read_items()
    assert not ItemReading.objects.get(item=one).relevant
    assert links(one) == set()
    assert not Candidate.objects.exists()


def test_a_language_that_is_not_read_is_linked_by_names() -> None:
    one = item(
        title="China und Kasachstan", summary="Gespräche zwischen China und Kazakhstan über die Seidenstraße und den Handel.", language="de"
    )
    readings.read_items()
    assert ("dyad", "CN-KZ") in links(one)
    assert not Candidate.objects.exists()


def test_a_reader_that_fails_on_one_item_does_not_stop_the_others(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.ARTICLE_READER = "tests.services.test_readings.Failing"
    good, bad = item(), item(summary="poison, China and Kazakhstan")
    NewsLinkFactory(item=bad, kind="initiative", code="BRI")
    with caplog.at_level(logging.ERROR):
        done = readings.read_stored()
    assert (done.read, done.failed, done.drafted) == (2, 1, 1)
    assert not NewsItem.objects.filter(unread=True).exists()
    assert f"item {bad.pk} could not be read" in caplog.text
    assert (good.reading.relevant, bad.reading.relevant) == (True, False)
    assert links(bad) == {("dyad", "CN-KZ"), ("initiative", "BRI")}  # what names say, and what was read before


def test_what_is_claimed_is_given_back_when_the_run_is_broken_off(settings: Settings) -> None:
    settings.ARTICLE_READER = "tests.services.test_readings.Interrupted"
    item()
    with pytest.raises(KeyboardInterrupt):
        readings.read_items()
    assert NewsItem.objects.get().unread
    assert not ItemReading.objects.exists()


def test_what_was_lost_with_its_worker_is_given_back() -> None:
    lost = item(unread=False)
    ItemReadingFactory()
    assert readings.give_back_lost() == 1
    assert list(NewsItem.objects.filter(unread=True)) == [lost]


def test_two_workers_do_not_read_the_same_item() -> None:
    one, two = item(), item()
    mine = readings._claim(1)
    theirs = readings._claim(10)
    assert ([each.pk for each in mine], [each.pk for each in theirs]) == ([two.pk], [one.pk])
    assert readings._claim(10) == []


def test_an_item_that_was_retired_meanwhile_is_passed_over(settings: Settings) -> None:
    one = item()
    claimed = readings._claim(1)
    one.delete()
    assert readings._read(claimed, readings._reader(claimed)).read == 1
    assert not ItemReading.objects.exists()


def test_the_queries_of_a_batch_do_not_grow_with_it(django_assert_num_queries: Callable[..., Any]) -> None:
    def read(count: int) -> None:
        for number in range(count):
            item(title=f"{TITLE} {number}", dyads=["CN-KZ"])
        with django_assert_num_queries(QUERIES + (connection.vendor == "postgresql")):
            assert readings.read_items() == count

    read(2)
    read(25)


QUERIES = 33
"""And on PostgreSQL the lock under which stories are placed."""


# ---- Reading again ----------------------------------------------------------------------------------------------------------


def test_items_are_read_again_after_a_change_of_the_records_and_only_then() -> None:
    item()
    readings.read_items()
    assert readings.again() == 0
    MechanismFactory()
    assert readings.again() == 1
    assert readings.read_items() == 1
    assert readings.again() == 0


def test_of_many_the_newest_are_read_again() -> None:
    for _ in range(3):
        item()
    readings.read_items()
    MechanismFactory()
    assert readings.again(2) == 2
    assert set(NewsItem.objects.filter(unread=True)) == set(NewsItem.objects.order_by("-pk")[:2])


# ---- Whole articles ---------------------------------------------------------------------------------------------------------


def test_a_fetched_article_is_read_whole_and_completes_the_draft() -> None:
    one = item()
    readings.read_items()
    readings.read_text(one.pk, WHOLE)
    candidate = Candidate.objects.get()
    assert candidate.text == f"{TITLE}\n\n{SUMMARY}\n\n{MORE}"
    assert [provision["text"] for provision in candidate.draft["provisions"]][-1] == MORE
    assert candidate.version == 1
    assert ItemReading.objects.get().whole


def test_a_revised_summary_takes_nothing_away_of_what_the_whole_article_said() -> None:
    outlet = OutletFactory()
    one = item(summary=TALK, outlet=outlet)
    readings.read_text(one.pk, f"{TALK}\nThe Belt and Road was named.")
    assert ("initiative", "BRI") in links(one)
    NewsItem.objects.filter(pk=one.pk).update(summary=f"{TALK} Uzbekistan too.", unread=True)
    readings.read_items()
    assert ("initiative", "BRI") in links(one)
    assert ItemReading.objects.get().whole


def test_a_gone_item_of_a_fetched_article_is_no_error() -> None:
    readings.read_text(999, WHOLE)
    assert not ItemReading.objects.exists()


@pytest.mark.parametrize(("full_text", "kept"), [(FullText.OFF, None), (FullText.EXCERPT, False), (FullText.WHOLE, True)])
def test_an_article_that_its_feed_carries_whole_is_read_and_kept_as_its_outlet_allows(full_text: str, kept: bool | None) -> None:
    one = item(summary="Talks.", outlet=OutletFactory(full_text=full_text))
    long = "".join(f"<p>{line}</p>" for line in [*WHOLE.splitlines(), *["They agree on this as well."] * 40])
    FeedText.objects.create(item=one, text=long)
    readings.read_items()
    assert not FeedText.objects.exists()
    assert ItemReading.objects.get().whole
    assert Candidate.objects.get().text.startswith(f"{TITLE}\n\n{SUMMARY}\n\n{MORE}\n\nThey agree")
    texts = list(ArticleText.objects.values_list("whole", "state", "text"))
    if kept is None:
        assert texts == []
    else:
        ((whole, state, text),) = texts
        assert (whole, state) == (kept, "read")
        assert (len(text) > 600) is kept and text.startswith(SUMMARY[:100])


def test_an_official_text_that_is_kept_is_what_is_read_again() -> None:
    one = item()
    ArticleTextFactory(item=one, text=WHOLE, whole=True)
    readings.read_items()
    assert ItemReading.objects.get().whole
    assert Candidate.objects.get().text.endswith(MORE)


def test_an_excerpt_is_not_read_as_an_article() -> None:
    one = item()
    ArticleTextFactory(item=one, text=WHOLE + " and more …", whole=False)
    readings.read_items()
    assert not ItemReading.objects.get().whole


# ---- Candidates -------------------------------------------------------------------------------------------------------------


def test_a_document_becomes_a_candidate_with_its_draft() -> None:
    one = item()
    readings.read_items()
    candidate = Candidate.objects.get()
    assert (candidate.item, candidate.story, candidate.dyad, candidate.state) == (one, one.story, "CN-KZ", "pending")
    assert candidate.text == f"{TITLE}\n\n{SUMMARY}"
    assert (candidate.draft["kind"], candidate.draft["date"], candidate.draft["parties"]) == ("joint_statement", "2022-09-14", ["CN", "KZ"])
    first = candidate.draft["provisions"][0]
    assert candidate.text[first["start"] : first["end"]] == "The Chinese side supports the sovereignty of Kazakhstan."
    assert candidate.history.count() == 1


def test_no_document_or_a_rule_that_hides_the_item_no_candidate() -> None:
    item(title="China and Kazakhstan hold talks", summary=TALK)
    item(hidden=True)
    readings.read_items()
    assert ItemReading.objects.filter(relevant=True).count() == 2
    assert not Candidate.objects.exists()


def test_a_story_has_one_candidate_that_of_its_longest_report() -> None:
    story = StoryFactory()
    item(story=story)
    longest = item(story=story, summary=f"{SUMMARY} {MORE}")
    item(story=story)
    readings.read_items()
    candidate = Candidate.objects.get()
    assert candidate.item == longest
    later = item(story=story, summary=f"{SUMMARY} {MORE} {MORE}")
    readings.read_items()
    candidate.refresh_from_db()
    assert (candidate.item, candidate.version) == (later, 1)


@pytest.mark.parametrize("work", ["opened", "decided", "saved before"])
def test_what_an_editor_is_at_is_left_alone(work: str) -> None:
    one = item()
    readings.read_items()
    candidate = Candidate.objects.get()
    if work == "opened":
        candidate.opened = dt.datetime(2026, 1, 6, tzinfo=dt.UTC)
    elif work == "decided":
        candidate.state = "rejected"
    candidate._history_user = User.objects.create_user("eva") if work == "saved before" else None
    candidate.save()
    readings.read_text(one.pk, WHOLE)
    item(story=one.story, summary=f"{SUMMARY} {MORE} {MORE}")
    readings.read_items()
    again = Candidate.objects.get()
    assert (again.text, again.version, again.item) == (f"{TITLE}\n\n{SUMMARY}", 0, one)


def test_a_candidate_whose_document_is_gone_from_the_item_is_withdrawn() -> None:
    one = item()
    readings.read_items()
    NewsItem.objects.filter(pk=one.pk).update(title="China and Kazakhstan hold talks", summary=TALK, unread=True)
    readings.read_items()
    assert not Candidate.objects.exists()


def test_the_candidate_of_an_item_is_its_own_though_the_item_was_split_off_its_story() -> None:
    one = item()
    CandidateFactory(item=one, story=StoryFactory())
    readings.read_items()
    assert Candidate.objects.get().draft["kind"] == "joint_statement"
