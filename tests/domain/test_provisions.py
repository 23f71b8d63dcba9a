"""Who says what: groups, order, and the parts of the sentence."""

from __future__ import annotations

from dataclasses import dataclass

from relations.domain.provisions import Part, Says, by_side, by_topic, ranked_topics, says, side_order, sides_counted

PAIR = ("CN", "KZ")
SIX = ("CN", "KZ", "KG", "TJ", "TM", "UZ")


@dataclass(frozen=True)
class P:
    number: int
    side: str
    topics: tuple[str, ...] = ("trade",)


SHOWCASE = [
    *(P(n, "both", ("relations",)) for n in range(1, 10)),
    *(P(n, "KZ", ("taiwan",)) for n in (10, 11, 12)),
    P(13, "CN", ("development_path",)),
    P(14, "CN", ("sovereignty", "development_path")),
    *(P(n, "both", ("security",)) for n in range(15, 23)),
]


def test_china_comes_first_then_the_partner_then_both() -> None:
    groups = by_side(SHOWCASE, PAIR)
    assert [(group.side, len(group)) for group in groups] == [("CN", 2), ("KZ", 3), ("both", 17)]
    assert [group.together for group in groups] == [False, False, True]


def test_sides_of_a_six_party_document_are_china_the_partners_the_five_and_all() -> None:
    provisions = [P(1, "all"), P(2, "C5"), P(3, "UZ"), P(4, "CN"), P(5, "KZ")]
    assert [group.side for group in by_side(provisions, SIX)] == ["CN", "KZ", "UZ", "C5", "all"]
    assert side_order(SIX) == ("CN", "KZ", "KG", "TJ", "TM", "UZ", "C5", "both", "all")


def test_provisions_of_one_main_topic_stand_together_and_keep_their_numbers() -> None:
    provisions = [P(1, "both", ("relations",)), P(2, "both", ("global_governance",)), P(3, "both", ("relations", "security"))]
    assert [p.number for p in by_topic(provisions)] == [1, 3, 2]


def test_a_document_without_provisions_has_no_groups_and_no_parts() -> None:
    assert by_side([], PAIR) == []
    assert says([], PAIR) == Says(parties=2, total=0, together=0, alone=())


def test_the_sentence_of_the_showcase_names_who_adds_most_first() -> None:
    assert says(SHOWCASE, PAIR) == Says(
        parties=2,
        total=22,
        together=17,
        alone=(Part("KZ", 3, ("taiwan",)), Part("CN", 2, ("development_path", "sovereignty"))),
    )


def test_of_sides_that_add_as_much_china_comes_first() -> None:
    found = says([P(1, "KZ"), P(2, "CN"), P(3, "both")], PAIR)
    assert [part.side for part in found.alone] == ["CN", "KZ"]


def test_more_topics_than_a_sentence_can_name_leave_the_main_ones() -> None:
    provisions = [P(1, "CN", ("development_path", "sovereignty")), P(2, "CN", ("agriculture", "trade"))]
    assert says(provisions, SIX).alone == (Part("CN", 2, ("development_path", "agriculture")),)


def test_more_main_topics_than_a_sentence_can_name_leave_two_and_others() -> None:
    provisions = [P(n, "CN", (topic,)) for n, topic in enumerate(("trade", "water", "health", "media"), start=1)]
    assert says(provisions, PAIR).alone == (Part("CN", 4, ("trade", "water"), more=True),)


def test_the_most_frequent_topic_comes_first_and_of_equals_the_first_in_the_text() -> None:
    provisions = [P(2, "CN", ("water", "trade")), P(1, "CN", ("health", "trade"))]
    assert ranked_topics(provisions) == ("trade", "health", "water")
    assert ranked_topics(provisions, main=True) == ("health", "water")


def test_counts_by_side_begin_with_what_all_state() -> None:
    assert sides_counted(["KZ", "both", "CN", "both", "KZ", "both"], PAIR) == [("both", 3), ("CN", 1), ("KZ", 2)]
    assert sides_counted(["C5", "all", "CN"], SIX) == [("all", 1), ("CN", 1), ("C5", 1)]
