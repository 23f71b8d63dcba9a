"""The links of a reading: what is linked, with which words, and what is not."""

from __future__ import annotations

from relations.domain.extraction import (
    Article,
    Evidence,
    Links,
    NamedMechanism,
    NamedPerson,
    Reading,
    Relevance,
    Value,
)
from relations.domain.linking.found import Found, found_links, reported
from relations.domain.review import Document

TEXT = Article("Xi and Tokayev meet", "China and Kazakhstan adopted a joint statement.")
WHOLE = "Xi and Tokayev meet\n\nChina and Kazakhstan adopted a joint statement."
NOTHING = Links()


def at(words: str, rule: str = "rule") -> Evidence:
    start = WHOLE.index(words)
    return Evidence(start, start + len(words), rule)


def reading(*parties: str, relevant: bool = True, **values: object) -> Reading:
    sides = tuple(Value(code, (at("Kazakhstan", code),)) for code in parties)
    return Reading(Value("en"), Relevance(0.9 if relevant else 0.1, ""), parties=sides, **values)  # type: ignore[arg-type]


def codes(found: list[Found]) -> list[tuple[str, str]]:
    return [(one.kind, one.code) for one in found]


def test_quotes_around_a_name_are_none_of_its_words() -> None:
    text = Article("", "The “China–Central Asia spirit” goes on.")
    links = Links(initiatives=(Value("C5_SPIRIT", (Evidence(4, 31, "by name"),)),), dyads=(Value("CN-C5"),))
    found = found_links(text, reading(relevant=False), links, ["CN-C5"])
    assert [place["words"] for one in found if one.kind == "initiative" for place in one.evidence] == ["China–Central Asia spirit"]


def test_a_link_has_the_words_it_was_read_from() -> None:
    links = Links(dyads=(Value("CN-KZ", (at("China", "named together"),)),))
    (link,) = found_links(TEXT, reading(relevant=False), links, ["CN-KZ"])
    assert link == Found("dyad", "CN-KZ", [{"start": 21, "end": 26, "rule": "named together", "words": "China"}])


def test_the_parties_of_a_relevant_article_are_its_dyad_though_title_and_summary_name_none() -> None:
    (link,) = found_links(TEXT, reading("CN", "KZ"), NOTHING, [])
    assert (link.code, link.evidence[0]["words"]) == ("CN-KZ", "Kazakhstan")


def test_two_partners_are_two_dyads_and_three_are_the_six() -> None:
    assert codes(found_links(TEXT, reading("CN", "KZ", "UZ"), NOTHING, [])) == [("dyad", "CN-KZ"), ("dyad", "CN-UZ")]
    assert codes(found_links(TEXT, reading("CN", "KZ", "KG", "UZ"), NOTHING, [])) == [("dyad", "CN-C5")]


def test_what_names_no_relationship_has_no_links_at_all() -> None:
    links = Links(people=(NamedPerson("xi-jinping", "CN", (at("Xi"),)),), initiatives=(Value("BRI"),))
    assert found_links(TEXT, reading(relevant=False, people=links.people), links, []) == []


def test_a_dyad_named_in_passing_deep_in_the_article_is_no_link() -> None:
    links = Links(dyads=(Value("CN-KZ"), Value("CN-TM")))
    assert codes(found_links(TEXT, reading(relevant=False), links, ["CN-KZ"])) == [("dyad", "CN-KZ")]


def test_of_a_relevant_article_counts_the_reading_and_of_another_what_it_names() -> None:
    named = Links(mechanisms=(NamedMechanism("committee", "cn-kz-committee"),), references=(Value("UN_CHARTER"),))
    read = reading("CN", "KZ", initiatives=(Value("GDI"),), people=(NamedPerson("xi-jinping", "CN"),))
    assert codes(found_links(TEXT, read, named, ["CN-KZ"])) == [("dyad", "CN-KZ"), ("initiative", "GDI"), ("person", "xi-jinping")]
    assert codes(found_links(TEXT, reading(relevant=False), named, ["CN-KZ"])) == [
        ("dyad", "CN-KZ"),
        ("mechanism", "cn-kz-committee"),
        ("reference", "UN_CHARTER"),
    ]


def test_a_mechanism_without_a_record_is_no_link() -> None:
    read = reading("CN", "KZ", mechanisms=(NamedMechanism("committee"),))
    assert codes(found_links(TEXT, read, NOTHING, [])) == [("dyad", "CN-KZ")]


def test_a_reported_declaration_is_linked_by_the_words_for_its_kind_and_date() -> None:
    read = reading("CN", "KZ", kind=Value("joint_statement", (at("joint statement", "document issued"),)))
    (_dyad, link) = found_links(TEXT, read, NOTHING, [], ["cn-kz-2022"])
    assert (link.kind, link.code, [place["words"] for place in link.evidence]) == ("declaration", "cn-kz-2022", ["joint statement"])


def test_evidence_is_bounded() -> None:
    many = tuple(Evidence(number, number + 1, "r") for number in range(9))
    (link,) = found_links(TEXT, reading(relevant=False), Links(dyads=(Value("CN-KZ", many),)), ["CN-KZ"])
    assert [place["start"] for place in link.evidence] == [0, 1, 2, 3]


KNOWN = [
    Document(1, "joint_statement", "2022-09-14", ("CN", "KZ")),
    Document(2, "joint_statement", "2022-09-16", ("CN", "KZ")),
    Document(3, "communique", "2022-09-14", ("CN", "KZ")),
    Document(4, "joint_statement", "2022-09-14", ("CN", "UZ")),
]


def told(date: str | None, kind: str | None = "joint_statement", *, relevant: bool = True) -> Reading:
    return reading("CN", "KZ", relevant=relevant, kind=Value(kind), date=Value(date))


def test_the_nearest_document_of_these_parties_and_this_kind_is_the_reported_one() -> None:
    assert reported(told("2022-09-14"), KNOWN) == KNOWN[0]
    assert reported(told("2022-09-17"), KNOWN) == KNOWN[1]
    assert reported(told("2022-09-19"), KNOWN) == KNOWN[1]


def test_four_days_apart_without_a_date_or_a_kind_or_not_relevant_nothing_is_reported() -> None:
    assert reported(told("2022-09-20"), KNOWN) is None
    assert reported(told(None), KNOWN) is None
    assert reported(told("2022-09-14", None), KNOWN) is None
    assert reported(told("2022-09-14", relevant=False), KNOWN) is None
