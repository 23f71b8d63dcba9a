"""Texts of one alphabet are searched in a quicker way, which finds what the general one finds."""

from __future__ import annotations

import pytest

from relations.domain.extraction import lexicon
from relations.domain.extraction.alphabets import ALPHABETS, narrow
from relations.domain.extraction.bordered import Bordered
from relations.domain.extraction.folding import fold
from relations.domain.extraction.patterns import Phrase, Phrases
from tests.quality.reading import labelled

SCRIPTS = {"en": "latin", "fr": "latin", "ru": "cyrillic"}
PARTS = ("development", "tuning", "fresh")


def texts(language: str) -> list[str]:
    found = [text for part in PARTS for _, text, gold in labelled(part) if gold["language"] == language]
    return [*found, *(text.upper() for text in found[:4])]


@pytest.mark.parametrize("language", SCRIPTS)
def test_both_ways_find_the_same(language: str) -> None:
    quick, general, seen = lexicon.bordered(language, SCRIPTS[language]), lexicon.everything(language), 0
    for text in texts(language):
        letters = narrow(text, SCRIPTS[language])
        assert quick and letters
        assert letters.folded == fold(text)
        hits = quick.found(letters, text)
        assert hits == general.found(letters.folded, text)
        seen += len(hits)
    assert seen > 1000


@pytest.mark.parametrize("script", ALPHABETS)
def test_both_ways_find_the_same_names(script: str) -> None:
    for language in [language for language, own in SCRIPTS.items() if own == script]:
        for text in texts(language):
            letters = narrow(text, script)
            assert letters
            assert lexicon.bordered_names(script).found(letters, text) == lexicon.names(script).found(letters.folded, text)


def found(words: str, text: str) -> list[str]:
    """The places that a phrase has in a text, found in both ways."""
    phrases = Phrases([Phrase(words, "layer", "code")])
    letters = narrow(text, "latin")
    assert letters
    hits = Bordered(phrases.anchors(), ALPHABETS["latin"]).found(letters, text)
    assert hits == phrases.found(fold(text), text)
    return [text[hit[0] : hit[1]] for hit in hits]


def test_a_phrase_has_its_borders() -> None:
    assert found("rail", "Rail, railway, derail and (rail)") == ["Rail", "rail"]
    assert found("rail*", "Rail, railway, derail") == ["Rail", "railway"]


def test_marks_between_words_count() -> None:
    assert found("joint statement", "A joint statement, a joint-statement, joint. Statement") == ["joint statement"]
    assert found("one-china", "One-China, one China") == ["One-China"]
    assert found("premiers ", "Premiers met, premiers.") == ["Premiers "]


def test_what_goes_on_and_how_it_is_spelled() -> None:
    assert found("sign* (pact|treaty)", "They signed pacts, signed treaty and signs") == ["signed treaty"]
    assert found("=SCO", "SCO, sco, Sco") == ["SCO"]
    assert found("^china", "China and china, É") == ["China"]


def test_a_phrase_may_begin_with_a_mark() -> None:
    assert found('"silk road', 'The "Silk Road" and "silk roads"') == ['"Silk Road']


def test_other_letters_go_the_general_way() -> None:
    assert narrow("China 中国", "latin") is None
    assert narrow("Reykjavík and Þórshöfn", "latin") is None  # a letter of words that the lexicon's words do not have
    assert narrow("Le Mé́xique", "latin") is None
    assert narrow("Китай", "latin") is None
    assert narrow("China", "mixed") is None
