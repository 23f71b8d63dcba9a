"""`manage.py ingest`: fetch feeds now, with a progress bar for people and JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from relations.domain.failures import Failure
from relations.ingest import runner
from relations.ingest.many import run_feeds
from relations.ingest.newcomer import take_in
from relations.ingest.record import FeedResult
from relations.ingest.words import in_words
from relations.management.reading_words import in_one_line
from relations.services.reading_done import Done, unread

_INTERRUPTED = 130
_WIDTH = 120
_TOLD = tuple(FeedResult.__dataclass_fields__)
_SUMMED = ("entries", "new", "updated", "unchanged", "skipped", "blocked")


@dataclass
class _Run:
    """What came of a run. `elsewhere` counts the feeds that another run has."""

    results: list[FeedResult] = field(default_factory=list)
    elsewhere: int = 0
    interrupted: bool = False
    reading: Done = field(default_factory=Done)
    unread: int = 0

    def keep(self, result: FeedResult | None) -> None:
        """Note what came of one feed."""
        if result is None:
            self.elsewhere += 1
        else:
            self.results.append(result)

    def counts(self) -> dict[str, int]:
        """The figures of the summary, the same in the table and in the JSON."""
        sums = {name: sum(getattr(result, name) for result in self.results) for name in _SUMMED}
        return {"feeds": len(self.results), **sums, "failed": sum(result.failed for result in self.results), "elsewhere": self.elsewhere}


class Command(BaseCommand):
    """Fetch feeds and store what is new."""

    help = "Fetch feeds and store what is new: those that are due, all that are enabled, or the given addresses and files."
    # Not the checks of pages and forms: they would load all of both, half as much again as a run needs.
    requires_system_checks = (Tags.files, "jobs")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="URL_OR_FILE", help="address of a feed, known or new, or a file")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--due", action="store_true", help="the enabled feeds whose time has come (the default)")
        which.add_argument("--all", action="store_true", help="all enabled feeds that are not paused, whether their time has come or not")
        parser.add_argument("--json", action="store_true", help="print the summary as JSON, with the result of each feed")
        parser.add_argument("--no-reading", action="store_true", help="leave the reading of new items to the worker or to read_news")

    def handle(self, *args: Any, **options: Any) -> None:
        run = _Run()
        try:
            self._run(options, run)
        except KeyboardInterrupt:
            run.interrupted = True
        self._print_json(run) if options["json"] else self._print_table(run)
        if not options["json"] and (said := _closing_words(run, everything=options["all"])):
            self.stdout.write(said)
        if run.interrupted:
            sys.exit(_INTERRUPTED)
        if run.results and all(result.failed for result in run.results):
            sys.exit(1)

    def _run(self, options: dict[str, Any], run: _Run) -> None:
        sources: list[str] = options["sources"]
        feeds = []
        if options["all"]:
            feeds = runner.enabled_feeds()
        elif options["due"] or not sources:
            feeds = runner.due_feeds()
        with _Bar(len(feeds) + len(sources), quiet=options["json"]) as advance:

            def done(result: FeedResult | None) -> None:
                run.keep(result)
                advance()

            for source in sources:
                done(take_in(source))

            run_feeds(feeds, only_due=not options["all"], on_result=done)
        if not options["no_reading"]:
            from relations.services import readings  # only here: loading the reader takes as long as all the rest

            run.reading = readings.read_stored(seconds=readings.SECONDS)
        run.unread = unread()

    def _print_json(self, run: _Run) -> None:
        summary = {**run.counts(), "reading": {**run.reading.counts(), "unread": run.unread}}
        # A feed a line: indented by the library, it would take a twentieth of the time that a feed takes that has not changed.
        results = [json.dumps({name: getattr(each, name) for name in _TOLD}, ensure_ascii=False) for each in run.results]
        told = ",\n".join(results)
        self.stdout.write(f'{json.dumps(summary)[:-1]},\n"results": [\n{told}\n]}}')

    def _print_table(self, run: _Run) -> None:
        console = Console(width=None if self.stdout.isatty() else _WIDTH, highlight=False)
        with console.capture() as written:
            if failures := [result for result in run.results if result.failed]:
                failed = Table(_("Failed feed"), _("Why"), box=None, pad_edge=False)
                for result in failures:
                    failed.add_row(escape(result.url), escape(in_words(result.error, result.detail)))
                console.print(failed)
                console.print()
            counts = run.counts()
            summary = Table(*counts, box=None, pad_edge=False)
            summary.add_row(*(str(number) for number in counts.values()))
            console.print(summary)
        self.stdout.write(written.get(), ending="")
        if run.reading.read:
            self.stdout.write(in_one_line(run.reading, run.unread))


def _closing_words(run: _Run, *, everything: bool) -> str:
    """What somebody at the terminal should know beside the figures; empty where they say it all."""
    if run.interrupted:
        return _("Interrupted: what was stored stays, the other feeds keep their time.")
    if run.elsewhere:
        left = ngettext(
            "%(n)d feed was left to another run that has it.", "%(n)d feeds were left to another run that has them.", run.elsewhere
        )
        return left % {"n": run.elsewhere}
    if not run.results:
        following = runner.next_due()
        if following is None:
            return _("No feed is enabled. Feeds are enabled on the page of the feeds or in the admin.")
        when = {"time": f"{following.astimezone(dt.UTC):%Y-%m-%d %H:%M}"}
        return _("No feed is due before %(time)s UTC. --all fetches every enabled feed that is not paused now.") % when
    if len(run.results) > 1 and all(result.error == Failure.UNRESOLVED for result in run.results):
        return _("No host name could be resolved: this machine seems to be without the internet. Each feed is tried again by itself.")
    return ""


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
