"""What the documents say is read beside the code, so that neither runs ahead of the other."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from relations.domain import feed_health
from relations.domain.failures import CONSEQUENCES, PATIENCE, Failure
from relations.domain.feed_health import State
from relations.ingest.words import ADVICE, WORDS
from relations.templatetags.ingestion import STATES
from tests.fixtures.processes import ROOT

INGESTION = (ROOT / "docs" / "ingestion.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "relations" / "config" / "settings.py").read_text(encoding="utf-8")
COMMANDS = {path.stem for path in (ROOT / "relations" / "management" / "commands").glob("*.py")} - {"__init__"}


def rows(text: str, heading: str) -> dict[str, list[str]]:
    """The first table below a heading: what stands in its first column, without backticks → the other cells."""
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {first.replace("`", ""): rest for first, *rest in cells}


def settings_of_ingestion() -> set[str]:
    """What settings.py reads or sets for the ingestion and for mail, by the names in the environment."""
    read = set(re.findall(r"env\.\w+\(\s*\"((?:INGEST|EMAIL)_\w+)\"", SETTINGS))
    return read | {name for name in dir(settings) if name.startswith("INGEST_")}


def test_every_setting_of_the_ingestion_is_described_and_no_other() -> None:
    assert set(rows(INGESTION, "Settings")) == settings_of_ingestion()
    assert len(settings_of_ingestion()) >= 6


def test_no_setting_is_named_anywhere_that_does_not_exist() -> None:
    known = settings_of_ingestion()
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        named = set(re.findall(r"\b(?:INGEST|EMAIL)_[A-Z_]+\b", path.read_text(encoding="utf-8")))
        assert named <= known, path.name


def test_every_setting_of_the_ingestion_has_its_reason_beside_it() -> None:
    lines = SETTINGS.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"INGEST_\w+ = ", line):
            assert lines[number - 1].startswith("# ") or "  # " in line, line


def test_the_defaults_are_those_of_the_code() -> None:
    described = rows(INGESTION, "Settings")
    for name, (default, _meaning) in described.items():
        if name.startswith("INGEST_"):
            value = getattr(settings, name)
            expected = "none" if value in ("", [], (), None) else f"`{value:g}`" if isinstance(value, float) else f"`{value}`"
            assert default == expected, name


@pytest.mark.parametrize("kind", Failure)
def test_every_kind_of_failure_is_described_with_its_words_and_what_follows(kind: Failure) -> None:
    words, human, first = rows(INGESTION, "Kinds of failure")[kind.value]
    after, shortest = CONSEQUENCES[kind].human, CONSEQUENCES[kind].shortest
    assert words == str(WORDS[kind])
    assert human == (f"{PATIENCE.days} days" if after is None else "at once" if after == 1 else f"{after} in a row")
    assert first == (f"{shortest.total_seconds() / 3600:.0f} h" if shortest else "")


def test_what_somebody_can_do_is_told_of_every_kind_once_in_the_words_of_the_page() -> None:
    table = rows(INGESTION, "What to do about a failure")
    told = [(kind, words) for kinds, (words,) in table.items() for kind in kinds.split(", ")]
    assert len(told) == len(Failure)
    assert dict(told) == {kind.value: str(words) for kind, words in ADVICE.items()}


def test_no_kind_of_failure_is_described_that_does_not_exist() -> None:
    assert set(rows(INGESTION, "Kinds of failure")) == set(Failure)


def test_every_state_of_a_feed_is_described_by_its_words() -> None:
    assert list(rows(INGESTION, "States of a feed")) == [str(STATES[state]) for state in State]
    assert f"nothing new for {feed_health.SILENT_AFTER.days} days" in INGESTION


def test_commands_that_are_described_exist() -> None:
    for text in (README, INGESTION):
        named = set(re.findall(r"manage\.py (\w+)", text)) - {"migrate", "collectstatic", "check"}
        assert named <= COMMANDS, named - COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_described(command: str) -> None:
    assert any(re.search(rf"`(manage\.py )?{command}\b", text) for text in (README, INGESTION))


def test_documents_lead_to_one_another() -> None:
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+\.md)[^)]*\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
