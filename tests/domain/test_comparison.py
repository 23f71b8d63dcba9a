"""Declarations side by side; two relationships or two periods by topic."""

from __future__ import annotations

import pytest

from relations.domain.comparison import comparison, contrast, in_years, years_in_common
from relations.domain.formulations import Kind
from relations.domain.positions import Role, Stated
from relations.domain.wording import Change


def says(document: str, number: int, side: str, topics: str, text: str, dyad: str = "CN-KZ") -> Stated:
    """A provision of a document that is named by its date."""
    return Stated(dyad, document, document, number, side, tuple(topics.split()), text)


GAS = says("2022", 1, "both", "energy", "They expand natural gas supplies.")
ONE_CHINA = says("2022", 2, "KZ", "taiwan", "Kazakhstan supports the one-China principle.")
PATH = says("2022", 3, "CN", "development_path", "China supports the path of Kazakhstan.")
MORE_GAS = says("2024", 1, "both", "energy trade", "They expand and secure natural gas supplies.")
FIRMLY = says("2024", 2, "KZ", "taiwan", "Kazakhstan firmly supports the one-China principle.")
SPACE = says("2024", 3, "both", "space", "They build a satellite.")


def test_alike_provisions_share_a_line_and_their_words_are_marked() -> None:
    found = comparison([[ONE_CHINA], [FIRMLY]])
    (block,) = found.blocks
    assert (block.topic, block.role, block.has_only) == ("taiwan", Role.PARTNER, False)
    (line,) = block.lines
    left, right = line.cells
    assert left is not None and right is not None
    assert (left.kind, right.kind) == (Kind.FIRST, Kind.CHANGED)
    assert [piece.text for piece in right.pieces if piece.change is Change.NEW] == ["firmly "]
    assert line.everywhere


def test_what_is_only_in_one_stands_in_its_column() -> None:
    found = comparison([[GAS, ONE_CHINA, PATH], [MORE_GAS, FIRMLY, SPACE]])
    only = {
        (block.topic, column): [w.provision.number for w in words]
        for block in found.blocks
        for column, words in enumerate(block.only)
        if words
    }
    assert only == {("development_path", 0): [3], ("space", 1): [3]}
    assert found.only == (1, 1)
    assert found.alike == 2


def test_topics_in_all_and_topics_in_one_alone() -> None:
    found = comparison([[GAS, ONE_CHINA, PATH], [MORE_GAS, FIRMLY, SPACE]])
    assert found.shared == ("energy", "taiwan")
    assert found.topics_only == (("development_path",), ("trade", "space"))


def test_a_topic_of_two_out_of_three_is_neither_shared_nor_alone() -> None:
    third = [says("2025", 1, "both", "water", "They share rivers.")]
    found = comparison([[GAS], [MORE_GAS], third])
    assert found.shared == ()
    assert found.topics_only == ((), ("trade",), ("water",))


def test_the_same_words_of_another_side_are_not_aligned() -> None:
    found = comparison([[says("2022", 1, "KZ", "trade", "Trade grows fast.")], [says("2024", 1, "CN", "trade", "Trade grows fast.")]])
    assert [(block.role, block.only[0] != (), block.only[1] != ()) for block in found.blocks] == [
        (Role.CHINA, False, True),
        (Role.PARTNER, True, False),
    ]


def test_partners_of_two_relationships_and_both_and_all_answer_to_each_other() -> None:
    kazakh = says("2022", 1, "KZ", "taiwan", "It supports the one-China principle.")
    uzbek = says("2023", 1, "UZ", "taiwan", "It supports the one-China principle.", dyad="CN-UZ")
    together = says("2022", 2, "both", "trade", "Trade grows fast.")
    of_all = says("2023", 2, "all", "trade", "Trade grows fast.", dyad="CN-C5")
    assert comparison([[kazakh, together], [uzbek, of_all]]).alike == 2


def test_alike_words_without_a_topic_in_common_are_not_aligned() -> None:
    found = comparison([[says("2022", 1, "both", "water", "They build a dam.")], [says("2024", 1, "both", "energy", "They build a dam.")]])
    assert found.alike == 0


def test_a_line_stands_under_the_main_topic_of_the_first_document_that_has_it() -> None:
    found = comparison(
        [
            [says("2022", 1, "both", "security borders", "They guard the border.")],
            [says("2024", 1, "both", "borders", "They guard the border.")],
        ]
    )
    assert [block.topic for block in found.blocks] == ["security"]


def test_a_gap_in_the_middle_is_bridged() -> None:
    found = comparison([[GAS], [SPACE], [says("2025", 1, "both", "energy", "They expand natural gas supplies.")]])
    line = next(block for block in found.blocks if block.topic == "energy").lines[0]
    assert [cell.kind if cell else None for cell in line.cells] == [Kind.FIRST, None, Kind.SAME]
    assert not line.everywhere


def test_a_document_without_provisions_has_an_empty_column() -> None:
    found = comparison([[GAS], []])
    assert found.only == (1, 0)
    assert found.shared == ()


def test_nothing_beside_nothing() -> None:
    found = comparison([])
    assert (found.blocks, found.shared, found.topics_only, found.only) == ((), (), (), ())


# ---- Two sets -----------------------------------------------------------------------------------------------------------


def test_topics_of_two_sets_with_their_share_of_the_documents() -> None:
    left = [GAS, ONE_CHINA, says("2023", 1, "both", "energy", "x")]
    right = [MORE_GAS, SPACE]
    found = contrast(left, right)
    assert [(row.topic, round(row.gap)) for row in found.rows] == [("energy", 0), ("space", 100), ("trade", 100), ("taiwan", -50)]
    energy = found.rows[0]
    assert energy.left is not None and energy.right is not None
    assert (energy.left.documents, energy.left.of, energy.left.share) == (2, 2, 100.0)
    assert (energy.left.first, energy.left.last) == ("2022", "2023")
    assert (found.documents, found.provisions, found.both) == ((2, 1), (3, 2), 0)


def test_what_is_only_in_one_set() -> None:
    found = contrast([GAS, ONE_CHINA], [MORE_GAS])
    assert found.only_left == ("taiwan",)
    assert found.only_right == ("trade",)


def test_a_document_of_both_sets_is_counted_in_both_and_told() -> None:
    found = contrast([GAS, MORE_GAS], [MORE_GAS, SPACE])
    assert (found.documents, found.both) == ((2, 1), 1)


def test_an_empty_set_leaves_its_column_empty() -> None:
    found = contrast([GAS], [])
    assert [(row.topic, row.left is not None, row.right) for row in found.rows] == [("energy", True, None)]
    assert found.documents == (1, 0)
    assert contrast([], []).rows == ()


def test_years_include_both_ends_and_documents_known_to_the_year() -> None:
    made = [says(date, 1, "both", "trade", "x") for date in ("2012-12-31", "2013", "2016-05", "2017-01-01")]
    assert [one.date for one in in_years(made, 2013, 2016)] == ["2013", "2016-05"]


@pytest.mark.parametrize(
    ("left", "right", "shared"),
    [
        ((1992, 2000), (2001, 2026), None),
        ((1992, 2005), (2003, 2026), (2003, 2005)),
        ((1992, 2026), (2000, 2001), (2000, 2001)),
        ((2000, 2000), (2000, 2010), (2000, 2000)),
    ],
)
def test_years_that_two_periods_share(left: tuple[int, int], right: tuple[int, int], shared: tuple[int, int] | None) -> None:
    assert years_in_common(left, right) == shared
