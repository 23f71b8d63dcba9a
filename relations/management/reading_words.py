"""What a run of the reader came to, in a line for the terminal."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.services.reading_done import Done


def in_one_line(done: Done, unread: int) -> str:
    """How many items were read and what came of them; how many are left to the next run, where any are."""
    read = ngettext("%(read)d item read", "%(read)d items read", done.read)
    words = _("%(read)s: %(relevant)d relevant, %(linked)d linked, %(drafted)d drafted.") % {
        "read": read % {"read": done.read},
        "relevant": done.relevant,
        "linked": done.linked,
        "drafted": done.drafted,
    }
    parts = [words]
    if done.failed:
        failed = ngettext("On %(n)d the reader failed; the log says why.", "On %(n)d the reader failed; the log says why.", done.failed)
        parts.append(failed % {"n": done.failed})
    if unread:
        left = ngettext("%(n)d item is left to the next run.", "%(n)d items are left to the next run.", unread)
        parts.append(left % {"n": unread})
    return " ".join(parts)
