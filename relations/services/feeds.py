"""What editors decide about a feed: fetch it now, let it rest, let it move. Each is written into the history with its author.

None of these fetches anything. The door that calls `fetch_now` hands the feed to a worker as well (`relations.tasks.hand_out`);
should the queue be out of reach, the feed is due and is taken up by the next minute's look.
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relations.models import Feed, FetchAttempt

KEEP_ATTEMPTS: Final = dt.timedelta(days=100)
"""How far back a page about a feed can tell its past."""

_BATCH: Final = 5_000


class NotPossible(Exception):
    """An editor asked for what cannot be done; the message says why, to be shown."""


def fetch_now(feed_id: int) -> bool:
    """Make a feed due now, whatever its schedule says; False where there is no such feed, or it is a file.

    Backoff and needs-human state stay as they are until the fetch has told something new. A feed that is being fetched
    right now is fetched once more afterwards.
    """
    return bool(Feed.objects.filter(pk=feed_id, url__startswith="http").update(next_check=timezone.now()))


def pause(feed: Feed, user: object | None = None) -> bool:
    """Stop fetching a feed until it is resumed; False where it was paused already. A fetch that is under way is finished."""
    return _switch(feed, True, user)


def resume(feed: Feed, user: object | None = None) -> bool:
    """Fetch a paused feed again, from now on; False where it was not paused."""
    if not _switch(feed, False, user):
        return False
    return fetch_now(feed.pk)


def enable(feed: Feed, user: object | None = None) -> bool:
    """Fetch a feed that was only proposed, from now on; False where it was enabled already. Raises NotPossible for a file."""
    with transaction.atomic():
        current = Feed.objects.select_for_update().get(pk=feed.pk)
        if current.enabled:
            return False
        if not current.of_the_web:
            raise is_a_file()
        current.enabled, current.next_check = True, timezone.now()
        _save(current, ("enabled", "next_check"), user)
    feed.refresh_from_db()
    return True


def disable(feed: Feed, user: object | None = None) -> bool:
    """Stop fetching a feed, as if it had only been proposed; False where it was not enabled."""
    with transaction.atomic():
        current = Feed.objects.select_for_update().get(pk=feed.pk)
        if not current.enabled:
            return False
        current.enabled = False
        _save(current, ("enabled",), user)
    feed.refresh_from_db()
    return True


def accept_new_address(feed: Feed, user: object | None = None) -> str:
    """Let a feed move to the address that it has been redirecting to, and fetch it there at once; gives the new address.

    Raises NotPossible where nothing is proposed any more, or the address is another feed's.
    """
    with transaction.atomic():
        current = Feed.objects.select_for_update().get(pk=feed.pk)
        proposed = current.proposed_url
        if not proposed:
            raise NotPossible(_("No new address is proposed for this feed any more."))
        _check(current, proposed)
        current.url = proposed
        current.next_check = timezone.now()
        _save(current, ("url", "next_check"), user)
    feed.refresh_from_db()
    return proposed


def reject_new_address(feed: Feed, user: object | None = None) -> str:
    """Keep the old address; the one that was proposed is not proposed again. Gives the rejected address.

    Raises NotPossible where nothing is proposed any more.
    """
    with transaction.atomic():
        current = Feed.objects.select_for_update().get(pk=feed.pk)
        rejected = current.proposed_url
        if not rejected:
            raise NotPossible(_("No new address is proposed for this feed any more."))
        current.rejected_url, current.proposed_url, current.proposed_since = rejected, "", None
        _save(current, ("rejected_url", "proposed_url", "proposed_since"), user)
    feed.refresh_from_db()
    return rejected


def forget_old_attempts(now: dt.datetime) -> int:
    """Delete the attempts older than KEEP_ATTEMPTS, a batch at a time; gives how many went."""
    total = 0
    while True:
        # Rows are written in the order of time: looking at the first ones needs no index of their times.
        first = FetchAttempt.objects.order_by("pk").values_list("pk", "started")[:_BATCH]
        old = [pk for pk, started in first if started < now - KEEP_ATTEMPTS]
        if not old:
            return total
        total += FetchAttempt.objects.filter(pk__in=old).delete()[0]


def is_a_file() -> NotPossible:
    """Why a feed that was taken in from a file cannot be fetched."""
    return NotPossible(_("It is a file that was taken in by hand, and has no address to be fetched from."))


def _switch(feed: Feed, paused: bool, user: object | None) -> bool:
    with transaction.atomic():
        current = Feed.objects.select_for_update().get(pk=feed.pk)
        if current.paused == paused:
            return False
        current.paused = paused
        _save(current, ("paused",), user)
    feed.refresh_from_db()
    return True


def _check(feed: Feed, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotPossible(_("The proposed address is not an address of the web: %(url)s") % {"url": url})
    if urlsplit(feed.url).scheme == "https" and parts.scheme == "http":
        raise NotPossible(_("The proposed address gives up the encryption: %(url)s") % {"url": url})
    other = Feed.objects.filter(url=url).exclude(pk=feed.pk).select_related("outlet").first()
    if other is not None:
        raise NotPossible(
            _("The proposed address is a feed already, of %(outlet)s: pause this one instead.") % {"outlet": other.outlet.name}
        )


def _save(feed: Feed, columns: tuple[str, ...], user: object | None) -> None:
    if user is not None:
        feed._history_user = user  # type: ignore[attr-defined]
    feed.save(update_fields=columns)
