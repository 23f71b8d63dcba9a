"""`manage.py fetch_articles`: read the articles behind new items now."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relations.ingest import articles
from relations.models import Outlet
from relations.models.choices import FullText


class Command(BaseCommand):
    """Read articles of the outlets that allow it."""

    help = "Fetch the articles behind new items that name a relationship, of the outlets whose full text is switched on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--most", type=int, default=articles.MOST, metavar="NUMBER", help=f"articles to read; {articles.MOST} by default"
        )
        parser.add_argument(
            "--seconds",
            type=float,
            default=articles.SECONDS,
            metavar="SECONDS",
            help=f"begin no other article after so many seconds; {articles.SECONDS:.0f} by default",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not Outlet.objects.exclude(full_text=FullText.OFF).exists():
            self.stdout.write(_("No outlet has its articles read: its full text is switched on in the admin, where the outlet allows it."))
            return
        done = articles.fetch_articles(most=max(options["most"], 0), seconds=options["seconds"])
        numbers = {"read": done.read, "waiting": done.waiting, "failed": done.failed, "postponed": done.postponed}
        words = pgettext(
            "articles", "%(read)s read, %(waiting)s failed and tried again later, %(failed)s given up, %(postponed)s left to the next run."
        )
        self.stdout.write(words % numbers)
