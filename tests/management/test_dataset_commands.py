"""load_dataset, export_dataset and check_dataset at the terminal."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from relations import models
from tests.services.dataset.material import event, small_tree, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return write(tmp_path / "files", small_tree())


def run(*arguments: object, **options: object) -> list[str]:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


def counts(lines: list[str], kind: str) -> list[int]:
    (line,) = [line for line in lines if line.split() and line.split()[0] == kind]
    return [int(number) for number in line.split()[1:]]


class TestLoad:
    def test_it_prints_what_became_of_each_kind(self, files: Path) -> None:
        lines = run("load_dataset", files)
        assert lines[0].split(maxsplit=4) == ["added", "changed", "unchanged", "kept", "left out"]
        assert counts(lines, "declarations") == [2, 0, 0, 0, 0]
        assert counts(lines, "all") == [28, 0, 0, 0, 0]
        assert counts(run("load_dataset", files), "all") == [0, 0, 28, 0, 0]

    def test_it_names_what_an_editor_changed_and_obeys_overwrite(self, files: Path) -> None:
        run("load_dataset", files)
        models.Event.objects.filter(title_en="A protest").update(summary="By hand.")
        lines = run("load_dataset", files)
        assert counts(lines, "events") == [0, 0, 1, 1, 0]
        assert "events: CN-KZ | 2010-06-12 | A protest: changed here since it was loaded" in lines
        assert counts(run("load_dataset", files, "--overwrite"), "events") == [0, 1, 1, 0, 0]
        assert not models.Event.objects.filter(summary="By hand.").exists()

    def test_it_loads_the_shipped_facts_where_no_directory_is_named(self, dataset: None) -> None:
        assert counts(run("load_dataset"), "events") == [0, 0, 314, 0, 0]


class TestExport:
    def test_it_says_what_it_wrote(self, files: Path, tmp_path: Path) -> None:
        run("load_dataset", files)
        lines = run("export_dataset", tmp_path / "out")
        assert lines[0] == "kz.json: 2 statuses, 2 declarations, 2 mechanisms, 2 sessions, 1 visits, 2 events, 1 anniversaries"
        assert (tmp_path / "out" / "kz.json").read_bytes() == (files / "kz.json").read_bytes()

    def test_it_says_which_drafts_it_left_out(self, files: Path, tmp_path: Path) -> None:
        run("load_dataset", files)
        models.Declaration.objects.filter(date="2022-09-14").update(state="draft")
        assert run("export_dataset", tmp_path / "out")[-1] == (
            "Left out as drafts (--drafts writes them): cn-kz-2022-09-14-joint-statement"
        )
        assert not any("Left out" in line for line in run("export_dataset", tmp_path / "out", "--drafts"))

    def test_it_refuses_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.doc").write_text("mine")
        with pytest.raises(CommandError, match=r"^Nothing was written\. .* holds other things \(thesis\.doc\)"):
            run("export_dataset", tmp_path)


class TestCheck:
    def test_it_ends_well_where_nothing_is_wrong(self, files: Path) -> None:
        run("load_dataset", files)
        lines = run("check_dataset")
        assert lines[-1].startswith("21 records: 0 errors, ")
        assert run("check_dataset", files) == lines

    def test_it_ends_with_1_where_something_is(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        tree = small_tree()
        tree["kz"]["events"] = [event("2011", "A bridge", sources=[])]
        with pytest.raises(SystemExit) as end:
            call_command("check_dataset", str(write(tmp_path / "wrong", tree)))
        assert end.value.code == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("without source: A record that claims to be verified has sources")
        assert lines[1] == "  error   kz.json, events[0] (CN-KZ 2011 A bridge): marked “official” without a source"

    def test_programs_get_json(self, files: Path) -> None:
        with time_machine.travel("2009-06-01"):
            report = json.loads("\n".join(run("check_dataset", files, "--json")))
        assert report["records"] == 21
        assert report["counts"]["error"] == 0
        assert {"severity": "warning", "where": "kz.json, events[0] (CN-KZ 2009-12 Pipeline opened)",
                "message": "dated 2009-12, which is still to come"} in report["findings"]["dated_in_the_future"]  # fmt: skip

    def test_an_empty_database_is_no_sound_one(self) -> None:
        with pytest.raises(CommandError, match="The database holds no records yet: run load_dataset first"):
            run("check_dataset")

    def test_files_that_cannot_be_read_are_told_in_a_line(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="there is no such directory"):
            run("check_dataset", tmp_path / "nothing")
