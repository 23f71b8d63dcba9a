"""What changed between two wordings: word by word, by character in Chinese."""

from __future__ import annotations

import pytest

from relations.domain.wording import LIKE, LONGEST, Change, Piece, difference, likeness, paired, tokens

SAME, GONE, NEW = Change.SAME, Change.GONE, Change.NEW


def told(pieces: tuple[Piece, ...]) -> str:
    """`opposes [-independence][+it]`."""
    marks = {SAME: "{}", GONE: "[-{}]", NEW: "[+{}]"}
    return "".join(marks[piece.change].format(piece.text) for piece in pieces)


def test_the_tokens_of_a_text_are_the_text() -> None:
    text = "China’s “one-China”  principle，中方支持. 2022–2024"
    assert "".join(tokens(text)) == text


def test_words_keep_their_apostrophe_and_their_hyphen() -> None:
    assert [token for token in tokens("China's one-China rule") if not token.isspace()] == ["China's", "one-China", "rule"]


def test_a_word_is_replaced() -> None:
    assert difference("They oppose interference.", "They reject interference.") == (
        Piece(SAME, "They "),
        Piece(GONE, "oppose "),
        Piece(NEW, "reject "),
        Piece(SAME, "interference."),
    )


def test_words_are_added_and_dropped() -> None:
    assert told(difference("They support peace.", "They firmly support peace.")) == "They [+firmly ]support peace."
    assert told(difference("They firmly support peace.", "They support peace.")) == "They [-firmly ]support peace."


def test_chinese_is_told_apart_by_character() -> None:
    assert told(difference("中方支持哈方的发展道路", "中方坚定支持哈方选择的发展道路")) == "中方坚定支持哈方选择的发展道路".replace(
        "坚定", "[+坚定]"
    ).replace("选择", "[+选择]")


def test_chinese_and_latin_may_stand_in_one_text() -> None:
    assert tokens("中方WTO支持") == ["中", "方", "WTO", "支", "持"]


def test_a_small_word_between_two_changes_is_marked_with_them() -> None:
    # “the” alone stays between “sole” and “government”: one change reads better than two around it.
    assert told(difference("alpha the beta", "gamma the delta")) == "[-alpha the beta][+gamma the delta]"


def test_two_words_between_two_changes_stay() -> None:
    assert told(difference("alpha legal government beta", "gamma legal government delta")) == (
        "[-alpha ][+gamma ]legal government [-beta][+delta]"
    )


def test_words_that_are_gone_do_not_run_into_the_word_before() -> None:
    pieces = difference("the principle and its meaning", "the principle, as ever")
    assert pieces[1].text.startswith(" and")


@pytest.mark.parametrize(("before", "after"), [("China's aim", "China’s aim"), ("a  b", "a b"), ("re‑start", "re-start")])
def test_how_an_apostrophe_a_blank_or_a_hyphen_was_typed_is_no_change(before: str, after: str) -> None:
    assert difference(before, after) == (Piece(SAME, after),)


def test_nothing_beside_nothing_has_no_pieces() -> None:
    assert difference("", "") == ()


def test_a_text_beside_nothing_is_all_new_or_all_gone() -> None:
    assert difference("", "peace") == (Piece(NEW, "peace"),)
    assert difference("peace", "") == (Piece(GONE, "peace"),)


def test_what_is_not_gone_is_the_later_text_whatever_the_change() -> None:
    before = "Kazakhstan regards Taiwan as an inalienable part of China's territory and opposes “Taiwan independence” in any form."
    after = "Kazakhstan opposes any form of “Taiwan independence” and outside interference, and keeps no official contacts."
    assert "".join(piece.text for piece in difference(before, after) if piece.change is not GONE) == after


def test_very_long_texts_are_shown_whole() -> None:
    before, after = "a " * LONGEST, "b " * LONGEST
    assert [piece.change for piece in difference(before, after)] == [GONE, NEW]


def test_likeness_is_the_share_of_words_in_common() -> None:
    # Four words on either side, three in common: 2·3 / 8.
    assert likeness("China supports Kazakhstan path", "China supports the path chosen") == pytest.approx(6 / 8)


def test_small_words_and_marks_do_not_make_texts_alike() -> None:
    assert likeness("the trade of the two", "the water, of the five") == 0.0


def test_a_word_counts_as_often_as_both_have_it() -> None:
    # {one: 2, China: 1} and {one: 1, China: 1}: two in common of five.
    assert likeness("one China, one", "one China") == pytest.approx(4 / 5)


def test_texts_without_any_word_are_alike_where_they_are_the_same() -> None:
    assert likeness("", "") == 1.0
    assert likeness("…", "!") == 0.0


def test_the_likest_are_paired_and_nobody_twice() -> None:
    before = ["China supports sovereignty and independence", "China buys natural gas"]
    after = ["China buys more natural gas", "China supports sovereignty", "They open a school"]
    assert paired(before, after) == [(1, 0), (0, 1)]


def test_what_is_less_alike_than_the_least_has_no_pair() -> None:
    # one word in common of two and four: 2·1 / 6 = 0.33
    assert LIKE > 1 / 3
    assert paired(["gas prices"], ["gas fields near Lebap"]) == []


def test_of_equally_like_pairs_the_first_is_taken() -> None:
    assert paired(["trade grows", "trade grows"], ["trade grows"]) == [(0, 0)]
