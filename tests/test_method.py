"""docs/method.md is read beside the code: every rule it names, every weight, and the worked examples to the last digit."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse

from relations.charts.visits import SIZES
from relations.domain import cadence, changes, comparison, experience, jubilees, mirror, positions, wording
from relations.domain.index import kinds
from relations.domain.index.score import Item, Month, Options, band_of, month_iso, month_of, series
from relations.domain.partial_date import PartialDate
from relations.domain.series import Value, group
from relations.models import choices
from relations.reference import impact
from relations.reference.impact import BANDS, DOUBT, FOLLOW_UP_MONTHS, IMPACTS, RESAMPLES, SEED, SHARE, SPREAD
from relations.selectors import anniversaries
from relations.selectors.changes import STORIES_MOST
from relations.selectors.changes_records import PART_NAMES
from relations.web import changes_feed
from tests.fixtures.processes import ROOT

METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
TODAY = dt.date(2026, 3, 31)


def section(heading: str) -> str:
    """What stands below a heading of the second or third level, up to the next one."""
    return re.split(r"\n##", re.split(rf"\n###? {re.escape(heading)}\n", METHOD)[1])[0]


def table(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, without backticks; a minus is a hyphen, as Python wants it."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")][2:]
    return [[cell.strip().replace("`", "").replace("−", "-") for cell in line.split("|")[1:-1]] for line in lines]


def flowing(heading: str) -> str:
    """A section as one line."""
    return " ".join(section(heading).split())


# ---- The relationship index ------------------------------------------------------------------------------------------------


def test_every_kind_of_impact_is_described_with_its_words_its_weight_and_what_it_is() -> None:
    described = {code: (words, float(weight), lasts, official) for code, words, weight, lasts, official, _records in table("Impacts")}
    yes = {True: "yes", False: "no"}
    assert described == {
        code: (str(choices.IndexKind(code).label), found.weight, yes[found.lasting], yes[found.official]) for code, found in IMPACTS.items()
    }
    assert list(described) == list(IMPACTS) == list(choices.IndexKind.values)


def test_every_code_of_a_record_belongs_to_the_kind_that_is_described() -> None:
    found: dict[str, set[str]] = {code: set() for code in IMPACTS}
    for level in choices.Level.values:
        found[kinds.of_status(level)].add(level)
    for kind in choices.DeclarationKind.values:
        for level in choices.DeclarationLevel.values:
            found[kinds.of_document(kind, level)].add(kind)
    for kind in choices.VisitKind.values:
        found[kinds.of_visit(kind, True)].add(kind)
        found[kinds.of_visit(kind, False)].add(kind)
    for kind in choices.MechanismKind.values:
        found[kinds.of_session(kind)].add(kind)
    for kind in choices.EventKind.values:
        found[kinds.of_event(kind, False)].add(kind)
        found[kinds.of_event(kind, True)].add(kind)
    assert {row[0]: set(row[-1].split(", ")) for row in table("Impacts")} == found


def test_the_bands_are_those_of_the_code() -> None:
    starts = [start for _name, start in BANDS]
    assert table("Bands of the index") == [
        [name, str(start), str(end)] for (name, start), end in zip(BANDS, [*starts[1:], impact.FURTHEST], strict=True)
    ]


def test_the_numbers_of_the_uncertainty_are_those_of_the_code() -> None:
    said = flowing("Uncertainty of the index")
    assert f"holds {SHARE:.0%} of {RESAMPLES} resamples".replace("%", " %") in said
    assert f"between {1 - SPREAD:g} and {1 + SPREAD:g}" in said
    assert DOUBT == {"single": 0.25}
    assert "(`single`) is left out with a probability of 25 %" in said
    assert f"seeded with {SEED}" in said


def test_the_rules_name_the_numbers_of_the_code() -> None:
    rules, options = flowing("Rules of the index"), flowing("Options of the index")
    assert f"N = {impact.FURTHEST} and P" in rules
    assert f"January {impact.FIRST_YEAR}" in rules
    assert f"(`{impact.LEFT_OUT}`)" in rules
    assert f"for {FOLLOW_UP_MONTHS} months after its latest record" in options
    assert f"(1 to {impact.LONGEST_HALF_LIFE})" in options


def worked() -> tuple[list[list[str]], dict[str, Month]]:
    rows = table("Worked example of the index")
    items = []
    for number, date, _month, _record, kind, verification, *_figures in rows:
        month = month_of(PartialDate.parse(date), TODAY)
        assert month is not None
        items.append(Item(f"{int(number):02d}", month, kind, kind, verification))
    return rows, {month_iso(month.number): month for month in series(items, IMPACTS, Options(), 300)}


def test_the_worked_example_has_twelve_records_and_the_code_gives_its_digits() -> None:
    rows, months = worked()
    assert len(rows) == 12
    for number, _date, counts_in, _record, _kind, verification, weight, before, factor, effect, _score in rows:
        month = months[counts_in]
        found = [one for one in month.effects if one.item.key == f"{int(number):02d}"]
        if verification == "memory":
            assert (found, weight, before, factor, effect) == ([], "–", "–", "–", "–")
            continue
        (one,) = found
        said = (f"{one.impact:g}", f"{month.before:.4f}", f"{one.factor:.4f}", f"{one.effect:.4f}")
        assert said == (weight, before, factor, effect), number


def test_the_worked_example_ends_each_month_with_its_score() -> None:
    rows, months = worked()
    last_of_month = {row[2]: row[-1] for row in rows}
    assert {name: f"{months[name].score:.4f}" for name in last_of_month} == last_of_month
    assert f"{months['2013-09'].score:.4f}" == "3.0249"
    assert (band_of(months["2013-08"].score), band_of(months["2013-09"].score)) == ("ordinary", "good")


@pytest.mark.parametrize(("month", "left"), [("2000-01", 0.3), ("2002-01", 0.3), ("2004-01", 0.15), ("2006-01", 0.075)])
def test_the_example_of_a_half_life_holds(month: str, left: float) -> None:
    visit = Item("visit-1", 96, "visit_state", "leaders", "official")
    found = {month_iso(one.number): one.score for one in series([visit], IMPACTS, Options(half_life=24), 180)}
    assert found[month] == pytest.approx(left)
    assert f"{left:g} in January {month[:4]}" in flowing("Worked example of the index") or left == 0.3


# ---- Cadence, jubilees -----------------------------------------------------------------------------------------------------


def test_the_numbers_of_the_cadence_are_those_of_the_code() -> None:
    text = flowing("Cadence of mechanisms")
    assert f"the last {cadence.INTERVALS_NEEDED} to {cadence.INTERVALS_READ} intervals" in text
    assert f"more than {cadence.SPREAD} times the shortest" in text
    assert f"the {experience.LOW:.0%} and the {experience.HIGH:.0%} quantile".replace("%", " %") in text
    assert f"Fewer than {experience.FALLS_NEEDED} falls" in text
    assert cadence.WINDOW_SHARE == 6 and "last sixth" in text
    assert f"within {cadence.DUE_DAYS} days of its end" in text
    assert f"quiet after {cadence.QUIET_MONTHS} months" in text


def test_the_days_around_a_jubilee_are_those_of_the_code() -> None:
    text = flowing("What jubilees brought")
    assert f"from {jubilees.AROUND_DAYS} before it to {jubilees.AROUND_DAYS} after it" in text
    assert f"since {jubilees.FIRST_DAY.year}" in text


# ---- Diplomatic calendar, changes --------------------------------------------------------------------------------------------


def test_the_steps_of_the_squares_are_those_of_the_figure() -> None:
    *first, last = (str(least) for least, _size in SIZES)
    assert f"grows at {', '.join(first)} and {last} records" in flowing("Diplomatic calendar")


def test_the_numbers_of_what_changed_are_those_of_the_code() -> None:
    text = flowing("What changed")
    assert f"the last {changes.FIRST_LOOK_DAYS} days; {changes.LONGEST_DAYS} days back at most" in text
    assert f"more than {changes.LOAD_MOST} records on one day" in text
    assert f"within {changes.AHEAD_DAYS} days of today and did not lie within {changes.AHEAD_DAYS} days of that day" in text
    assert f"{STORIES_MOST} are counted at most" in text
    assert f"of the last {changes.FIRST_LOOK_DAYS} days (or `since`) as a feed, {changes_feed.MOST} at most" in text


def test_the_parts_of_a_record_that_are_told_are_those_of_the_code() -> None:
    told = flowing("What changed").split("or where its ")[1].split(" were touched")[0]
    words = {"sources": "sources", "provisions": "provisions", "signatories": "signatories", "chairs": "chairs", "texts": "texts"}
    assert {words.get(part, "invoked documents") for part in PART_NAMES} == set(re.split(r", | or ", told))


def test_the_weights_are_written_as_a_file_where_the_text_says() -> None:
    assert f"`{reverse('web:index_weights_csv')}`" in flowing("Impacts")


def test_the_kinds_of_origin_and_the_months_ahead_are_those_of_the_code() -> None:
    text = flowing("What jubilees brought")
    assert anniversaries.KINDS == ("relations", "status", "treaty", "mechanism")
    assert "recognition and relations, other statuses, treaties, mechanisms" in text
    assert f"Jubilees of the next {jubilees.AHEAD_MONTHS} months" in text
    assert jubilees.KINDS == ("declaration", "visit", "session") and "documents, visits and sessions" in text


# ---- Indicators --------------------------------------------------------------------------------------------------------------


def test_what_is_compared_of_indicators_is_what_the_code_compares() -> None:
    text = flowing("Indicators")
    assert set(re.findall(r"`([a-z_]+)`", text.split("Only values that are ")[1].split("are compared")[0])) == mirror.COMPARED
    assert mirror.place(Value(2022, "2022", 1.0, "exact", "official", 1)) == 2022 and "A year stands at its middle" in text


def test_the_examples_of_discrepancies_hold() -> None:
    rows = table("Indicators")
    assert len(rows) == 2
    for china, partner, quotient, larger in rows:
        told = [("China Customs (GACC)", "", Value(2022, "2022", float(china), "exact", "official", 1))]
        told.append(("Kyrgyzstan statistics", "", Value(2022, "2022", float(partner), "exact", "official", 2)))
        (found,) = mirror.discrepancies("CN-KG", group(told))
        assert (f"{found.ratio:.2f}", found.china_is_larger) == (quotient, larger == "China")


# ---- Positions, comparison -------------------------------------------------------------------------------------------------


def test_the_numbers_of_the_positions_are_those_of_the_code() -> None:
    text = flowing("Positions")
    assert f"with {positions.BROAD} provisions or more is broad" in text
    assert f"the last {positions.SILENT} broad documents" in text
    assert f"at least {wording.LIKE:.0%} of their words".replace("%", " %") in text
    assert wording.ISLAND == 2 and "A single word that stays" in text
    assert f"more than {wording.LONGEST} characters" in text
    assert re.findall(r"`([a-z_]+)`", text.split("states alone on ")[1].split(":")[0]) == list(positions.CORE)


def test_the_example_of_likeness_holds() -> None:
    rows = table("Positions")
    assert len(rows) == 2
    for before, after, _common, likeness in rows:
        assert f"{wording.likeness(before, after):.2f}" == likeness


def test_the_numbers_of_the_comparison_are_those_of_the_code() -> None:
    text = flowing("Comparison")
    assert f"2 to {comparison.MOST} declarations" in text
    assert f"a likeness of {wording.LIKE:.0%} or more".replace("%", " %") in text
