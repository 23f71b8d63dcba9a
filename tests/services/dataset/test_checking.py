"""The sanity report of the database and of files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from relations import models
from relations.domain.dataset.finding import Severity
from relations.services.dataset import DatasetRefused, check, load
from relations.services.dataset.files import SHIPPED
from tests.factories import ReferenceFactory, SessionFactory
from tests.services.dataset.material import Tree

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


@pytest.mark.usefixtures("dataset")
def test_nothing_is_wrong_with_the_shipped_facts() -> None:
    report = check(None, TODAY)

    assert report.records == 1765  # with 13 sources of which only the address is known
    assert [finding for findings in report.findings.values() for finding in findings if finding.severity is Severity.ERROR] == []
    assert not report.wrong


def test_files_and_database_get_the_same_report(dataset: None) -> None:
    assert check(SHIPPED, TODAY) == check(None, TODAY)


def test_what_an_editor_does_wrong_is_found(tree: Tree, files: Callable[[Tree], Path]) -> None:
    load(files(tree))
    assert not check(None, TODAY).wrong
    SessionFactory(mechanism=models.Mechanism.objects.get(slug="cn-kz-committee"), date="1999-01-01", number=None)

    report = check(None, TODAY)

    assert report.wrong
    assert [finding.message for finding in report.findings["session_outside_life"]] == [
        "held 1999-01-01, before the mechanism was founded, 2004-05-17"
    ]
    assert "marked “single” without a source" in [finding.message for finding in report.findings["without_source"]]


def test_a_reference_to_nothing_is_found(tree: Tree, files: Callable[[Tree], Path]) -> None:
    load(files(tree))
    statement = models.Declaration.objects.get(slug="cn-kz-2022-09-14-joint-statement")
    ReferenceFactory(declaration=statement, document="", name="cn-kz-1999-01-01-nothing", position=9)

    report = check(None, TODAY)

    (finding,) = report.findings["cannot_be_loaded"]
    assert finding.where == "kz.json, declarations[1] (cn-kz-2022-09-14-joint-statement), references[3]"
    assert finding.message.startswith('none of the declarations is "cn-kz-1999-01-01-nothing"')
    assert report.wrong


def test_drafts_are_looked_at_with_patience(tree: Tree, files: Callable[[Tree], Path]) -> None:
    load(files(tree))
    models.DeclarationCitation.objects.all().delete()
    models.Declaration.objects.update(state="draft")

    report = check(None, TODAY)

    assert {finding.severity for finding in report.findings["without_source"]} == {Severity.WARNING}


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetRefused):
        check(tmp_path / "nothing", TODAY)
