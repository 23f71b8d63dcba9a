"""Links as rows: what readings write, and what editors decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from relations.domain.linking.found import Found
from relations.models import NewsItem, NewsLink, NewsVolume
from relations.services import news_links
from tests.factories import DeclarationFactory, MechanismFactory, NewsItemFactory, NewsLinkFactory, PersonFactory

pytestmark = pytest.mark.django_db

WORDS = [{"start": 0, "end": 5, "rule": "named together", "words": "China"}]


def dyad(code: str) -> Found:
    return Found("dyad", code, WORDS)


def links(item: NewsItem) -> dict[str, str]:
    return dict(NewsLink.objects.filter(item=item).values_list("code", "state"))


def dyads(item: NewsItem) -> set[str]:
    return set(item.dyads.values_list("pk", flat=True))


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("eva")


def test_a_reading_writes_links_with_their_words_and_the_dyads_of_the_item() -> None:
    item = NewsItemFactory()
    news_links.write({item.pk: [dyad("CN-KZ"), Found("initiative", "BRI", WORDS)]}, {})
    assert links(item) == {"CN-KZ": "read", "BRI": "read"}
    assert NewsLink.objects.get(code="BRI").evidence == WORDS
    assert dyads(item) == {"CN-KZ"}


def test_a_link_to_a_record_points_to_it_and_one_without_a_record_is_left_out() -> None:
    item, mechanism, person, declaration = NewsItemFactory(), MechanismFactory(), PersonFactory(), DeclarationFactory()
    found = [
        Found("mechanism", mechanism.slug),
        Found("person", person.slug),
        Found("declaration", declaration.slug),
        Found("person", "nobody"),
    ]
    records = {
        "mechanism": {mechanism.slug: mechanism.pk},
        "person": {person.slug: person.pk},
        "declaration": {declaration.slug: declaration.pk},
    }
    news_links.write({item.pk: found}, records)
    rows = {link.kind: (link.mechanism, link.person, link.declaration) for link in NewsLink.objects.all()}
    assert rows == {
        "mechanism": (mechanism, None, None),
        "person": (None, person, None),
        "declaration": (None, None, declaration),
    }


def test_what_is_not_read_any_more_goes_with_its_dyad_but_not_what_an_editor_has_linked_by_hand() -> None:
    item = NewsItemFactory(dyads=["CN-UZ"])
    news_links.write({item.pk: [dyad("CN-KZ")]}, {})
    assert dyads(item) == {"CN-KZ", "CN-UZ"}
    news_links.write({item.pk: []}, {})
    assert (links(item), dyads(item)) == ({}, {"CN-UZ"})


def test_a_rejected_link_does_not_come_back(editor: User) -> None:
    item = NewsItemFactory()
    news_links.write({item.pk: [dyad("CN-KZ"), dyad("CN-UZ")]}, {})
    link = news_links.decide(NewsLink.objects.get(code="CN-KZ").pk, "rejected", editor)
    assert (link.state, link.decided_by) == ("rejected", editor)
    assert link.decided is not None
    assert dyads(item) == {"CN-UZ"}
    for found in ([dyad("CN-KZ"), dyad("CN-UZ")], [dyad("CN-UZ")], [dyad("CN-KZ"), dyad("CN-UZ")]):
        news_links.write({item.pk: found}, {})
        assert (links(item), dyads(item)) == ({"CN-KZ": "rejected", "CN-UZ": "read"}, {"CN-UZ"})


def test_a_confirmed_link_stays_whatever_is_read(editor: User) -> None:
    item = NewsItemFactory()
    news_links.write({item.pk: [dyad("CN-KZ")]}, {})
    news_links.decide(NewsLink.objects.get().pk, "confirmed", editor)
    news_links.write({item.pk: []}, {})
    assert (links(item), dyads(item)) == ({"CN-KZ": "confirmed"}, {"CN-KZ"})


def test_a_decision_is_taken_back_and_leaves_no_name(editor: User) -> None:
    item = NewsItemFactory()
    news_links.write({item.pk: [dyad("CN-KZ")]}, {})
    pk = NewsLink.objects.get().pk
    news_links.decide(pk, "rejected", editor)
    link = news_links.decide(pk, "read", editor)
    assert (link.state, link.decided_by, link.decided) == ("read", None, None)
    assert dyads(item) == {"CN-KZ"}


def test_the_counts_follow_a_decision(editor: User) -> None:
    item = NewsItemFactory()
    news_links.write({item.pk: [dyad("CN-KZ")]}, {})
    pk = NewsLink.objects.get().pk
    news_links.decide(pk, "confirmed", editor)
    assert NewsVolume.objects.values_list("month", "dyad", "language", "items").get() == ("2026-01", "CN-KZ", "en", 1)
    news_links.decide(pk, "rejected", editor)
    assert not NewsVolume.objects.exists()


def test_a_state_that_is_none_is_refused(editor: User) -> None:
    link = NewsLinkFactory()
    with pytest.raises(ValueError, match="maybe"):
        news_links.decide(link.pk, "maybe", editor)
    with pytest.raises(NewsLink.DoesNotExist):
        news_links.decide(link.pk + 1, "confirmed", editor)


def test_where_less_was_read_than_before_links_only_grow() -> None:
    item = NewsItemFactory()
    news_links.write({item.pk: [dyad("CN-KZ")]}, {})
    news_links.write({item.pk: [dyad("CN-UZ")]}, {}, adds_only={item.pk})
    assert dyads(item) == set(links(item)) == {"CN-KZ", "CN-UZ"}


def test_dyads_chosen_by_hand_are_confirmed_and_rejected(editor: User) -> None:
    item = NewsItemFactory()
    news_links.write({item.pk: [dyad("CN-KZ")]}, {})
    item.dyads.set(["CN-TM"])
    news_links.dyads_by_hand(item, {"CN-KZ"}, {"CN-TM"}, editor)
    assert links(item) == {"CN-KZ": "rejected", "CN-TM": "confirmed"}
    news_links.write({item.pk: [dyad("CN-KZ")]}, {})
    assert dyads(item) == {"CN-TM"}


def test_the_queries_do_not_grow_with_the_items(django_assert_num_queries: Callable[..., Any], editor: User) -> None:
    def write(count: int) -> None:
        items = NewsItemFactory.create_batch(count)
        news_links.write({one.pk: [dyad("CN-KZ"), dyad("CN-TJ")] for one in items}, {})
        rejected = NewsLink.objects.filter(item__in=items, code="CN-KZ")
        rejected.update(state="rejected")
        moved = Found("dyad", "CN-UZ", []), Found("dyad", "CN-KZ", WORDS)
        # Stored links, new ones, gone ones; new dyads, gone ones.
        with django_assert_num_queries(5):
            news_links.write({one.pk: moved for one in items}, {})

    write(1)
    write(20)
