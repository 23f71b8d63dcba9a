"""`manage.py retire_items`: let old items go that no record stands on."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from relations.domain.retention import cutoff
from relations.ingest import retention


class Command(BaseCommand):
    """Turn old items into tombstones."""

    help = "Let items go that are older than INGEST_KEEP_MONTHS and that no record stands on; they are not taken in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        now, dry_run = timezone.now(), options["dry_run"]
        before = cutoff(now, settings.INGEST_KEEP_MONTHS)
        if before is None:
            self.stdout.write(_("Every item is kept: INGEST_KEEP_MONTHS is 0."))
            return
        done = retention.retire(now, dry_run=dry_run)
        swept = 0 if dry_run else retention.sweep_stories()
        numbers = {
            "date": f"{before:%Y-%m-%d}",
            "seen": done.looked_at,
            "gone": done.retired,
            "kept": done.kept,
            "stories": done.stories + swept,
        }
        if dry_run:
            words = _("%(seen)s items first seen before %(date)s: %(gone)s would go, %(kept)s are kept. Nothing was changed.")
        else:
            words = _(
                "%(seen)s items first seen before %(date)s: %(gone)s went, %(kept)s are kept. Stories that went with them: %(stories)s."
            )
        self.stdout.write(words % numbers)
