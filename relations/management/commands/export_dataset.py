"""Write the dataset files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relations.services.dataset import ExportRefused, export


class Command(BaseCommand):
    """Write the dataset files from the database."""

    help = "Write every record to dataset files, in the form that load_dataset reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, help="where to write; it is made if it is missing")
        parser.add_argument("--drafts", action="store_true", help="write drafts too, marked as such (default: leave them out)")
        parser.add_argument("--force", action="store_true", help="write into a directory that holds other things")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = export(options["directory"], drafts=options["drafts"], force=options["force"])
        except ExportRefused as refused:
            raise CommandError(f"Nothing was written. {refused}") from None
        for file, counts in report.counts.items():
            self.stdout.write(f"{file}.json: " + ", ".join(f"{number} {name}" for name, number in counts.items()))
        if report.drafts:
            self.stdout.write(f"Left out as drafts (--drafts writes them): {', '.join(report.drafts)}")
        if report.texts:
            self.stdout.write(f"Full texts of documents stay in the database: {report.texts}")
