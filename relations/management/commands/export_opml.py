"""`manage.py export_opml`: all feeds as a list that any reader of feeds can take in."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from relations.services.opml import export


class Command(BaseCommand):
    """Write all feeds as OPML."""

    help = "Write all feeds, by outlet, as OPML: to standard output, or to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="the file to write; standard output if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        text = export(timezone.now())
        if options["file"] == "-":
            self.stdout.write(text, ending="")
            return
        file = Path(options["file"])
        beside = file.with_name(f".{file.name}.part")  # never half a list under the name of a whole one
        try:
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, file)
        except OSError as error:
            raise CommandError(_("%(file)s cannot be written: %(why)s") % {"file": file, "why": error.strerror}) from None
