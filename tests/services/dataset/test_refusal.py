"""A broken file is refused whole: file, record and field are named, with what is expected, and nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from relations import models
from relations.services.dataset import DatasetRefused, load
from tests.factories import EventFactory
from tests.services.dataset.material import Tree, declaration, event, feed, outlet, person, provision, session, source
from tests.services.dataset.rows import all_rows

pytestmark = pytest.mark.django_db

FilesOf = Callable[[Tree], Path]
Breaks = Callable[[Tree], Any]
STATEMENT = "kz.json, declarations[1] (cn-kz-2022-09-14-joint-statement)"
PIPELINE = "kz.json, events[0] (CN-KZ 2009-12 Pipeline opened)"


def kz(tree: Tree, name: str, index: int = 0) -> dict[str, Any]:
    return tree["kz"][name][index]


BROKEN: dict[str, tuple[Breaks, str]] = {
    "a key too many": (
        lambda tree: kz(tree, "events").update(colour="red"),
        f"{PIPELINE}, colour: there is no such key; expected date, dyad, parties, kind, friction, title, label, summary, verification,"
        " sources, note",
    ),
    "a key missing": (lambda tree: kz(tree, "events").pop("note"), f"{PIPELINE}, note: the key is missing"),
    "no record at all": (
        lambda tree: tree["kz"]["events"].__setitem__(0, "x"),
        'kz.json, events[0]: expected a record with keys, found "x"',
    ),
    "a code unknown": (
        lambda tree: kz(tree, "sessions", 1).update(format="by phone"),
        "kz.json, sessions[1] (cn-kz-committee 2006-11-17 2), format: expected a session format (hybrid, in_person, online) or null,"
        ' found "by phone"',
    ),
    "a date impossible": (
        lambda tree: kz(tree, "events").update(date="2009-02-30"),
        'kz.json, events[0] (CN-KZ 2009-02-30 Pipeline opened), date: expected a date as 2022-09-14, 2022-09 or 2022, found "2009-02-30"',
    ),
    "a date in figures of another script": (
        lambda tree: kz(tree, "declarations").update(date="２００５"),
        "kz.json, declarations[0] (cn-kz-2005-07-04-strategic-partnership), date: expected a date as 2022-09-14, 2022-09 or 2022,"
        ' found "２００５"',
    ),
    "a date that is no text": (
        lambda tree: kz(tree, "mechanisms").update(established=2004),
        "kz.json, mechanisms[0] (cn-kz-committee), established: expected a date as 2022-09-14, 2022-09 or 2022 or null, found 2004",
    ),
    "a day of the year": (
        lambda tree: kz(tree, "anniversaries").update(month_day="13-01"),
        'kz.json, anniversaries[0] (CN-KZ 13-01 Independence Day), month_day: expected a day of the year as 09-14, found "13-01"',
    ),
    "a text too long": (
        lambda tree: kz(tree, "events").update(label="x" * 41),
        f"{PIPELINE}, label: expected at most 40 characters, found 41",
    ),
    "a text that is empty": (
        lambda tree: kz(tree, "visits").update(office=" "),
        'kz.json, visits[0] (CN Xi Jinping KZ 2022-09-14), office: expected a text, found " "',
    ),
    "a text that no database takes": (
        lambda tree: kz(tree, "events").update(summary="a\0b"),
        f'{PIPELINE}, summary: expected a text of readable characters, found "a\\u0000b"',
    ),
    "a title in too few languages": (
        lambda tree: kz(tree, "mechanisms")["title"].pop("ru"),
        "kz.json, mechanisms[0] (cn-kz-committee), title: expected titles in en, zh, fr, ru,"
        ' found {"en": "Committee", "zh": "Committee (zh)", "fr": "Committee (fr)"}',
    ),
    "a title in no language": (
        lambda tree: kz(tree, "events").update(title={"en": None, "zh": None, "fr": None, "ru": None}),
        "kz.json, events[0] (CN-KZ 2009-12), title: expected a title in at least one language,"
        ' found {"en": null, "zh": null, "fr": null, "ru": null}',
    ),
    "a title that is empty": (
        lambda tree: kz(tree, "mechanisms")["title"].update(ru=""),
        'kz.json, mechanisms[0] (cn-kz-committee), title.ru: expected a text, found ""',
    ),
    "a number that is no number": (
        lambda tree: tree["indicators"]["values"][0].update(value="25"),
        'indicators.json, values[0] (trade CN-KZ China Customs  2021), value: expected a number, found "25"',
    ),
    "a number that is true": (
        lambda tree: kz(tree, "sessions", 1).update(number=True),
        "kz.json, sessions[1] (cn-kz-committee 2006-11-17 True), number: expected a whole number from 1 to 32767 or null, found true",
    ),
    "a mark that is no mark": (
        lambda tree: kz(tree, "events").update(friction=1),
        f"{PIPELINE}, friction: expected true or false, found 1",
    ),
    "no list": (lambda tree: kz(tree, "events").update(parties="CN KZ"), f'{PIPELINE}, parties: expected a list, found "CN KZ"'),
    "one party": (lambda tree: kz(tree, "events").update(parties=["CN"]), f"{PIPELINE}, parties: expected at least 2, found 1"),
    "a party twice": (
        lambda tree: kz(tree, "events").update(parties=["CN", "KZ", "CN"]),
        f'{PIPELINE}, parties[2]: "CN" stands twice in this list',
    ),
    "four topics": (
        lambda tree: kz(tree, "declarations", 1)["provisions"][0].update(topics=["trade", "energy", "water", "health"]),
        f"{STATEMENT}, provisions[0].topics: expected 1 to 3, found 4",
    ),
    "a topic unknown": (
        lambda tree: kz(tree, "declarations", 1)["provisions"][2].update(topics=["weather"]),
        f"{STATEMENT}, provisions[2].topics[0]: expected a topic (",
    ),
    "a side that is no party": (
        lambda tree: kz(tree, "declarations", 1)["provisions"][1].update(side="TJ"),
        f'{STATEMENT}, provisions[1].side: expected one of CN, KZ, both, found "TJ"',
    ),
    "all, where there are two": (
        lambda tree: kz(tree, "declarations", 1)["provisions"].append(provision("They agree.", "all")),
        f'{STATEMENT}, provisions[3].side: expected one of CN, KZ, both, found "all"',
    ),
    "a mechanism unknown": (
        lambda tree: kz(tree, "declarations", 1)["provisions"][0].update(mechanisms=["cn-kz-nothing"]),
        f'{STATEMENT}, provisions[0].mechanisms[0]: none of the mechanisms is "cn-kz-nothing"',
    ),
    "a source of a provision unknown": (
        lambda tree: tree["sources"]["sources"].clear(),
        f'{STATEMENT}, provisions[2].source_urls[1]: none of the sources is "https://example.org/bare"',
    ),
    "a mechanism of a session unknown": (
        lambda tree: kz(tree, "sessions").update(mechanism="cn-kz-nothing"),
        'kz.json, sessions[0] (cn-kz-nothing 2005), mechanism: none of the mechanisms is "cn-kz-nothing"',
    ),
    "a document of a status unknown": (
        lambda tree: kz(tree, "statuses", 1).update(document="cn-kz-nothing"),
        'kz.json, statuses[1] (CN-KZ strategic_partnership), document: none of the declarations is "cn-kz-nothing"',
    ),
    "an initiative unknown": (
        lambda tree: kz(tree, "declarations", 1).update(initiatives=["BRI", "XYZ"]),
        f'{STATEMENT}, initiatives[1]: none of the initiatives is "XYZ"',
    ),
    "a reference to a document that is not there": (
        lambda tree: kz(tree, "declarations", 1).update(references=["cn-kz-2004-05-17-nothing"]),
        f'{STATEMENT}, references[0]: none of the declarations is "cn-kz-2004-05-17-nothing", nor is it one of UNGA_2758, UN_CHARTER,'
        " FIVE_PRINCIPLES, SCO_CHARTER, AGENDA_2030",
    ),
    "a reference to a code that is not known": (
        lambda tree: kz(tree, "declarations", 1).update(references=["UNGA_2759"]),
        f'{STATEMENT}, references[0]: none of the declarations is "UNGA_2759", nor',
    ),
    "a reference to itself": (
        lambda tree: kz(tree, "declarations", 1).update(references=["cn-kz-2022-09-14-joint-statement"]),
        f"{STATEMENT}, references[0]: a declaration cannot refer to itself",
    ),
    "somebody who signs twice": (
        lambda tree: kz(tree, "declarations", 1)["signatories"].append({"side": "CN", "name": "Xi Jinping", "office": "Chairman"}),
        f"{STATEMENT}, signatories[2]: Xi Jinping of CN stands twice in this list",
    ),
    "somebody who chairs twice": (
        lambda tree: kz(tree, "sessions")["chairs"].append({"side": "CN", "name": "Wu Yi", "office": "Chair"}),
        "kz.json, sessions[0] (cn-kz-committee 2005), chairs[1]: Wu Yi of CN stands twice in this list",
    ),
    "a visitor unknown": (
        lambda tree: kz(tree, "visits").update(visitor_side="KZ"),
        'kz.json, visits[0] (KZ Xi Jinping KZ 2022-09-14), visitor: nobody of KZ in people.json has the English name "Xi Jinping"',
    ),
    "a visit that ends before it begins": (
        lambda tree: kz(tree, "visits").update(date_end="2022-09-14"),
        'kz.json, visits[0] (CN Xi Jinping KZ 2022-09-14), date_end: expected a date after 2022-09-14 or null, found "2022-09-14"',
    ),
    "a term that ends before it begins": (
        lambda tree: tree["people"]["people"][0]["offices"][0].update(to="2012"),
        'people.json, people[0] (xi-jinping), offices[0].to: expected a date not before 2013-03 or null, found "2012"',
    ),
    "a mechanism within itself": (
        lambda tree: kz(tree, "mechanisms").update(parent="cn-kz-subcommittee"),
        "kz.json, mechanisms[0] (cn-kz-committee), parent: a mechanism cannot be part of itself",
    ),
    "a record of another file": (
        lambda tree: kz(tree, "events").update(dyad="CN-TJ"),
        'kz.json, events[0] (CN-TJ 2009-12 Pipeline opened), dyad: expected CN-KZ, the relationship of this file, found "CN-TJ"',
    ),
    "a record twice": (
        lambda tree: tree["kz"]["events"].append(event("2009-12", "Pipeline opened")),
        f"kz.json, events[2] (CN-KZ 2009-12 Pipeline opened), dyad and date and title: the same as in {PIPELINE}",
    ),
    "a slug twice, in two files": (
        lambda tree: tree["c5"]["declarations"].append(declaration("cn-kz-2022-09-14-joint-statement", "2022-09-14")),
        f"c5.json, declarations[0] (cn-kz-2022-09-14-joint-statement), slug: the same as in {STATEMENT}",
    ),
    "a number of a session twice": (
        lambda tree: tree["kz"]["sessions"].append(session("2008", number=2)),
        "kz.json, sessions[2] (cn-kz-committee 2008 2), mechanism and number: the same as in"
        " kz.json, sessions[1] (cn-kz-committee 2006-11-17 2)",
    ),
    "a person twice": (
        lambda tree: tree["people"]["people"].append(person("xi", "CN", "Xi Jinping")),
        "people.json, people[1] (xi), side and name: the same as in people.json, people[0] (xi-jinping)",
    ),
    "a feed twice": (
        lambda tree: tree["feeds"]["outlets"].append(outlet("third", feed(1))),
        "feeds.json, outlets[2] (third), feeds[0].url: the same as in feeds.json, outlets[0] (astana-times)",
    ),
    "a source twice in a record": (
        lambda tree: kz(tree, "events")["sources"].append(source(1)),
        f'{PIPELINE}, sources[1].url: "https://example.org/1" stands twice in this list',
    ),
    "a source told in two ways": (
        lambda tree: kz(tree, "events", 1)["sources"][0].update(title="Another title"),
        'kz.json, events[1] (CN-KZ 2010-06-12 A protest), sources[0].title: "Another title", but "Report 1" in'
        " kz.json, statuses[0] (CN-KZ diplomatic_relations)",
    ),
    "a source that is no address": (
        lambda tree: kz(tree, "events")["sources"][0].update(url="ftp://example.org/1"),
        f'{PIPELINE}, sources[0].url: expected an address that begins with http:// or https://, found "ftp://example.org/1"',
    ),
    "aliases in a language unknown": (
        lambda tree: tree["people"]["people"][0]["aliases"].update(english=["Xi"]),
        "people.json, people[0] (xi-jinping), aliases.english: expected a language code of two letters as the key",
    ),
    "a list missing": (lambda tree: tree["kz"].pop("events"), "kz.json, events: the list is missing"),
    "a list too many": (
        lambda tree: tree["people"].update(animals=[]),
        "people.json, animals: there is no such list; expected people",
    ),
    "a list that is none": (lambda tree: tree["kz"].update(events={}), "kz.json, events: expected a list"),
    "a file that is a list": (lambda tree: tree.update(people=[]), "people.json: expected the lists people, found []"),
}


@pytest.mark.parametrize(("breaks", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_broken_is_named_with_what_is_expected(tree: Tree, files: FilesOf, breaks: Breaks, message: str) -> None:
    breaks(tree)

    with pytest.raises(DatasetRefused) as refused:
        load(files(tree))

    assert any(problem.startswith(message) for problem in refused.value.problems), refused.value.problems
    assert models.Source.objects.count() == models.DatasetEntry.objects.count() == 0


def test_nothing_changes_after_a_refusal(tree: Tree, files: FilesOf) -> None:
    load(files(tree))
    before = all_rows()
    kz(tree, "events")["summary"] = "Changed."
    tree["uz"]["events"].append(event("2011", "A bridge", dyad="CN-UZ", kind="nothing"))

    with pytest.raises(DatasetRefused):
        load(files(tree), overwrite=True)

    assert all_rows() == before


def test_all_problems_are_told_at_once(tree: Tree, files: FilesOf) -> None:
    kz(tree, "events")["kind"] = "nothing"
    kz(tree, "visits")["visitor"] = "Nobody"
    tree["feeds"]["outlets"][0]["feeds"][1]["format"] = "paper"

    with pytest.raises(DatasetRefused) as refused:
        load(files(tree))

    assert [problem.split(":")[0] for problem in refused.value.problems] == [
        f"{PIPELINE}, kind",
        "feeds.json, outlets[0] (astana-times), feeds[1].format",
        "kz.json, visits[0] (CN Nobody KZ 2022-09-14), visitor",
    ]  # fmt: skip


class TestUnreadableFiles:
    def refused(self, directory: Path) -> list[str]:
        with pytest.raises(DatasetRefused) as refused:
            load(directory)
        return refused.value.problems

    def test_no_directory(self, tmp_path: Path) -> None:
        assert self.refused(tmp_path / "nothing") == [f"{tmp_path}/nothing: there is no such directory"]

    def test_a_file_missing(self, tree: Tree, files: FilesOf) -> None:
        directory = files(tree)
        (directory / "uz.json").unlink()
        assert self.refused(directory) == [f"uz.json: the file is missing from {directory}"]

    def test_a_file_too_many(self, tree: Tree, files: FilesOf) -> None:
        directory = files(tree)
        (directory / "uzb.json").write_text("{}")
        assert self.refused(directory)[0].startswith("uzb.json: not a file of the dataset, which are kz, kg, tj, tm, uz, c5, people,")

    def test_no_json(self, tree: Tree, files: FilesOf) -> None:
        directory = files(tree)
        (directory / "uz.json").write_text('{\n "statuses": [}\n}')
        assert self.refused(directory) == ["uz.json, line 2, column 15: not JSON: Expecting value"]

    def test_no_text(self, tree: Tree, files: FilesOf) -> None:
        directory = files(tree)
        (directory / "uz.json").write_bytes(b'{"statuses": "\xff"}')
        assert self.refused(directory) == ["uz.json: not UTF-8 text (byte 14)"]

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
    def test_no_number(self, tree: Tree, files: FilesOf, number: str) -> None:
        directory = files(tree)
        text = (directory / "indicators.json").read_text()
        (directory / "indicators.json").write_text(text.replace("31.2", number))
        assert self.refused(directory) == [f"indicators.json: {number} is not a number"]

    def test_a_number_beyond_all_numbers(self, tree: Tree, files: FilesOf) -> None:
        directory = files(tree)
        text = (directory / "indicators.json").read_text()
        (directory / "indicators.json").write_text(text.replace("31.2", "1e999"))
        assert self.refused(directory) == [
            "indicators.json, values[1] (trade CN-KZ China Customs  2022), value: expected a number, found Infinity"
        ]

    def test_a_key_twice(self, tree: Tree, files: FilesOf) -> None:
        directory = files(tree)
        (directory / "uz.json").write_text('{"statuses": [], "statuses": []}')
        assert self.refused(directory) == ['uz.json: the key “statuses” stands twice in one record ({"statuses": []} …)']

    def test_a_file_nested_without_end(self, tree: Tree, files: FilesOf) -> None:
        directory = files(tree)
        (directory / "uz.json").write_text("[" * 100_000)
        assert self.refused(directory)[0].startswith("uz.json: ")


class TestTheCommand:
    def test_it_ends_with_one_line_a_problem_and_no_traceback(self, tree: Tree, files: FilesOf) -> None:
        kz(tree, "events")["kind"] = "nothing"
        with pytest.raises(CommandError) as error:
            call_command("load_dataset", str(files(tree)))
        assert error.value.returncode == 1
        first, second = str(error.value).splitlines()
        assert first == "Nothing was loaded."
        assert second.startswith(f"{PIPELINE}, kind: expected an event kind (border_agreement, crisis, ")

    def test_it_does_not_flood_the_terminal(self, tree: Tree, files: FilesOf) -> None:
        tree["kz"]["events"] = [event("2011", f"Event {n}", kind="nothing") for n in range(80)]
        with pytest.raises(CommandError) as error:
            call_command("load_dataset", str(files(tree)))
        assert len(str(error.value).splitlines()) == 52
        assert str(error.value).endswith("… and 30 more")


def test_a_record_of_an_editor_that_stands_in_the_way_is_told_by_the_database(tree: Tree, files: FilesOf) -> None:
    load(files(tree))
    EventFactory(date="2012", title_en="A bridge")
    before = all_rows()
    # The editor's record takes the key to which the files now move a record of theirs that the editor has not touched.
    models.DatasetEntry.objects.filter(kind="events", key="CN-KZ | 2010-06-12 | A protest").update(key="CN-KZ | 2012 | A bridge")
    kz(tree, "events", 1).update(date="2012", title="A bridge")

    with pytest.raises(DatasetRefused) as refused:
        load(files(tree), overwrite=True)

    assert refused.value.problems[0].startswith("the database refuses: ")
    assert refused.value.problems[0].endswith("(an editor’s record stands in the way of one of the files)")
    assert all_rows() == before
