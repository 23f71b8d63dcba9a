"""Load the dataset files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relations.domain.dataset.plan import Action
from relations.services.dataset import DatasetRefused, LoadReport, load


class Command(BaseCommand):
    """Load the dataset files into the database."""

    help = "Load the dataset files: add what is new, bring up to date what changed, leave what editors changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, help="where the files are (default: the facts that come with the project)")
        parser.add_argument("--overwrite", action="store_true", help="let the files win over what editors changed or deleted")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load(options["directory"], overwrite=options["overwrite"])
        except DatasetRefused as refused:
            raise CommandError("\n".join(["Nothing was loaded.", *bounded(refused.problems)])) from None
        self.stdout.write(table(report))


MOST = 50
"""How many lines of one sort are printed."""


def bounded(lines: list[str]) -> list[str]:
    """The first lines, and how many more there are."""
    return lines if len(lines) <= MOST else [*lines[:MOST], f"… and {len(lines) - MOST} more"]


COLUMNS = (Action.ADD, Action.CHANGE, Action.UNCHANGED, Action.KEEP, Action.LEAVE_OUT)


def table(report: LoadReport) -> str:
    """The counts of a load, a line a kind, and the records to be told by name."""
    lines = [f"{'':14}" + "".join(f"{action.value:>11}" for action in COLUMNS)]
    for kind, counter in report.counts.items():
        lines.append(f"{kind:14}" + "".join(f"{counter[action]:>11}" for action in COLUMNS))
    lines.append(f"{'all':14}" + "".join(f"{report.total(action):>11}" for action in COLUMNS))
    lines += bounded([f"{named.kind}: {named.key}: {named.reason}" for named in report.named])
    return "\n".join(lines)
