"""`manage.py apply_rules`: judge stored items by the rules of today."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from relations.ingest import rules
from relations.models import Feed


class Command(BaseCommand):
    """Apply the rules to what is stored."""

    help = "Judge stored items by the enabled rules: what they block is hidden, what they no longer block is shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--feed", type=int, action="append", metavar="NUMBER", help="only the items of this feed; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        feeds: list[int] | None = options["feed"]
        if feeds is not None and (unknown := set(feeds) - set(Feed.objects.filter(pk__in=feeds).values_list("pk", flat=True))):
            raise CommandError(f"There is no feed with the number {min(unknown)}.")
        done = rules.apply(feeds)
        self.stdout.write(f"{done.looked_at} items looked at, {done.hidden} hidden, {done.shown} shown again.")
