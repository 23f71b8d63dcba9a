"""Topics by relationship: how often, how recently, by whom; what is no longer taken up; who supports whom."""

from __future__ import annotations

from relations.domain.positions import BROAD, CORE, SILENT, Role, State, Stated, matrix, role_of, supports
from relations.models.choices import Topic


def says(document: str, number: int, side: str, *topics: str, dyad: str = "CN-KZ", text: str = "") -> Stated:
    """A provision of a document that is named by its date."""
    return Stated(dyad, f"doc-{document}", document, number, side, topics, text or f"{side} on {topics[0]}")


def broad(document: str, *topics: str) -> list[Stated]:
    """A document of four provisions: these topics, then relations."""
    named = [*topics, *["relations"] * (BROAD - len(topics))]
    return [says(document, number, "both", topic) for number, topic in enumerate(named, start=1)]


def test_roles() -> None:
    assert [role_of(side) for side in ("CN", "KZ", "C5", "both", "all")] == [
        Role.CHINA, Role.PARTNER, Role.PARTNER, Role.TOGETHER, Role.TOGETHER,
    ]  # fmt: skip


def test_a_cell_counts_documents_and_provisions_and_knows_the_first_and_the_last() -> None:
    found = matrix([says("2022-09-14", 1, "KZ", "taiwan"), says("2022-09-14", 2, "KZ", "taiwan"), says("2001", 1, "both", "taiwan")])
    (row,) = found.rows
    cell = row.cells["CN-KZ"]
    assert (cell.documents, cell.provisions, cell.first, cell.last) == (2, 3, "2001", "2022-09-14")
    assert dict(cell.sides) == {"KZ": 2, "both": 1}
    assert [tick.roles for tick in cell.ticks] == [{Role.TOGETHER}, {Role.PARTNER}]


def test_a_document_in_which_both_speak_is_one_tick_of_both() -> None:
    found = matrix([says("2022", 1, "KZ", "water"), says("2022", 2, "CN", "water")])
    assert found.rows[0].cells["CN-KZ"].ticks[0].roles == {Role.CHINA, Role.PARTNER}


def test_a_provision_counts_under_each_of_its_topics_and_once_in_all() -> None:
    found = matrix([says("2022", 1, "both", "water", "environment")])
    assert [row.topic for row in found.rows] == ["environment", "water"]
    assert found.provisions == 1


def test_the_topic_of_most_documents_comes_first() -> None:
    found = matrix(
        [says("2020", 1, "both", "water"), says("2020", 2, "both", "water"), *[says(y, 1, "both", "trade") for y in ("2021", "2022")]]
    )
    assert [(row.topic, row.documents) for row in found.rows] == [("trade", 2), ("water", 1)]


def test_relationships_are_kept_apart() -> None:
    found = matrix([says("2020", 1, "both", "water"), says("2021", 1, "both", "water", dyad="CN-KG")])
    assert {dyad: cell.first for dyad, cell in found.rows[0].cells.items()} == {"CN-KZ": "2020", "CN-KG": "2021"}
    assert found.rows[0].last == "2021"
    assert dict(found.documents) == {"CN-KZ": 1, "CN-KG": 1}


def test_a_topic_of_the_last_broad_document_is_current() -> None:
    found = matrix([*broad("2020"), *broad("2021", "water")])
    assert {row.topic: row.cells["CN-KZ"].state for row in found.rows}["water"] is State.CURRENT


def test_a_topic_that_two_broad_documents_leave_out_is_recent_and_three_make_it_gone() -> None:
    years = [*broad("2010", "water"), *broad("2011", "water")]
    two = matrix([*years, *broad("2012"), *broad("2013")])
    three = matrix([*years, *broad("2012"), *broad("2013"), *broad("2014")])
    state = {found: {row.topic: row.cells["CN-KZ"].state for row in made.rows}["water"] for found, made in ((2, two), (3, three))}
    assert SILENT == 3
    assert state == {2: State.RECENT, 3: State.GONE}
    assert [(cell.topic, cell.last, cell.since) for cell in three.gone] == [("water", "2011", 3)]
    assert two.gone == []


