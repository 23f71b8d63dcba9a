"""The words of the interface in French, Russian and Chinese: complete, with the places for values that the source has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "relations" / "locale"
FILES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACE = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")
TAG = re.compile(r"</?\w+[^>]*>")


def catalog(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_there_is_a_file_for_each_language_beside_english() -> None:
    assert [path.parent.parent.name for path in FILES] == ["fr", "ru", "zh_Hans"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_every_entry_is_translated_and_none_is_a_guess(path: Path) -> None:
    entries = [entry for entry in catalog(path) if entry.id]
    assert len(entries) > 1000
    missing = [str(entry.id) for entry in entries if not all(entry.string if isinstance(entry.string, tuple) else [entry.string])]
    assert missing == []
    assert [entry.id for entry in entries if entry.fuzzy] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.parent.name)
def test_translations_keep_places_for_values_and_markup(path: Path) -> None:
    broken = []
    for entry in catalog(path):
        if not entry.id:
            continue
        sources = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        wanted = set(PLACE.findall(sources[-1])) if "python-format" in entry.flags else set()
        tags = sorted(TAG.findall(sources[-1]))
        for text in entry.string if isinstance(entry.string, tuple) else (entry.string,):
            found = set(PLACE.findall(text)) if "python-format" in entry.flags else set()
            known = wanted | set(PLACE.findall(sources[0]))  # a form for exactly one may say the number in words
            kept = found <= known and (len(sources) > 1 or found == wanted)
            if not kept or sorted(TAG.findall(text)) != tags:
                broken.append((entry.id, text))
    assert broken == []
