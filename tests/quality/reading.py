"""The labelled articles, read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from relations.domain.extraction import Article, LexiconReader, as_json
from tests.quality.scores import Record, Score

FOLDER = Path(__file__).resolve().parents[1] / "articles"


def labelled(part: str) -> Iterator[tuple[str, str, Record]]:
    """Name, text and label of every article of a part (development, tuning, held), in order."""
    for path in sorted((FOLDER / part).glob("*.json")):
        yield path.stem, path.with_suffix(".txt").read_text(encoding="utf-8"), json.loads(path.read_text(encoding="utf-8"))


def drafted(text: str, published: str | None) -> Record:
    """The draft of one article, as the command prints it."""
    return as_json(_reader().read(Article.of(text, dt.date.fromisoformat(published) if published else None)))


def scored(part: str, language: str | None = None) -> Score:
    """The score of a part, of one language or of all."""
    score = Score()
    for name, text, gold in labelled(part):
        if language in (None, gold["language"]):
            score.add(name, text, gold, drafted(text, gold.get("published")))
    return score


_READERS: list[LexiconReader] = []


def _reader() -> LexiconReader:
    if not _READERS:
        _READERS.append(LexiconReader())
    return _READERS[0]
