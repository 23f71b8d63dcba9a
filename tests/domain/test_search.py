"""Words that are found whatever their form."""

from relations.domain.search import folded, has_all


def test_case_apostrophes_and_yo_make_no_difference() -> None:
    assert folded("Xi’an ВСЕСТОРОННЕГО Партнёрства") == folded("xi'an всестороннего партнерства")


def test_every_word_has_to_stand_somewhere() -> None:
    text = folded("Treaty of Good-Neighbourliness, 2002")
    assert has_all(text, ["2002", "treaty"])
    assert not has_all(text, ["2002", "declaration"])
    assert has_all(text, [])
