"""The words by which articles are read: four languages, known codes, nothing twice, every phrase usable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from relations.domain.extraction.patterns import Phrase, Phrases
from relations.reference.lexicon import lexicon
from relations.reference.parties import FIVE, PARTNERS
from relations.reference.reading_words import FOLDER, LANGUAGES, expanded, reading_words, simplified

FILES = sorted(path.stem for path in FOLDER.glob("*.json"))
PHRASES = [name for name in FILES if name not in ("dates", "weights")]
SIX = {"CN", *PARTNERS}


def lists(value: Any, where: str) -> Iterator[tuple[str, list[str]]]:
    """Every list of phrases in a file, with the way to it."""
    if isinstance(value, list):
        yield where, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, f"{where}.{key}")


def by_language(value: Any, where: str) -> Iterator[tuple[str, set[str]]]:
    """Every place where a file distinguishes languages, with those that it has."""
    if isinstance(value, dict):
        if {"en", "ru"} <= set(value):
            yield where, set(value)
        else:
            for key, inner in value.items():
                yield from by_language(inner, f"{where}.{key}")


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_what_it_is_for_and_has_four_languages(name: str) -> None:
    content = reading_words(name)
    if name != "leaders":
        assert content["about"].strip()
    for where, languages in by_language(content, name):
        if not where.startswith("dates.months"):  # Chinese months are numbers
            assert languages == set(LANGUAGES), where


@pytest.mark.parametrize("name", PHRASES)
def test_no_list_has_a_phrase_twice(name: str) -> None:
    for where, phrases in lists(reading_words(name), name):
        twice = {one for one in phrases if phrases.count(one) > 1}
        assert not twice, f"{where}: {twice}"


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_can_be_sought(name: str) -> None:
    for where, phrases in lists(reading_words(name), name):
        for words in phrases:
            assert words.strip(), where
            assert words.count("(") == words.count(")"), f"{where}: {words}"
            Phrases([Phrase(words, "layer", "code")])


def test_every_code_is_known() -> None:
    words = lexicon()
    assert set(reading_words("states")["states"]) == {*SIX, FIVE}
    assert set(reading_words("leaders")) - {"about"} == SIX
    named = reading_words("named")
    assert set(named["mechanisms"]) <= set(words["mechanisms"])
    assert set(named["initiatives"]) <= set(words["initiatives"])
    assert set(named["references"]) <= set(words["documents"])
    assert set(reading_words("topics")["cues"]) == set(words["topics"])
    assert set(reading_words("topics")["named"].values()) <= set(words["topics"])


def test_the_weights_of_topics_are_numbers_above_nought() -> None:
    for topic, languages in reading_words("topics")["cues"].items():
        for weights in languages.values():
            assert all(float(weight) > 0 for weight in weights), topic


def test_alternatives_stand_for_every_phrase() -> None:
    assert expanded("(the |)two (sides|parties)") == ["the two sides", "the two parties", "two sides", "two parties"]
    assert expanded("(kazakh|uzbek)* side") == ["kazakh* side", "uzbek* side"]
    assert expanded("joint* (a|b)") == ["joint* (a|b)"]  # only the beginning has to be fixed


def found(words: str, text: str) -> list[str]:
    return [text[start:end] for start, end, *_ in Phrases([Phrase(words, "layer", "code")]).found(text.lower(), text)]


def test_a_star_ends_a_word_that_may_go_on_and_words_have_borders() -> None:
    assert found("kazakh*", "kazakhs and kazakhstan, not akazakh") == ["kazakhs", "kazakhstan"]
    assert found("china", "china, machina, chinas") == ["china"]
    assert found("中国", "发展中国家在中国") == ["中国", "中国"]


def test_a_gap_is_at_most_four_words_of_one_sentence() -> None:
    assert found("committee ~ met", "the committee of both sides met") == ["committee of both sides met"]
    assert found("committee ~ met", "the committee left. they met") == []


def test_signs_before_a_phrase_want_capitals_or_one_spelling() -> None:
    assert found("^china", "China and china") == ["China"]
    assert found("=BRI", "BRI, bri") == ["BRI"]


def test_traditional_characters_have_simplified_ones() -> None:
    assert "國關".translate(simplified()) == "国关"
    assert all(len(one) == 1 for one in simplified().values())
