"""Files to rows and back: nothing is lost, nothing is added, not even a space."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db.models import F
from django.utils import translation

from relations import models
from relations.domain.dataset.plan import Action
from relations.domain.dataset.shape import FILES
from relations.services.dataset import export, load
from relations.services.dataset.files import SHIPPED
from tests.services.dataset.material import Tree, read, write
from tests.services.dataset.rows import all_rows, empty_tables

pytestmark = pytest.mark.django_db

FilesOf = Callable[[Tree], Path]


def assert_identical(one: Path, other: Path) -> None:
    for file in FILES:
        assert (one / f"{file}.json").read_bytes() == (other / f"{file}.json").read_bytes(), file


@pytest.mark.usefixtures("dataset")
class TestTheShippedFacts:
    def test_they_are_written_back_byte_for_byte(self, tmp_path: Path) -> None:
        export(tmp_path / "out")

        assert_identical(SHIPPED, tmp_path / "out")

    def test_written_and_loaded_into_an_empty_database_they_make_the_same_rows(self, tmp_path: Path) -> None:
        export(tmp_path / "out")
        before = all_rows()
        empty_tables()
        assert not models.Source.objects.exists()

        report = load(tmp_path / "out")

        assert report.total(Action.ADD) == sum(counter.total() for counter in report.counts.values())
        after = all_rows()
        for table in before:
            assert after[table] == before[table], table
        assert sum(before["Provision"].values()) == 658

    def test_a_second_load_finds_nothing_to_do(self) -> None:
        histories = models.Declaration.history.count(), models.Source.history.count()

        report = load()

        assert not report.wrote
        assert report.named == []
        assert {kind for kind, counter in report.counts.items() if set(counter) != {Action.UNCHANGED}} == set()
        assert (models.Declaration.history.count(), models.Source.history.count()) == histories

    def test_every_record_is_there(self) -> None:
        of = {
            models.Status: 38, models.Declaration: 188, models.Mechanism: 88, models.Session: 214, models.Visit: 190, models.Event: 314,
            models.Anniversary: 20, models.Provision: 658, models.Person: 98, models.Initiative: 14, models.Indicator: 33,
            models.Observation: 458, models.Outlet: 97, models.Feed: 158,
        }  # fmt: skip
        assert {model: model._default_manager.count() for model in of} == of
        assert models.Declaration.objects.published().count() == 188

    def test_every_record_has_its_relationship(self) -> None:
        declarations = models.Declaration.objects.values_list("dyad_id", flat=True)
        assert {dyad: list(declarations).count(dyad) for dyad in set(declarations)} == {
            "CN-KZ": 47, "CN-KG": 26, "CN-TJ": 26, "CN-TM": 21, "CN-UZ": 30, "CN-C5": 38,
        }  # fmt: skip
        assert models.Session.objects.for_dyad("CN-UZ").count() == 57

    def test_people_who_signed_or_chaired_are_the_known_people(self) -> None:
        nameless = models.Signatory.objects.filter(person__isnull=True)
        known = set(models.Person.objects.values_list("side", "name_en"))
        assert not [row for row in nameless if (row.side, row.name) in known]
        assert models.Signatory.objects.filter(person__slug="xi-jinping").count() > 20
        assert not models.Signatory.objects.filter(person__isnull=False).exclude(person__name_en=F("name")).exists()


class TestASmallDataset:
    def test_it_comes_back_as_it_was(self, tree: Tree, files: FilesOf, tmp_path: Path) -> None:
        load(files(tree))
        export(tmp_path / "out")

        assert read(tmp_path / "out") == tree
        assert_identical(files(tree), tmp_path / "out")

    @pytest.mark.parametrize("language", ["fr", "zh-hans", "ru"])
    def test_the_language_of_the_one_who_loads_makes_no_difference(self, tree: Tree, files: FilesOf, tmp_path: Path, language: str) -> None:
        with translation.override(language):
            load(files(tree))
            export(tmp_path / "out")

        assert_identical(files(tree), tmp_path / "out")
        assert models.Mechanism.objects.get(slug="cn-kz-committee").title_en == "Committee"

    def test_the_order_of_records_in_the_files_does_not_matter(self, tree: Tree, files: FilesOf, tmp_path: Path) -> None:
        expected = files(tree)
        reversed_lists = {name: tree["kz"][name][::-1] for name in ("statuses", "declarations", "sessions", "events")}

        load(write(tmp_path / "reversed", {**tree, "kz": {**tree["kz"], **reversed_lists}}))
        export(tmp_path / "out")

        assert_identical(expected, tmp_path / "out")

    def test_a_loaded_record_is_published_and_says_where_it_comes_from(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))

        record = models.Declaration.objects.get(slug="cn-kz-2022-09-14-joint-statement")
        assert record.state == "published"
        assert [source.url for source in record.cited_sources] == ["https://example.org/4", "https://example.org/1"]
        assert [provision.side for provision in record.provisions.all()] == ["both", "KZ", "both"]
        assert [provision.position for provision in record.provisions.all()] == [1, 2, 3]
        assert record.provisions.get(position=2).topics == ("taiwan", "sovereignty")
        assert [str(reference.document or reference.name or reference.target.slug) for reference in record.references.all()] == [
            "cn-kz-2005-07-04-strategic-partnership", "UNGA_2758", "A treaty of friendship",
        ]  # fmt: skip
        assert [initiative.code for initiative in record.initiatives.all()] == ["BRI", "GDI"]
        assert record.signatories.get(side="CN").person == models.Person.objects.get(slug="xi-jinping")
        assert record.signatories.get(side="KZ").person is None

    def test_what_was_loaded_stands_in_its_history(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))

        for model in (
            models.Declaration,
            models.Provision,
            models.Mechanism,
            models.Event,
            models.Source,
            models.Term,
            models.EventCitation,
        ):
            lines = list(model.history.all())
            assert len(lines) == model._default_manager.count() > 0
            assert {(line.history_type, line.history_change_reason, line.history_user) for line in lines} == {("+", "dataset", None)}

    def test_feeds_known_to_answer_are_switched_on_and_due(self, tree: Tree, files: FilesOf) -> None:
        load(files(tree))

        checked, listed = models.Feed.objects.order_by("url")
        assert (checked.enabled, listed.enabled) == (True, False)
        assert checked.next_check is not None
