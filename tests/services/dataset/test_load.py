"""What a load does with each record: adds, brings up to date, or leaves to the editor who changed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from relations import models
from relations.domain.dataset.plan import Action
from relations.services.dataset import LoadReport, export, load
from tests.factories import EventFactory, MechanismFactory, PersonFactory, SourceFactory
from tests.services.dataset.material import (
    Tree,
    declaration,
    event,
    mechanism,
    person,
    provision,
    read,
    session,
    source,
    titles,
    visit,
)
from tests.services.dataset.rows import all_rows

pytestmark = pytest.mark.django_db

FilesOf = Callable[[Tree], Path]
STATEMENT = "cn-kz-2022-09-14-joint-statement"


def named(report: LoadReport) -> list[tuple[str, str, str]]:
    return [(each.kind, each.key, each.reason) for each in report.named]


def statement() -> models.Declaration:
    return models.Declaration.objects.get(slug=STATEMENT)


class TestNothingNew:
    def test_a_second_load_writes_nothing(self, tree: Tree, files: FilesOf) -> None:
        first = load(files(tree))
        before = all_rows()

        second = load(files(tree))

        assert first.total(Action.ADD) == second.total(Action.UNCHANGED) == 28
        assert not second.wrote
        assert second.named == []
        assert all_rows() == before
        assert models.Event.history.count() == 2
        assert models.DatasetEntry.objects.count() == 28

    def test_polling_is_left_alone(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        due = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
        models.Feed.objects.update(enabled=False, next_check=due, etag="abc", failures=3)
        tree["feeds"]["outlets"][0]["feeds"][0]["note"] = "Moved."

        report = load(files(tree), overwrite=True)

        assert report.counts["feeds"] == {Action.CHANGE: 1, Action.UNCHANGED: 1}
        changed = models.Feed.objects.get(url="https://example.org/feed/1")
        assert (changed.note, changed.enabled, changed.next_check, changed.etag, changed.failures) == ("Moved.", False, due, "abc", 3)


class TestTheFilesChange:
    def test_only_what_differs_is_written(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        before = models.Event.objects.get(title_en="Pipeline opened").pk
        tree["kz"]["events"][0]["summary"] = "Gas flows."

        report = load(files(tree))

        assert report.counts["events"] == {Action.CHANGE: 1, Action.UNCHANGED: 1}
        assert report.total(Action.CHANGE) == 1
        changed = models.Event.objects.get(title_en="Pipeline opened")
        assert (changed.pk, changed.summary, changed.label) == (before, "Gas flows.", "Pipeline")
        line = changed.history.first()
        assert (line.history_type, line.history_change_reason, line.summary) == ("~", "dataset", "Gas flows.")
        assert models.Event.objects.get(title_en="A protest").history.count() == 1

    def test_a_provision_may_be_inserted_reworded_and_dropped(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        before = {row.text: row.pk for row in statement().provisions.all()}
        provisions = tree["kz"]["declarations"][1]["provisions"]
        provisions[1]["text"] = "Kazakhstan restates the one-China principle."
        provisions.insert(0, provision("They are friends.", topics=["relations"]))
        del provisions[3]

        load(files(tree))

        rows = list(statement().provisions.all())
        assert [(row.position, row.side, row.text) for row in rows] == [
            (1, "both", "They are friends."),
            (2, "both", "They will trade more."),
            (3, "KZ", "Kazakhstan restates the one-China principle."),
        ]
        assert rows[1].pk == before["They will trade more."]
        assert rows[1].mechanisms.count() == 2
        assert models.ProvisionCitation.objects.count() == 0

    def test_sources_and_signatories_follow_the_files(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        record = tree["kz"]["declarations"][1]
        record["sources"] = [source(1), source(6), source(4)]
        record["signatories"] = [{"side": "KZ", "name": "Somebody", "office": "Head of State"}]
        record["initiatives"] = ["GDI"]
        record["references"] = ["UNGA_2758", "SCO_CHARTER"]

        load(files(tree))

        after = statement()
        assert [each.url for each in after.cited_sources] == [f"https://example.org/{n}" for n in (1, 6, 4)]
        assert [(each.name, each.office) for each in after.signatories.all()] == [("Somebody", "Head of State")]
        assert [each.code for each in after.initiatives.all()] == ["GDI"]
        assert [each.document for each in after.references.all()] == ["UNGA_2758", "SCO_CHARTER"]
        gone = models.Signatory.history.filter(history_type="-")
        assert [(line.name, line.history_change_reason) for line in gone] == [("Xi Jinping", "dataset")]

    def test_new_records_of_every_sort_are_added(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        tree["kz"]["events"].append(event("2011", "A bridge"))
        tree["kz"]["mechanisms"].append(mechanism("cn-kz-dialogue", parent="cn-kz-new"))
        tree["kz"]["mechanisms"].append(mechanism("cn-kz-new"))
        tree["kz"]["sessions"].append(session("2012-01-05", mechanism="cn-kz-dialogue"))

        report = load(files(tree))

        assert report.total(Action.ADD) == 4
        assert models.Mechanism.objects.get(slug="cn-kz-dialogue").parent.slug == "cn-kz-new"
        assert models.Session.objects.get(date="2012-01-05").mechanism.slug == "cn-kz-dialogue"

    def test_a_source_told_better_changes_once_for_all_its_records(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        for lists in tree.values():
            for records in lists.values():
                for record in records:
                    for each in record.get("sources", ()):
                        if each["url"] == "https://example.org/1":
                            each["publisher"] = "Example Daily (copy)"

        report = load(files(tree))

        assert report.total(Action.CHANGE) == 1
        assert models.Source.objects.get(url="https://example.org/1").is_copy

    def test_a_record_no_longer_in_the_files_is_named_and_stays(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        del tree["kz"]["events"][1]

        for _ in range(2):
            report = load(files(tree), overwrite=True)
            assert named(report) == [("events", "CN-KZ | 2010-06-12 | A protest", "no longer in the files; it stays")]

        assert models.Event.objects.filter(title_en="A protest").exists()

    def test_a_person_who_becomes_known_is_found_where_the_name_stands(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        tree["people"]["people"] += [person("somebody", "KZ", "Somebody"), person("wu-yi", "CN", "Wu Yi")]

        load(files(tree))

        assert statement().signatories.get(side="KZ").person.slug == "somebody"
        assert models.Chair.objects.get(name="Wu Yi").person.slug == "wu-yi"

    def test_a_session_whose_date_becomes_known_stays_the_same_session(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        before = models.Session.objects.get(number=2).pk
        tree["kz"]["sessions"][1]["date"] = "2006-11-16"

        report = load(files(tree))

        assert report.counts["sessions"] == {Action.CHANGE: 1, Action.UNCHANGED: 1}
        assert models.Session.objects.get(number=2).pk == before
        assert models.Session.objects.get(number=2).date == "2006-11-16"
        assert not load(files(tree)).wrote


class TestAnEditorWasThere:
    def test_an_edit_stays_and_is_named(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        edited = models.Event.objects.get(title_en="Pipeline opened")
        edited.summary = "By hand."
        edited.save()
        tree["kz"]["events"][0]["kind"] = "transport"

        report = load(files(tree))

        assert report.counts["events"] == {Action.KEEP: 1, Action.UNCHANGED: 1}
        assert named(report) == [("events", "CN-KZ | 2009-12 | Pipeline opened", "changed here since it was loaded")]
        edited.refresh_from_db()
        assert (edited.summary, edited.kind) == ("By hand.", "energy")

    def test_an_edit_is_named_though_the_files_say_nothing_new(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Status.objects.filter(level="strategic_partnership").update(date="2005-07-05")

        assert named(load(files(tree))) == [("statuses", "CN-KZ | strategic_partnership", "changed here since it was loaded")]

    def test_the_files_win_where_told_to(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Event.objects.filter(title_en="Pipeline opened").update(summary="By hand.")

        report = load(files(tree), overwrite=True)

        assert report.counts["events"] == {Action.CHANGE: 1, Action.UNCHANGED: 1}
        assert models.Event.objects.get(title_en="Pipeline opened").summary == ""
        assert not load(files(tree)).wrote

    def test_an_edit_taken_back_lets_the_files_through_again(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Event.objects.filter(title_en="Pipeline opened").update(summary="By hand.")
        load(files(tree))
        models.Event.objects.filter(title_en="Pipeline opened").update(summary="")
        tree["kz"]["events"][0]["summary"] = "Gas flows."

        load(files(tree))

        assert models.Event.objects.get(title_en="Pipeline opened").summary == "Gas flows."

    def test_an_edit_that_the_files_then_take_over_is_no_edit_any_more(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Event.objects.filter(title_en="Pipeline opened").update(summary="Gas flows.")
        tree["kz"]["events"][0]["summary"] = "Gas flows."
        assert named(load(files(tree))) == []
        tree["kz"]["events"][0]["summary"] = "Gas flows to China."

        load(files(tree))

        assert models.Event.objects.get(title_en="Pipeline opened").summary == "Gas flows to China."

    @pytest.mark.parametrize(
        "edit",
        [
            lambda record: record.provisions.filter(position=1).update(text="They trade."),
            lambda record: record.provisions.get(position=1).mechanisms.clear(),
            lambda record: record.provisions.get(position=3).citations.first().delete(),
            lambda record: record.provisions.get(position=2).delete(),
            lambda record: record.signatories.filter(side="CN").update(office="Head"),
            lambda record: record.citations.first().delete(),
            lambda record: record.references.filter(document="UNGA_2758").delete(),
            lambda record: record.initiatives.clear(),
            lambda record: models.Declaration.objects.filter(pk=record.pk).update(title_ru="Заявление"),
            lambda record: models.Declaration.objects.filter(pk=record.pk).update(state="draft"),
        ],
        ids=["text", "mechanism", "own source", "provision", "signatory", "source", "reference", "initiative", "title", "state"],
    )
    def test_every_part_of_a_declaration_counts_as_it(
        self, tree: Tree, files: FilesOf, edit: Callable[[models.Declaration], object]
    ) -> None:
        load(files(tree))
        untouched = all_rows()
        edit(statement())
        edited = all_rows()
        assert edited != untouched

        report = load(files(tree))

        assert [each.key for each in report.named if each.kind == "declarations"] == [STATEMENT]
        assert all_rows() == edited
        load(files(tree), overwrite=True)
        assert all_rows() == untouched

    def test_a_changed_key_is_no_second_record(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Event.objects.filter(title_en="Pipeline opened").update(title_en="The pipeline opened", title="The pipeline opened")
        models.Declaration.objects.filter(slug=STATEMENT).update(slug="cn-kz-2022-09-14-statement")
        models.Mechanism.objects.filter(slug="cn-kz-committee").update(slug="cn-kz-cooperation-committee")
        models.Person.objects.update(slug="xi", name_en="Xi", name="Xi")

        report = load(files(tree))

        assert sorted((each.kind, each.key) for each in report.named) == [
            ("declarations", STATEMENT), ("events", "CN-KZ | 2009-12 | Pipeline opened"), ("mechanisms", "cn-kz-committee"),
            ("people", "xi-jinping"),
        ]  # fmt: skip
        assert report.total(Action.ADD) == 0
        assert report.counts["sessions"] == {Action.UNCHANGED: 2}
        assert report.counts["visits"] == {Action.UNCHANGED: 1}

    def test_a_changed_key_that_was_exported_is_the_same_record(self, tree: Tree, files: FilesOf, tmp_path: Path) -> None:
        load(files(tree))
        models.Event.objects.filter(title_en="Pipeline opened").update(title_en="The pipeline opened", title="The pipeline opened")
        models.Mechanism.objects.filter(slug="cn-kz-committee").update(slug="cn-kz-cooperation-committee")
        export(tmp_path / "out")
        before = all_rows()

        report = load(tmp_path / "out")

        assert not report.wrote
        assert report.named == []
        assert all_rows() == before
        assert models.DatasetEntry.objects.count() == 28

    def test_an_editor_s_record_with_the_key_of_a_new_one_stays(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        EventFactory(date="2011", title_en="A bridge", summary="By hand.")
        tree["kz"]["events"].append(event("2011", "A bridge"))

        assert named(load(files(tree))) == [("events", "CN-KZ | 2011 | A bridge", "changed here since it was loaded")]
        load(files(tree), overwrite=True)
        assert models.Event.objects.get(title_en="A bridge").summary == ""

    def test_an_editor_s_record_that_says_the_same_is_taken_for_the_loaded_one(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        EventFactory(
            date="2011", title_en="A bridge", verification="official", sources=[models.Source.objects.get(url="https://example.org/1")]
        )
        tree["kz"]["events"].append(event("2011", "A bridge"))
        report = load(files(tree))
        assert (report.wrote, report.named) == (False, [])

        tree["kz"]["events"][2]["summary"] = "Over the river."
        load(files(tree))

        assert models.Event.objects.get(title_en="A bridge").summary == "Over the river."

    def test_an_edited_source_leaves_the_records_that_cite_it_alone(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Source.objects.filter(url="https://example.org/1").update(title="By hand", url="https://example.org/one")

        assert named(load(files(tree))) == [("sources", "https://example.org/1", "changed here since it was loaded")]

    def test_records_that_editors_made_are_not_the_business_of_a_load(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        made = EventFactory(title_en="Made here"), MechanismFactory(), PersonFactory(), SourceFactory()

        report = load(files(tree), overwrite=True)

        assert (report.wrote, report.named) == (False, [])
        assert all(type(row)._default_manager.filter(pk=row.pk).exists() for row in made)


class TestAnEditorDeleted:
    def test_a_deleted_record_is_not_brought_back(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Event.objects.get(title_en="A protest").delete()

        for _ in range(2):
            report = load(files(tree))
            assert report.counts["events"] == {Action.LEAVE_OUT: 1, Action.UNCHANGED: 1}
            assert [(each.kind, each.key) for each in report.named] == [("events", "CN-KZ | 2010-06-12 | A protest")]
        assert models.Event.objects.count() == 1

    def test_it_is_where_told_to(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        untouched = all_rows()
        models.Event.objects.get(title_en="A protest").delete()
        statement().delete()

        load(files(tree), overwrite=True)

        assert all_rows() == untouched
        assert not load(files(tree)).wrote

    def test_what_belonged_to_it_does_not_come_without_it(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Session.objects.all().delete()
        models.Mechanism.objects.get(slug="cn-kz-subcommittee").delete()
        models.Mechanism.objects.get(slug="cn-kz-committee").delete()
        tree["kz"]["sessions"].append(session("2012-01-05"))

        report = load(files(tree))

        assert ("sessions", "cn-kz-committee | 2012-01-05 | ", "what it belongs to was deleted here") in named(report)
        assert models.Session.objects.count() == 0
        load(files(tree), overwrite=True)
        assert models.Session.objects.count() == 3

    def test_a_reference_to_it_is_left_out(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Reference.objects.all().delete()
        models.Declaration.objects.get(slug="cn-kz-2005-07-04-strategic-partnership").delete()
        tree["kz"]["declarations"].append(
            declaration(
                "cn-kz-2023-05-17-joint-statement", "2023-05-17", references=["cn-kz-2005-07-04-strategic-partnership", "UN_CHARTER"]
            )
        )
        tree["kz"]["visits"].append(visit("2023-05-17", declaration="cn-kz-2005-07-04-strategic-partnership"))

        load(files(tree))

        new = models.Declaration.objects.get(slug="cn-kz-2023-05-17-joint-statement")
        assert [(each.document, each.name) for each in new.references.all()] == [("UN_CHARTER", "")]
        assert models.Visit.objects.get(date_start="2023-05-17").declaration is None

    def test_a_new_record_with_its_key_is_the_editor_s(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Event.objects.get(title_en="A protest").delete()
        EventFactory(date="2010-06-12", title_en="A protest", summary="Made again.")

        assert named(load(files(tree))) == [("events", "CN-KZ | 2010-06-12 | A protest", "changed here since it was loaded")]


class TestOrder:
    def slugs(self) -> list[str]:
        return list(models.Mechanism.objects.filter(dyad="CN-KZ").values_list("slug", flat=True))

    def test_a_record_takes_the_place_that_the_files_give_it(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        tree["kz"]["mechanisms"].insert(1, mechanism("cn-kz-dialogue"))
        tree["feeds"]["outlets"].reverse()

        report = load(files(tree))

        assert self.slugs() == ["cn-kz-committee", "cn-kz-dialogue", "cn-kz-subcommittee"]
        assert list(models.Outlet.objects.order_by("position").values_list("slug", flat=True)) == ["old-paper", "astana-times"]
        assert report.counts["order"] == {Action.CHANGE: 2}
        assert report.total(Action.CHANGE) == 2

    def test_an_editor_s_order_stays_and_is_named(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Mechanism.objects.filter(slug="cn-kz-committee").update(position=9)
        tree["kz"]["mechanisms"].insert(0, mechanism("cn-kz-dialogue"))

        report = load(files(tree))

        assert self.slugs().index("cn-kz-subcommittee") < self.slugs().index("cn-kz-committee")
        assert named(report) == [("order", "mechanisms CN-KZ", "the order was changed here since it was loaded")]
        load(files(tree), overwrite=True)
        assert self.slugs() == ["cn-kz-dialogue", "cn-kz-committee", "cn-kz-subcommittee"]
        assert load(files(tree)).named == []

    def test_what_an_editor_made_keeps_its_neighbour(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))
        models.Mechanism.objects.filter(slug="cn-kz-subcommittee").update(position=3)
        models.DatasetEntry.objects.filter(key="cn-kz-subcommittee").update(position=3)
        MechanismFactory(slug="made-here", position=2)
        tree["kz"]["mechanisms"].insert(0, mechanism("cn-kz-dialogue"))

        load(files(tree))

        assert self.slugs() == ["cn-kz-dialogue", "cn-kz-committee", "made-here", "cn-kz-subcommittee"]


class TestLongAndManyLanguages:
    def test_addresses_longer_than_a_key_are_told_apart(self, tree: Tree, files: FilesOf, tmp_path: Path) -> None:
        long = "https://example.org/" + "a" * 600
        tree["kz"]["events"][0]["sources"] = [source(1), source(1, url=f"{long}1"), source(1, url=f"{long}2")]
        load(files(tree))

        assert not load(files(tree)).wrote
        export(tmp_path / "out")
        assert read(tmp_path / "out") == tree

    def test_an_event_may_have_titles_in_other_languages(self, tree: Tree, files: FilesOf, tmp_path: Path) -> None:
        tree["kz"]["events"][0]["title"] = titles("Pipeline opened")
        load(files(tree))

        assert models.Event.objects.get(title_en="Pipeline opened").title_fr == "Pipeline opened (fr)"
        export(tmp_path / "out")
        assert read(tmp_path / "out") == tree
