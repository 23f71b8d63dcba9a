"""`manage.py ingest`: fetch feeds now, with a progress bar for people and JSON for programs."""

from __future__ import annotations

import dataclasses
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from relations.ingest import runner
from relations.ingest.many import run_feeds
from relations.ingest.newcomer import take_in
from relations.ingest.record import FeedResult
from relations.ingest.words import in_words

_INTERRUPTED = 130
_WIDTH = 120


class Command(BaseCommand):
    """Fetch feeds and store what is new."""

    help = "Fetch feeds and store what is new: those that are due, all that are enabled, or the given addresses and files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="URL_OR_FILE", help="address of a feed, known or new, or a file")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--due", action="store_true", help="the enabled feeds whose time has come (the default)")
        which.add_argument("--all", action="store_true", help="all enabled feeds that are not paused, whether their time has come or not")
        parser.add_argument("--json", action="store_true", help="print the summary as JSON, with the result of each feed")

    def handle(self, *args: Any, **options: Any) -> None:
        results: list[FeedResult] = []
        interrupted = False
        try:
            self._run(options, results.append)
        except KeyboardInterrupt:
            interrupted = True
        self._print_json(results) if options["json"] else self._print_table(results, interrupted)
        if interrupted:
            sys.exit(_INTERRUPTED)
        if results and all(result.failed for result in results):
            sys.exit(1)

    def _run(self, options: dict[str, Any], keep: Callable[[FeedResult], None]) -> None:
        sources: list[str] = options["sources"]
        feeds = []
        if options["all"]:
            feeds = runner.enabled_feeds()
        elif options["due"] or not sources:
            feeds = runner.due_feeds()
        with _Bar(len(feeds) + len(sources), quiet=options["json"]) as advance:
            for source in sources:
                keep(take_in(source))
                advance()

            def done(result: FeedResult | None) -> None:
                if result is not None:
                    keep(result)
                advance()

            run_feeds(feeds, only_due=not options["all"], on_result=done)

    def _print_json(self, results: list[FeedResult]) -> None:
        summary = {**_counts(results), "results": [dataclasses.asdict(result) for result in results]}
        self.stdout.write(json.dumps(summary, ensure_ascii=False, indent=1))

    def _print_table(self, results: list[FeedResult], interrupted: bool) -> None:
        console = Console(width=None if self.stdout.isatty() else _WIDTH, highlight=False)
        with console.capture() as written:
            if failures := [result for result in results if result.failed]:
                failed = Table(_("Failed feed"), _("Why"), box=None, pad_edge=False)
                for result in failures:
                    failed.add_row(escape(result.url), escape(in_words(result.error, result.detail)))
                console.print(failed)
                console.print()
            counts = _counts(results)
            summary = Table(*counts, box=None, pad_edge=False)
            summary.add_row(*(str(number) for number in counts.values()))
            console.print(summary)
        self.stdout.write(written.get(), ending="")
        if interrupted:
            self.stdout.write(_("Interrupted: what was stored stays, the other feeds keep their time."))
        elif not results:
            self.stdout.write(_("No feed is due. --all fetches every enabled feed now; feeds are enabled in the admin."))


def _counts(results: list[FeedResult]) -> dict[str, int]:
    """The figures of the summary, the same in the table and in the JSON."""
    sums = {
        name: sum(getattr(result, name) for result in results) for name in ("entries", "new", "updated", "unchanged", "skipped", "blocked")
    }
    return {"feeds": len(results), **sums, "failed": sum(result.failed for result in results)}


class _Bar:
    """A bar on stderr, where that is a terminal: what goes to a file or another program stays clean."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal or total == 0)
        self._task = self._bar.add_task(_("Feeds"), total=total)

    def __enter__(self) -> Callable[[], None]:
        self._bar.start()
        return lambda: self._bar.advance(self._task)

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()
