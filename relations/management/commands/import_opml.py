"""`manage.py import_opml`: propose the feeds of a list. Nothing is fetched, enabled or deleted."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.domain.opml import LARGEST, OpmlError
from relations.ingest.opml import flaw_in_words, import_opml, refusal_in_words
from relations.services.opml import Imported, Line


class Command(BaseCommand):
    """Propose the feeds of an OPML file."""

    help = "Propose the feeds of an OPML file: new ones are added disabled and unverified, nothing is deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        file: str = options["file"]
        try:
            told = import_opml(_read(file), _("standard input") if file == "-" else file)
        except OpmlError as error:
            raise CommandError(flaw_in_words(error)) from None
        self._tell(told)

    def _tell(self, told: Imported) -> None:
        self._list(_("Added:"), told.added)
        self._list(_("Refused:"), told.refused)
        added = ngettext("%(n)d feed added, disabled", "%(n)d feeds added, disabled", len(told.added)) % {"n": len(told.added)}
        known = ngettext("%(n)d known already", "%(n)d known already", len(told.known)) % {"n": len(told.known)}
        refused = ngettext("%(n)d refused", "%(n)d refused", len(told.refused)) % {"n": len(told.refused)}
        self.stdout.write(f"{added}; {known}; {refused}.")

    def _list(self, heading: str, lines: Iterable[Line]) -> None:
        for number, line in enumerate(lines):
            if number == 0:
                self.stdout.write(heading)
            words = f"{line.title}: {refusal_in_words(line.refusal)}" if line.refusal else f"{line.title}  {line.address}"
            self.stdout.write(f"  {words}")


def _read(file: str) -> bytes:
    """At most one byte more than is allowed: enough to tell that a file is too large."""
    if file == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        with open(file, "rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(why)s") % {"file": file, "why": error.strerror}) from None
