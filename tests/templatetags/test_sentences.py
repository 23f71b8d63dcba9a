"""The sentence that says who says what, for none, one and many, for two and for six."""

from __future__ import annotations

from django.utils import translation

from relations.domain.provisions import Part, Says
from relations.templatetags.sentences import number_word, topic_phrase, who_says


def sentence(together: int, *alone: Part, parties: int = 2) -> str:
    with translation.override("en"):
        return who_says(Says(parties, together + sum(part.count for part in alone), together, alone))


def test_two_sides_and_what_each_adds() -> None:
    found = sentence(17, Part("KZ", 3, ("taiwan",)), Part("CN", 2, ("development_path", "sovereignty")))
    assert found == (
        "Together the two sides state 17 provisions. Kazakhstan alone adds three, all on Taiwan; "
        "China alone adds two, on the development path and sovereignty."
    )


def test_one_provision_together_and_one_alone() -> None:
    assert sentence(1, Part("CN", 1, ("water",))) == "Together the two sides state one provision. China alone adds one, on water."


def test_two_on_the_same_topic_are_both_on_it() -> None:
    assert sentence(2, Part("KG", 2, ("taiwan",))).endswith("Kyrgyzstan alone adds two, both on Taiwan.")


def test_nobody_alone() -> None:
    assert sentence(9) == "The two sides state all nine provisions together."
    assert sentence(1) == "The two sides state one provision together."
    assert sentence(16, parties=6) == "The six parties state all 16 provisions together."
    assert sentence(1, parties=3) == "The three parties state one provision together."


def test_nothing_together() -> None:
    found = sentence(0, Part("CN", 1, ("relations",)), Part("TM", 1, ("relations",)))
    assert found == "China alone states one provision, on relations; Turkmenistan alone states one, on relations."


def test_the_five_speak_in_the_plural() -> None:
    found = sentence(16, Part("CN", 2, ("trade", "water")), Part("C5", 2, ("development_path", "taiwan")), parties=6)
    assert found == (
        "Together the six parties state 16 provisions. China alone adds two, on trade and water; "
        "the five Central Asian states together add two, on the development path and Taiwan."
    )


def test_the_five_may_begin_the_sentence() -> None:
    assert sentence(0, Part("C5", 1, ("health",)), parties=6) == "The five Central Asian states together state one provision, on health."


def test_a_single_partner_of_six_is_named() -> None:
    assert sentence(4, Part("UZ", 1, ("water",)), parties=6).endswith("Uzbekistan alone adds one, on water.")


def test_many_topics_end_with_others() -> None:
    assert sentence(1, Part("CN", 4, ("trade", "water"), more=True)).endswith("China alone adds four, on trade, water and other topics.")
    assert topic_phrase(("trade", "energy", "water")) == "trade, energy and water"
    with translation.override("zh-hans"):
        assert topic_phrase(("trade", "energy", "water")) == "贸易、能源和水资源"


def test_no_provision_no_sentence() -> None:
    assert sentence(0) == ""


def test_numbers_are_words_up_to_twelve() -> None:
    assert [number_word(n) for n in (1, 12, 13)] == ["one", "twelve", "13"]
