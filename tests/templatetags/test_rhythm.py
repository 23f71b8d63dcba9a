"""What is due and what is remembered, in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.template import engines

from relations.domain.agenda import Entry, Group, Kind, Rank
from relations.domain.cadence import Cadence, Forecast, Session, State, Window, cadence
from relations.domain.experience import Band
from relations.domain.partial_date import PartialDate
from relations.domain.recurrence import Origin
from relations.templatetags import rhythm

TODAY = dt.date(2026, 3, 24)


def read(*texts: str, months: int | None = None, status: str = "active", today: dt.date = TODAY) -> Cadence:
    sessions = []
    for text in texts:
        date, _hash, number = text.partition("#")
        sessions.append(Session(PartialDate.parse(date), int(number) if number else None))
    return cadence(sessions, periodicity_months=months, status=status, today=today)


@pytest.mark.parametrize(
    ("found", "words", "note", "attention"),
    [
        (read("2024-08-13", months=12), "Overdue", "since 13 Aug 2025", True),
        (read("2025-04-25", months=12), "Due in 32 days", "by 25 Apr 2026", True),
        (read("2025-03-24", months=12), "Due today", "by 24 Mar 2026", True),
        (read("2024-07-15", months=24), "Due", "by 15 Jul 2026", True),
        (read("2022-07-26"), "Quiet for 3½ years", "in these sources", True),
        (read("2023-10-26"), "Quiet for 28 months", "in these sources", True),
        (read("2025-03-18"), "Met 12 months ago", "", False),
        (read("2026-03-23"), "Met 1 day ago", "", False),
        (read("2026-03-24"), "Met today", "", False),
        (read("2026-03"), "Met in March 2026", "", False),
        (read("2025-09"), "Met 6 months ago", "", False),
        (read("2025"), "Met in 2025", "", False),
        (read("2024-11-04", months=24), "On time", "due by November 2026", False),
        (read("2024-11-04", "2026-04-02", months=24), "Announced", "for 2 Apr 2026", False),
        (read(), "No session", "documented", False),
        (read("2016-08", status="dormant"), "Dormant", "", False),
        (read(status="ended"), "Ended", "", False),
    ],
)
def test_a_state_in_words(found: Cadence, words: str, note: str, attention: bool) -> None:
    assert rhythm.verdict(found, TODAY) == rhythm.Verdict(words, note, attention)


@pytest.mark.parametrize(
    ("months", "words"),
    [(12, "yearly"), (24, "every two years"), (36, "every 3 years"), (6, "every 6 months"), (18, "every 18 months"), (1, "every month")],
)
def test_a_rhythm_in_words(months: int, words: str) -> None:
    assert rhythm.every(months) == words


def test_a_deduced_rhythm_says_that_it_is_and_from_what() -> None:
    found = read("2017-02-15#3", "2019-07-24#4", "2021-06-28#5", "2024-04-24#6")
    assert rhythm.rhythm_short(found.rhythm) == "about every 29 months"
    assert rhythm.rhythm_why(found) == "deduced from the last 3 intervals, of 23 months to 33 months"


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (read(months=12), "as its documents or the parties declare"),
        (read(), "no session is documented"),
        (read("2024-01-01"), "1 session is too few to tell one"),
        (read("2024-01-01", "2025-01-01"), "2 sessions are too few to tell one"),
        (read("2012", "2014-08-27", "2021-11-22"), "too few of its sessions are dated closely enough to tell one"),
        (
            read("2021-11-15#10", "2023-11-27#11", "2025-03-18#12"),
            "the middle of the last 2 intervals, which run from 15 months to 24 months",
        ),
    ],
)
def test_why_a_rhythm_is_known_or_not(found: Cadence, why: str) -> None:
    assert rhythm.rhythm_why(found) == why


def test_a_window_and_its_reason_in_words() -> None:
    found = read("2025-04-25", months=12)
    assert rhythm.window_words(found.expected) == "between 25 February 2026 and 25 April 2026"
    assert rhythm.next_why(found) == "12 months after the last one at the latest"
    assert (rhythm.window_words(None), rhythm.next_why(read())) == ("", "")


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (("2015-05-01", "2019-05-20"), "4 years without a documented session, 2015–2019"),
        (("2007-11#4", "2012-12-08#6"), "5 years without a documented session, 2007–2012; the numbers tell of 1 between them"),
        (("2012-12-08#6", "2016-11-28#7"), "4 years between no. 6 and no. 7"),
    ],
)
def test_a_gap_in_words(texts: tuple[str, str], words: str) -> None:
    (gap,) = read(*texts).gaps
    assert rhythm.gap_words(gap) == words


def entry(date: str = "2026-06-13", **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "key": "status:x:2026",
        "kind": Kind.ANNIVERSARY,
        "record": "status",
        "pk": 1,
        "date": PartialDate.parse(date),
        "title": "Strategic partnership",
        "dyads": ("CN-KZ",),
        "verification": "official",
        "url": "/records/status/1/",
        "rank": Rank.RUNG,
        "years": 15,
        "origin": Origin(2011, 6, 13),
    }
    return Entry(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Strategic partnership, 2011"),
        ({"title": "Joint statement of 2011"}, "Joint statement of 2011"),
        ({"rank": Rank.DAY}, "Strategic partnership"),
        ({"origin": Origin(None, 3, 21), "years": None}, "Strategic partnership"),
        ({"record": "mechanism", "rank": Rank.MECHANISM, "title": "Committee"}, "Committee, established 2011"),
        ({"kind": Kind.SESSION, "title": "Dialogue", "number": 3, "years": None}, "Dialogue: session no. 3 due"),
        ({"kind": Kind.SESSION, "title": "Dialogue", "years": None}, "Dialogue: next session due"),
        ({"kind": Kind.ANNOUNCED, "title": "Xi Jinping, President", "years": None}, "Xi Jinping, President"),
    ],
)
def test_the_title_of_a_line(changes: dict[str, Any], title: str) -> None:
    assert rhythm.entry_title(entry(**changes)) == title


@pytest.mark.parametrize(
    ("date", "kind", "note"),
    [
        ("2026-04-03", Kind.ANNIVERSARY, "in 10 days"),
        ("2026-03-24", Kind.ANNIVERSARY, "today"),
        ("2026-06-13", Kind.ANNIVERSARY, "in 81 days"),
        ("2026-08-01", Kind.ANNIVERSARY, "in 4 months"),
        ("2026-08", Kind.ANNOUNCED, "month only"),
        ("2026", Kind.ANNOUNCED, "announced"),
        ("2026", Kind.ANNIVERSARY, "year only"),
        ("2026-04-25", Kind.SESSION, "latest"),
    ],
)
def test_the_small_word_under_the_date(date: str, kind: Kind, note: str) -> None:
    assert rhythm.agenda_line(entry(date, kind=kind), TODAY).note == note


def test_the_line_of_a_session_says_why_it_is_expected() -> None:
    window = Window(dt.date(2026, 2, 25), dt.date(2026, 4, 25))
    line = rhythm.agenda_line(entry("2026-04-25", kind=Kind.SESSION, years=None, window=window, rhythm_months=12), TODAY)
    assert (line.meta, line.word) == ("yearly", "due")
    late = rhythm.agenda_line(entry("2026-01-25", kind=Kind.SESSION, years=None, rhythm_months=29, deduced=True, overdue=True), TODAY)
    assert (late.meta, late.word) == ("about every 29 months, by its sessions", "late")
    likely = rhythm.agenda_line(entry("2026-04", kind=Kind.SESSION, years=None, rhythm_months=29, deduced=True, number=3), TODAY)
    assert (likely.note, likely.word) == ("likeliest", "likely")
    assert likely.title.endswith("session no. 3 likely")


def test_what_is_late_by_its_habit_alone_is_not_called_overdue() -> None:
    # 365 and 366 days: likeliest on 1 July 2021 or so, and no window was learned, so it closed on 2 July 2021.
    found = read("2018-07-01", "2019-07-01", "2020-07-01")
    assert found.state is State.OVERDUE
    said = rhythm.verdict(found, TODAY)
    assert (said.words, said.note) == ("Later than usual", "since 2 Jul 2021")
    assert rhythm.verdict(read("2019-07-01", "2020-07-01", months=12), TODAY).words == "Overdue"


def test_a_habit_names_a_month_and_no_day() -> None:
    found = read("2023-07-01", "2024-07-01", "2025-07-01")
    assert rhythm.verdict(found, TODAY).note == rhythm.around(found) == "around July 2026"
    assert rhythm.rhythm_short(read("2021-11-15", "2023-11-27", "2025-03-18").rhythm) == "unevenly, about every 20 months"


def test_a_window_says_how_sure_it_is() -> None:
    window = Window(dt.date(2026, 2, 25), dt.date(2026, 4, 25))
    assert rhythm.likely_words(Forecast(dt.date(2026, 3, 1), window, Band(0.5, 2.0, 40))) == (
        "between 25 February 2026 and 25 April 2026, as eight of ten earlier sessions of all mechanisms fell"
    )
    assert rhythm.likely_words(Forecast(dt.date(2026, 3, 1), window, None)).endswith("; too few sessions tell how sure that is")
    assert rhythm.likely_words(None) == ""


def test_a_leap_day_kept_early_is_said() -> None:
    assert rhythm.agenda_line(entry("2026-02-28", moved=True), TODAY).meta == "29 February, kept on 28 February in this year"


@pytest.mark.parametrize(
    ("year", "month", "title"), [(2026, 4, "April"), (2027, 1, "January 2027"), (2026, None, "In 2026, day not known")]
)
def test_the_heading_of_a_group(year: int, month: int | None, title: str) -> None:
    assert rhythm.group_title(Group(year, month, ()), TODAY) == title


def test_every_state_has_its_word() -> None:
    assert [rhythm.state_title(state) for state in State] == [
        "Overdue", "Due", "Quiet", "Met", "On time", "No session documented", "Dormant", "Ended",
    ]  # fmt: skip


def render(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load rhythm %}" + source).render(context)


def test_an_agenda_shows_jubilees_large_and_several_partners_by_name() -> None:
    shared = entry(dyads=("CN-KZ", "CN-KG"), url="", title="National <Day>", rank=Rank.DAY)
    html = render("{% agenda groups today %}", groups=[Group(2026, 6, (entry(), shared))], today=TODAY)
    assert '<p class="years">15<small>years</small></p>' in html
    assert '<a href="/records/status/1/">Strategic partnership, 2011</a>' in html
    assert "China–Kazakhstan" in html
    assert "Kyrgyzstan</span>" in html
    assert "National &lt;Day&gt;" in html
    alone = render("{% agenda groups today show_dyad=False %}", groups=[Group(2026, 6, (entry(),))], today=TODAY)
    assert "China–Kazakhstan" not in alone
