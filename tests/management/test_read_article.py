"""`manage.py read_article`."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.fixtures.processes import ROOT

pytestmark = pytest.mark.django_db

ARTICLE = """China and Kazakhstan sign joint statement

ASTANA, July 4 — China and Kazakhstan on Wednesday signed a joint statement.

The Kazakh side reaffirmed the one-China principle. Both sides will double trade."""


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("read_article", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return str(path)


def test_the_draft_is_printed_for_people(article: str) -> None:
    printed = run(article, "--published", "2024-07-04")
    assert "joint_statement" in printed
    assert "2024-07-03" in printed
    assert "The Kazakh side reaffirmed" in printed


def test_json_has_the_keys_of_labels_and_the_evidence(article: str) -> None:
    draft = json.loads(run(article, "--published", "2024-07-04", "--json"))
    assert draft["parties"] == ["CN", "KZ"]
    assert [(one["side"], one["topics"]) for one in draft["provisions"]] == [("KZ", ["taiwan"]), ("both", ["trade"])]
    for one in draft["provisions"]:
        assert ARTICLE[one["start"] : one["end"]] == one["text"]
    assert set(draft["evidence"]) >= {"kind", "date", "occasion", "parties", "mechanisms", "initiatives", "references"}
    assert draft["evidence"]["kind"][0]["rule"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.txt"], "There is no file nowhere.txt"),
        (["."], "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(arguments: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        run(*arguments)


def test_a_day_that_is_none_is_said(article: str) -> None:
    with pytest.raises(CommandError, match="--published wants a day like 2024-07-04"):
        run(article, "--published", "yesterday")


def test_no_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(CommandError, match="not text"):
        run(str(path))


def test_a_wrong_reader_is_said(article: str, settings: object) -> None:
    settings.ARTICLE_READER = "nowhere.Reader"
    with pytest.raises(CommandError, match="ARTICLE_READER"):
        run(article)


def test_languages_that_are_not_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "mixed.txt"
    path.write_text(f"{ARTICLE}\n\nСтороны подтвердили приверженность принципу одного Китая. Стороны расширят торговлю.", encoding="utf-8")
    assert "Note: parts of the text are in other languages (ru); what they say was not read." in run(str(path))


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_nothing_that_steers_a_terminal_is_printed(tmp_path: Path, form: tuple[str, ...]) -> None:
    path = tmp_path / "turned.txt"
    turned = ARTICLE.replace("reaffirmed", "reaffirmed \u202eeht\u202c \u2067x\u2069 \x1b[31m\x9b31m")
    path.write_text(turned + " word" * 200, encoding="utf-8")
    printed = run(str(path), *form)
    assert "marks that turn the direction of writing were left out" in printed
    assert [c for c in printed if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path, form: list[str]) -> None:
    path = tmp_path / "long.txt"
    path.write_text(ARTICLE + " Both sides will double trade." * 900, encoding="utf-8")
    command = [sys.executable, "manage.py", "read_article", str(path), *form]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout and process.stderr
    process.stdout.close()
    said = process.stderr.read()
    assert "Traceback" not in said and "BrokenPipe" not in said
    assert process.wait() == 0