def test_a_topic_taken_up_once_long_ago_is_once_and_not_gone() -> None:
    found = matrix([*broad("2010", "water"), *broad("2012"), *broad("2013"), *broad("2014")])
    assert {row.topic: row.cells["CN-KZ"].state for row in found.rows}["water"] is State.ONCE
    assert found.gone == []


def test_the_other_documents_of_the_same_day_leave_nothing_out_and_those_of_a_later_day_count_once() -> None:
    def of(document: str, date: str) -> list[Stated]:
        return [Stated("CN-KZ", document, date, number, "both", ("trade",)) for number in range(1, BROAD + 1)]

    taken = Stated("CN-KZ", "a", "2025-06-17", 1, "both", ("water",))
    found = matrix([taken, *of("b", "2025-06-17"), *of("c", "2025-09-02"), *of("d", "2025-09-02")])
    assert {row.topic: row.cells["CN-KZ"].since for row in found.rows} == {"water": 1, "trade": 0}


def test_what_is_known_to_the_year_leaves_later_days_of_the_year_aside() -> None:
    found = matrix([says("2025", 1, "both", "water"), *broad("2025-09-02"), *broad("2026")])
    assert {row.topic: row.cells["CN-KZ"].since for row in found.rows}["water"] == 1


def test_documents_of_few_provisions_say_nothing_of_what_they_leave_out() -> None:
    later = [says(str(year), number, "both", "trade") for year in range(2012, 2022) for number in range(1, BROAD)]
    found = matrix([*broad("2010", "water"), *broad("2011", "water"), *later])
    assert {row.topic: row.cells["CN-KZ"].state for row in found.rows}["water"] is State.CURRENT
    assert dict(found.broad) == {"CN-KZ": 2}


def test_two_documents_of_a_day_stand_in_one_order_however_they_are_given() -> None:
    one, other = says("2022", 1, "both", "water"), Stated("CN-KZ", "a", "2022", 1, "CN", ("water",))
    assert matrix([one, other]) == matrix([other, one])


def test_of_one_role_only_its_provisions_count_and_all_documents_may_be_broad() -> None:
    found = matrix([*broad("2010", "water"), says("2010", 9, "KZ", "taiwan"), *broad("2012"), *broad("2013")], Role.PARTNER)
    assert [(row.topic, row.cells["CN-KZ"].since) for row in found.rows] == [("taiwan", 2)]
    assert (found.provisions, dict(found.documents)) == (1, {"CN-KZ": 3})


def test_without_provisions_the_matrix_is_empty() -> None:
    found = matrix([])
    assert (found.rows, found.provisions, found.gone) == ((), 0, [])


# ---- Core interests ----------------------------------------------------------------------------------------------------


def test_the_core_topics_are_topics() -> None:
    assert set(CORE) <= set(Topic.values)


def test_who_supports_whom_is_what_a_side_states_alone_in_its_latest_words() -> None:
    found = supports(
        [
            says("2001", 1, "KZ", "taiwan", text="old words"),
            says("2022", 2, "KZ", "taiwan", text="second"),
            says("2022", 1, "KZ", "taiwan", text="first"),
            says("2022", 3, "CN", "development_path", "sovereignty"),
            says("2023", 1, "both", "sovereignty"),
            says("2023", 2, "KZ", "trade"),
        ]
    )
    assert [(one.topic, one.side, one.first, one.last, len(one.documents)) for one in found] == [
        ("taiwan", "KZ", "2001", "2022", 2),
        ("sovereignty", "CN", "2022", "2022", 1),
        ("development_path", "CN", "2022", "2022", 1),
    ]
    assert [one.text for one in found[0].latest] == ["first", "second"]


def test_each_of_several_partners_has_its_own_support() -> None:
    found = supports([says("2022", 1, "KZ", "taiwan", dyad="CN-C5"), says("2022", 2, "C5", "taiwan", dyad="CN-C5")])
    assert [one.side for one in found] == ["C5", "KZ"]


def test_nobody_supports_anybody_without_provisions() -> None:
    assert supports([]) == []
