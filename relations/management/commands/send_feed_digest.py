"""`manage.py send_feed_digest`: the daily letter about feeds, now, or on the screen."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.ingest.digest import preview, receivers, send_digest


class Command(BaseCommand):
    """Send the daily letter, or show what it would say."""

    help = "Send the daily letter about feeds that need a human, if it is time and something is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--print", action="store_true", help="show the letter and whom it would go to, and send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if options["print"]:
            self._show(preview(now))
            return
        if not settings.EMAIL_SET_UP:
            raise CommandError(_("No mail can be sent: set EMAIL_URL."))
        try:
            sent = send_digest(now)
        except OSError as error:
            raise CommandError(_("The mail server refused: %(why)s") % {"why": error}) from None
        self.stdout.write(ngettext("%(n)d letter sent.", "%(n)d letters sent.", sent) % {"n": sent})

    def _show(self, draft: Any) -> None:
        if draft is None:
            self.stdout.write(_("Nothing is new."))
            return
        self.stdout.write(_("To: %(addresses)s") % {"addresses": ", ".join(receivers()) or "–"})
        self.stdout.write(_("Subject: %(subject)s") % {"subject": draft.subject})
        self.stdout.write("")
        self.stdout.write(draft.body)
