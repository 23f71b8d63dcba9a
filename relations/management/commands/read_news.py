"""`manage.py read_news`: read what is stored, or read it again after a change of reader, lexicon or records."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from relations.management.reading_words import in_one_line
from relations.services import readings
from relations.services.reading_done import unread


def _number(words: str) -> int:
    if not (words.isascii() and words.isdigit() and int(words[:9]) > 0):
        raise ArgumentTypeError(_("“%(words)s” is not a whole number from 1.") % {"words": words[:20]})
    return int(words[:9])


class Command(BaseCommand):
    """Read stored items; editors' decisions on links and candidates stay."""

    help = "Read the stored items that have not been read: links, candidates, counts. What editors have decided stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="also those read with other rules, words or records than those of today, the newest first"
        )
        parser.add_argument("--limit", type=_number, default=None, metavar="N", help="read at most N items")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        limit = options["limit"]
        if options["again"]:
            readings.again(limit)
        waiting = unread()
        total = waiting if limit is None else min(limit, waiting)
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, disable=options["json"] or not console.is_terminal or not total) as bar:
            task = bar.add_task(_("Items"), total=total)
            done = readings.read_stored(most=total, told=lambda number: bar.advance(task, number))
        left = unread()
        if options["json"]:
            self.stdout.write(json.dumps({**done.counts(), "unread": left}))
        elif done.read:
            self.stdout.write(in_one_line(done, left))
        else:
            self.stdout.write(
                _("Nothing awaits reading. After a change of reader, words or records, --again reads what is stored once more.")
            )
