"""What of a fetch is new, what has changed, and what costs no write."""

from __future__ import annotations

from relations.domain.feed_entry import Entry, RawEntry, normalise
from relations.domain.storing import Known, decide

FEED, OTHER_FEED = 1, 2


def entry(guid: str, link: str = "https://e.org/1", title: str = "A") -> Entry:
    return normalise([RawEntry(guid, link, title)], "")[0][0]


def known(entry: Entry, pk: int = 7, *, key: str | None = None, digest: str | None = None, feed: int | None = FEED) -> dict[str, Known]:
    key = key or entry.key
    return {key: Known(pk, key, entry.url, digest or entry.digest, feed)}


def test_an_unknown_entry_is_new() -> None:
    decision = decide([entry("g")], {}, FEED)
    assert (len(decision.new), decision.changed, decision.unchanged) == (1, [], 0)


def test_a_known_entry_with_the_same_content_costs_nothing() -> None:
    decision = decide([entry("g")], known(entry("g")), FEED)
    assert (decision.new, decision.changed, decision.unchanged) == ([], [], 1)


def test_a_known_entry_with_other_content_is_changed() -> None:
    decision = decide([entry("g", title="B")], known(entry("g")), FEED)
    assert [(item.pk, new.title) for item, new in decision.changed] == [(7, "B")]


def test_only_the_feed_that_brought_an_item_revises_it() -> None:
    assert decide([entry("g", title="B")], known(entry("g")), OTHER_FEED).unchanged == 1
    assert len(decide([entry("g", title="B")], known(entry("g"), feed=None), OTHER_FEED).changed) == 1


def test_a_guid_that_comes_to_stand_for_several_links_does_not_double_what_is_stored() -> None:
    before = entry("0", "https://e.org/1")
    now, _ = normalise([RawEntry("0", "https://e.org/2", "B"), RawEntry("0", "https://e.org/1", "A")], "")
    decision = decide(now, known(before), FEED)
    assert [new.title for new in decision.new] == ["B"]
    assert decision.unchanged == 1


def test_a_guid_that_stood_for_several_links_is_known_again_when_it_stands_for_one() -> None:
    two, _ = normalise([RawEntry("0", "https://e.org/2", "B"), RawEntry("0", "https://e.org/1", "A")], "")
    stored = {**known(two[0], 7), **known(two[1], 8)}
    assert decide([entry("0", "https://e.org/1")], stored, FEED).unchanged == 1


def test_an_item_is_revised_once_in_a_fetch() -> None:
    item = entry("g")
    twice = [entry("g", title="B"), entry("g", title="C")]
    decision = decide(twice, known(item), FEED)
    assert [new.title for _item, new in decision.changed] == ["B"]
    assert decision.unchanged == 1
