"""Each rule of the sanity report, with an example that it finds and one that it lets pass."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from relations.domain.dataset.finding import Severity
from relations.domain.dataset.sanity import RULES, examine, meaning
from relations.domain.dataset.sanity_records import is_address
from tests.services.dataset.material import (
    Tree,
    cited,
    declaration,
    event,
    mechanism,
    person,
    provision,
    session,
    small_tree,
    source,
    status,
    titles,
    value,
    visit,
)

TODAY = dt.date(2026, 11, 24)
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def found(tree: Tree, rule: str) -> list[tuple[Severity, str, str]]:
    return [(finding.severity, finding.where, finding.message) for finding in examine(tree, TODAY).get(rule, [])]


@pytest.fixture
def tree() -> Tree:
    return small_tree()


def put(tree: Tree, name: str, *records: dict[str, Any], file: str = "kz") -> Tree:
    tree[file][name] = list(records)
    return tree


def test_a_sound_dataset_has_no_error(tree: Tree) -> None:
    findings = [finding for group in examine(tree, TODAY).values() for finding in group]
    assert {finding.severity for finding in findings} <= {WARNING, NOTE}
    assert found(tree, "unverified") == [
        (NOTE, "", "anniversaries: 1 without a source yet, shown as unverified"),
        (NOTE, "", "provisions: 1 without a source yet, shown as unverified"),
    ]
    assert found(tree, "nameless_source") == [(NOTE, "", "sources.json: 1 addresses of which neither publisher nor title is known")]


def test_every_rule_says_what_should_hold() -> None:
    assert all(meaning(rule.__name__).endswith(".") for rule in RULES)
    assert len({rule.__name__ for rule in RULES}) == len(RULES) == 25


class TestSources:
    @pytest.mark.parametrize(
        ("verification", "sources", "expected"),
        [
            ("official", [], [(ERROR, "marked “official” without a source")]),
            ("multiple", [], [(ERROR, "marked “multiple” without a source")]),
            ("multiple", [source(1)], [(WARNING, "marked “multiple” with one source")]),
            ("memory", [source(1)], [(WARNING, "marked “memory” with 1 sources")]),
            ("memory", [], []),
            ("single", [source(1)], []),
            ("multiple", [source(1), source(2)], []),
        ],
    )
    def test_a_claim_needs_its_sources(self, tree: Tree, verification: str, sources: list[Any], expected: list[Any]) -> None:
        put(tree, "events", event("2011", "A bridge", verification=verification, sources=sources))
        where = "kz.json, events[0] (CN-KZ 2011 A bridge)"
        assert found(tree, "without_source") == [(severity, where, message) for severity, message in expected]

    def test_a_draft_is_not_finished(self, tree: Tree) -> None:
        put(tree, "declarations", declaration("a-2011-a", "2011", sources=[], state="draft"))
        assert [severity for severity, *_ in found(tree, "without_source")] == [WARNING]

    @pytest.mark.parametrize(
        ("url", "good"),
        [
            ("https://example.org/a?b=1#c", True),
            ("http://127.0.0.1:8000/", True),
            ("http://президент.рф/news", True),
            ("https://xn--d1abbgf6aiiy.xn--p1ai/", True),
            ("ftp://example.org/", False),
            ("example.org/page", False),
            ("https://example", False),
            ("https://example.org/a b", False),
            ("https://", False),
            ("https://.org/", False),
            ("https://[::1", False),
            ("https://example.org:port/", False),
        ],
    )
    def test_an_address_is_one_that_a_browser_opens(self, url: str, good: bool) -> None:
        assert is_address(url) is good

    def test_an_address_that_is_none_is_an_error_told_once(self, tree: Tree) -> None:
        bad = source(1, url="https://nowhere")
        put(tree, "events", event("2011", "A", sources=[bad]), event("2012", "B", sources=[bad]))
        tree["feeds"]["outlets"][0]["feeds"][0]["url"] = "http://feed"
        tree["feeds"]["outlets"][1]["homepage"] = "old-paper.kz"
        assert found(tree, "not_an_address") == [
            (ERROR, "kz.json, events[0] (CN-KZ 2011 A)", "not an address: https://nowhere"),
            (ERROR, "feeds.json, outlets[0] (astana-times)", "not an address: http://feed"),
            (ERROR, "feeds.json, outlets[1] (old-paper)", "not an address: old-paper.kz"),
        ]

    def test_sources_that_appeared_before_the_fact_announce_it(self, tree: Tree) -> None:
        put(
            tree, "events",
            event("2011-05-10", "A", sources=[source(1, published="2011-05-09"), source(2, published="2011-04")]),
            event("2011-05-10", "B", sources=[source(1, published="2011-05-09"), source(2, published="2011-05")]),
            event("2011-05-10", "C", sources=[source(1, published="2011-05-09"), source(2, published=None)]),
        )  # fmt: skip
        assert found(tree, "sources_older_than_the_fact") == [
            (
                WARNING, "kz.json, events[0] (CN-KZ 2011-05-10 A)",
                "dated 2011-05-10, but its sources appeared before: the last on 2011-05-09",
            ),
        ]  # fmt: skip

    def test_a_cited_source_has_a_name(self, tree: Tree) -> None:
        put(tree, "events", event("2011", "A", sources=[source(1, publisher="")]))
        assert (WARNING, "kz.json, events[0] (CN-KZ 2011 A)", "a source without publisher or title: https://example.org/1") in found(
            tree, "nameless_source"
        )


class TestMechanisms:
    @pytest.mark.parametrize(
        ("date", "more", "severity"),
        [
            ("2003-11-01", {}, ERROR),
            ("2003", {"number": 1}, ERROR),
            ("2003", {"number": 1, "note": "It preceded the committee."}, ERROR),
            ("2003", {"note": "It preceded the committee."}, NOTE),
            ("2004-05-10", {}, NOTE),
            ("2004-05-09", {}, ERROR),
            ("2004-05-17", {}, None),
            ("2004", {}, None),
            ("2005", {}, None),
        ],
    )
    def test_a_session_lies_within_the_life_of_its_mechanism(
        self, tree: Tree, date: str, more: dict[str, Any], severity: Severity | None
    ) -> None:
        put(tree, "sessions", session(date, **more))
        assert [finding[0] for finding in found(tree, "session_outside_life")] == ([severity] if severity else [])

    def test_a_mechanism_that_has_ended_meets_no_more(self, tree: Tree) -> None:
        put(tree, "mechanisms", mechanism("cn-kz-committee", status="ended"))
        put(tree, "sessions", session("2026-11-24"), session("2026-12"))
        assert found(tree, "session_outside_life") == [
            (ERROR, "kz.json, sessions[1] (cn-kz-committee 2026-12)", "dated 2026-12, though the mechanism has ended")
        ]

    def test_numbers_follow_the_dates(self, tree: Tree) -> None:
        put(tree, "sessions", session("2005", number=2), session("2006", number=1), session("2006-03", number=3), session("2004"))
        assert found(tree, "session_numbers") == [
            (ERROR, "kz.json, sessions[0] (cn-kz-committee 2005 2)", "number 2 is dated 2005, before number 1 of 2006")
        ]

    def test_a_part_older_than_the_whole_is_noted(self, tree: Tree) -> None:
        put(
            tree,
            "mechanisms",
            mechanism("a"),
            mechanism("b", parent="a", established="2003"),
            mechanism("c", parent="a", established="2004"),
        )
        put(tree, "sessions")
        assert [(severity, where) for severity, where, _ in found(tree, "part_older_than_the_whole")] == [
            (NOTE, "kz.json, mechanisms[1] (b)")
        ]

    def test_a_part_has_no_party_that_the_whole_has_not(self, tree: Tree) -> None:
        put(tree, "mechanisms", mechanism("a"), mechanism("b", parent="a", parties=["CN", "KZ", "UZ"]))
        put(tree, "sessions")
        assert found(tree, "part_wider_than_the_whole") == [
            (WARNING, "kz.json, mechanisms[1] (b)", "has parties that a, which it is part of, has not")
        ]

    def test_those_who_chair_stand_for_a_party(self, tree: Tree) -> None:
        put(tree, "sessions", session("2005", chairs=[{"side": "UZ", "name": "Somebody", "office": "Minister"}]))
        put(tree, "declarations", declaration("a-2011-a", "2011", signatories=[{"side": "AF", "name": "Other", "office": "Minister"}]))
        assert [message for *_, message in found(tree, "holder_of_a_third_side")] == [
            "Other stands for AF, which is not a party (CN, KZ)",
            "Somebody stands for UZ, which is not a party (CN, KZ)",
        ]


class TestStatuses:
    def test_they_climb(self, tree: Tree) -> None:
        put(
            tree, "statuses",
            status("1992", "diplomatic_relations"),
            status("2005", "strategic_partnership"),
            status("2011", "good_neighbourly_partnership"),
            status("2012", "community_shared_future"),
            status("2013", "comprehensive_strategic_partnership_new_era"),
            status("2014", "permanent_comprehensive_strategic_partnership"),
        )  # fmt: skip
        assert found(tree, "status_down_the_ladder") == [
            (
                ERROR, "kz.json, statuses[2] (CN-KZ good_neighbourly_partnership)",
                "good_neighbourly_partnership of 2011 lies below strategic_partnership of 2005",
            ),
        ]  # fmt: skip

    def test_each_relationship_climbs_by_itself(self, tree: Tree) -> None:
        put(tree, "statuses", status("1992", "diplomatic_relations", dyad="CN-UZ"), file="uz")
        assert found(tree, "status_down_the_ladder") == []

    def test_a_status_has_the_date_of_its_document(self, tree: Tree) -> None:
        tree["kz"]["statuses"][1]["date"] = "2005-07-05"
        assert found(tree, "status_and_document") == [
            (
                ERROR, "kz.json, statuses[1] (CN-KZ strategic_partnership)",
                "dated 2005-07-05, but the document that set it 2005-07-04 (cn-kz-2005-07-04-strategic-partnership)",
            ),
        ]  # fmt: skip
        tree["kz"]["statuses"][1]["date"] = "2005-07"
        assert found(tree, "status_and_document") == []


class TestDeclarations:
    def test_the_slug_carries_the_date(self, tree: Tree) -> None:
        put(tree, "declarations", declaration("cn-kz-2011-06-13-a", "2011-06-14"), declaration("cn-kz-2011-06-b", "2011-06"))
        assert found(tree, "slug_and_date") == [
            (WARNING, "kz.json, declarations[0] (cn-kz-2011-06-13-a)", "dated 2011-06-14, which its slug does not carry")
        ]

    def test_it_refers_to_what_was_there_before(self, tree: Tree) -> None:
        tree["kz"]["declarations"][0]["references"] = ["cn-kz-2022-09-14-joint-statement"]
        assert [severity for severity, *_ in found(tree, "reference_to_later_document")] == [ERROR]

    @pytest.mark.parametrize(
        ("file", "parties", "fits"),
        [
            ("kz", ["CN", "KZ"], True),
            ("kz", ["CN", "UZ"], False),
            ("kz", ["CN", "KZ", "UZ"], False),
            ("kz", ["KZ", "UZ"], False),
            ("c5", ["CN", "KZ"], False),
            ("c5", ["CN", "KZ", "UZ", "PK"], True),
        ],
    )
    def test_its_parties_belong_to_its_file(self, tree: Tree, file: str, parties: list[str], fits: bool) -> None:
        put(tree, "declarations", declaration("a-2011-a", "2011", parties=parties), file=file)
        assert [severity for severity, *_ in found(tree, "parties_of_another_file")] == ([] if fits else [WARNING])

    def test_titles_stand_in_four_languages(self, tree: Tree) -> None:
        put(tree, "declarations", declaration("a-2011-a", "2011", title={**titles("A"), "fr": None, "en": None}))
        assert (WARNING, "kz.json, declarations[0] (a-2011-a)", "has no English title") in found(tree, "title_missing")
        put(tree, "declarations", declaration("a-2011-a", "2011"))
        assert (NOTE, "kz.json, declarations[0] (a-2011-a)", "has no title in ru") in found(tree, "title_missing")


class TestVisits:
    @pytest.mark.parametrize(
        ("start", "end", "severity"),
        [
            ("2022-09-14", None, None),
            ("2022-09-13", "2022-09-15", None),
            ("2022-09", None, None),
            ("2022-09-13", None, NOTE),
            ("2022-09-07", None, NOTE),
            ("2022-09-06", None, ERROR),
            ("2022-09-15", None, ERROR),
            ("2022-09-12", "2022-09-13", ERROR),
        ],
    )
    def test_its_declaration_has_one_of_its_days(self, tree: Tree, start: str, end: str | None, severity: Severity | None) -> None:
        put(tree, "visits", visit(start, date_end=end, declaration="cn-kz-2022-09-14-joint-statement"))
        assert [finding[0] for finding in found(tree, "visit_and_declaration")] == ([severity] if severity else [])

    @pytest.mark.parametrize(
        ("start", "end", "severity"),
        [
            ("2010-05-10", None, None),
            ("2010-05-09", None, NOTE),
            ("2010-05-11", None, ERROR),
            ("2010-05-07", "2010-05-08", ERROR),
            ("2010-05-12", "2010-05-13", ERROR),
            ("2010-05-14", None, None),
            ("2010-05-01", "2010-05-06", None),
        ],
    )
    def test_what_the_visitor_chaired_meanwhile_lies_within_it(
        self, tree: Tree, start: str, end: str | None, severity: Severity | None
    ) -> None:
        chairs = [{"side": "CN", "name": "Xi Jinping", "office": "President"}]
        put(tree, "sessions", session("2010-05-10", chairs=chairs))
        put(tree, "visits", visit(start, date_end=end))
        assert [finding[0] for finding in found(tree, "visit_and_meeting")] == ([severity] if severity else [])
        put(tree, "sessions", session("2010-05-10", chairs=chairs, format="online"))
        assert found(tree, "visit_and_meeting") == []

    def test_nobody_is_on_two_visits_at_once(self, tree: Tree) -> None:
        put(tree, "visits", visit("2010-05-01", date_end="2010-05-04"), visit("2010-05-03", host="UZ"), visit("2010-05-04"))
        assert [message for *_, message in found(tree, "overlapping_visits")] == [
            "begins 2010-05-03, during the visit of 2010-05-01 to 2010-05-04"
        ]

    def test_the_visitor_holds_the_office(self, tree: Tree) -> None:
        offices = [{"office": "President", "from": "2013-03", "to": "2018"}, {"office": "Vice-President", "from": None, "to": "2013-03"}]
        tree["people"]["people"] = [person("xi-jinping", "CN", "Xi Jinping", offices=offices)]
        put(
            tree, "visits",
            visit("2012-05-01"), visit("2012-06-01", office="Vice-President"),
            visit("2013-05-01", office="President and General Secretary"),
            visit("2018-12-31"), visit("2019"), visit("2020", office="Chairman"),
        )  # fmt: skip
        assert [message for *_, message in found(tree, "office_at_the_time")] == [
            "Xi Jinping is not known to have been President on 2012-05-01",
            "Xi Jinping is not known to have been President on 2019",
        ]

    def test_a_visit_stands_in_the_file_of_its_pair(self, tree: Tree) -> None:
        put(tree, "visits", visit("2010", host="UZ"), visit("2011"))
        assert [severity for severity, *_ in found(tree, "parties_of_another_file")] == [WARNING]


class TestAnniversariesAndDates:
    @pytest.mark.parametrize(
        ("origin", "title", "severity"),
        [
            ("1991-12-16", "Independence Day", None),
            ("1991-12", "Independence Day", None),
            (None, "Independence Day", None),
            ("1991-12-17", "Independence Day", ERROR),
            ("1991-12-17", "Independence Day (declared 17 December 1991)", NOTE),
        ],
    )
    def test_an_anniversary_falls_on_the_day_of_its_origin(
        self, tree: Tree, origin: str | None, title: str, severity: Severity | None
    ) -> None:
        record = {"dyad": "CN-KZ", "month_day": "12-16", "origin": origin, "title": title, **cited(source(1))}
        put(tree, "anniversaries", record)
        assert [finding[0] for finding in found(tree, "anniversary_and_origin")] == ([severity] if severity else [])

    def test_what_is_still_to_come_is_no_fact_yet(self, tree: Tree) -> None:
        put(
            tree,
            "events",
            event("2026-11-24", "Today"),
            event("2026-11-25", "Tomorrow"),
            event("2026", "This year"),
            event("2027", "Next year"),
        )
        assert [message for *_, message in found(tree, "dated_in_the_future")] == [
            "dated 2026-11-25, which is still to come", "dated 2027, which is still to come",
        ]  # fmt: skip


class TestFigures:
    def only(self, tree: Tree, *values: dict[str, Any]) -> Tree:
        tree["indicators"]["values"] = list(values)
        return tree

    def test_the_year_is_that_in_which_the_period_ends(self, tree: Tree) -> None:
        self.only(tree, value(2022, period="2021-07/2022-06"), value(2021, period="2021-07/2022-07"), value(2022, period="2022-06-30"))
        assert [message for *_, message in found(tree, "year_of_another_period")] == ["of the year 2021, but its period is 2021-07/2022-07"]

    def test_nothing_counted_is_negative(self, tree: Tree) -> None:
        self.only(tree, value(2022, value=-1))
        assert [severity for severity, *_ in found(tree, "figure_below_nothing")] == [WARNING]

    @pytest.mark.parametrize(
        ("first", "second", "looks_wrong"),
        [
            (value(2021, value=3), value(2022, value=30), True),
            (value(2021, value=30), value(2022, value=3), True),
            (value(2021, value=5), value(2022, value=30), False),
            (value(2020, value=3), value(2022, value=30), False),
            (value(2021, value=0), value(2022, value=30), False),
            (value(2021, value=3), value(2022, value=30, reporter="Other"), False),
            (value(2021, value=3), value(2022, value=30, period="2022-01/2022-06"), False),
        ],
    )
    def test_a_series_does_not_jump(self, tree: Tree, first: dict[str, Any], second: dict[str, Any], looks_wrong: bool) -> None:
        self.only(tree, first, second)
        assert [severity for severity, *_ in found(tree, "figure_that_jumps")] == ([WARNING] if looks_wrong else [])


def test_provisions_without_a_source_are_counted(tree: Tree) -> None:
    put(tree, "declarations", declaration("a-2011-a", "2011", provisions=[provision("A", verification="memory"), provision("B")]))
    put(tree, "statuses"), put(tree, "visits"), put(tree, "anniversaries")
    assert found(tree, "unverified") == [(NOTE, "", "provisions: 1 without a source yet, shown as unverified")]
