"""`manage.py read_article`: print the draft of a declaration that an article tells of."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from relations.domain.extraction import Article, Knowledge, NotAnArticle, Reading, as_json, text_of
from relations.services.reading import article_reader, knowledge

_STEERING: Final = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys and JSON leaves as it is: further control characters, marks of the direction of writing."""


class Command(BaseCommand):
    """Read one article."""

    help = "Read an article in English, French, Chinese or Russian and print the declaration that it reports, with the words it came from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a text or HTML file whose first line is the title, or - for standard input")
        parser.add_argument("--published", metavar="YYYY-MM-DD", help="the day of the article, from which “yesterday” and “Tuesday” count")
        parser.add_argument("--json", action="store_true", help="print JSON with the evidence of every value")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._answer(**options)
            self.stdout.flush()
        except BrokenPipeError:  # `| head` has seen enough; what Python still holds for the pipe goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _answer(self, **options: Any) -> None:
        published = _day(options["published"])
        try:
            text, warnings = text_of(_bytes(options["file"]))
            reader = article_reader(self._knowledge())
        except NotAnArticle as error:
            raise CommandError(str(error)) from error
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        reading = reader.read(Article.of(text, published))
        draft = as_json(reading)
        draft["warnings"] = [*warnings, *draft["warnings"]]
        if options["json"]:
            written = json.dumps(draft, ensure_ascii=False, indent=1)
            self.stdout.write(_STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written))
            return
        self._print(reading, text, draft["warnings"])

    def _knowledge(self) -> Knowledge:
        """The records; without a database that answers, the lexicon alone."""
        try:
            return knowledge()
        except DatabaseError:
            self.stderr.write("The records cannot be read: mechanisms and people are named by the lexicon alone.")
            return Knowledge()

    def _print(self, reading: Reading, text: str, warnings: list[str]) -> None:
        for warning in warnings:
            self.stdout.write(f"Note: {warning}.")
        relevance = reading.relevance
        years = f" ({reading.occasion.years} years)" if reading.occasion.years else ""
        mechanisms = [f"{one.kind} ({one.slug})" if one.slug else one.kind for one in reading.mechanisms]
        rows = [
            ("language", reading.language.value),
            ("relevant", f"{'yes' if relevance.relevant else 'no'}, {relevance.score:g}: {relevance.reason}"),
            ("kind", reading.kind.value),
            ("date", reading.date.value),
            ("place", reading.place.value),
            ("occasion", f"{reading.occasion.kind}{years}" if reading.occasion.kind else None),
            ("parties", ", ".join(reading.party_codes)),
            ("mechanisms", ", ".join(mechanisms)),
            ("initiatives", ", ".join(one.value for one in reading.initiatives if one.value)),
            ("references", ", ".join(one.value for one in reading.references if one.value)),
            ("people", ", ".join(one.slug for one in reading.people)),
        ]
        for name, value in rows:
            self.stdout.write(f"{name:<12}{value or '–'}")
        self.stdout.write(f"provisions  {len(reading.provisions)}")
        for one in reading.provisions:
            self.stdout.write(f"  {one.side:<5}{', '.join(one.topics)}\n       {_shown(text[one.start : one.end])}\n       [{one.rule}]")


def _shown(text: str) -> str:
    """A text on one line, without what a terminal would obey."""
    return _STEERING.sub("", " ".join(text.split()))


def _day(written: str | None) -> dt.date | None:
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise CommandError(f"--published wants a day like 2024-07-04, not {written!r}.") from error


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except FileNotFoundError as error:
        raise CommandError(f"There is no file {name}.") from error
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
