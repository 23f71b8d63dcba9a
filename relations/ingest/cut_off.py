"""Where no host name can be resolved, this machine is cut off: no feed is put off for that, and all are back soon after it ends."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Q

from relations.domain.failures import Failure
from relations.domain.feed_health import Outage, Vitals, outage
from relations.domain.links import host_of
from relations.domain.scheduling import longest_without_network
from relations.ingest.lease import Job
from relations.models import Feed


def cut_off(job: Job, now: dt.datetime) -> Outage | None:
    """The outage that explains why the name of this feed could not be resolved just now; None where it alone failed. Two queries."""
    working = Feed.objects.working().exclude(pk=job.feed).order_by()
    reached = max(filter(None, (working.aggregate(at=Max("last_success"))["at"], job.last_success)), default=None)
    failing = working.filter(failing_since__isnull=False)
    rows = (failing.filter(failing_since__gt=reached) if reached else failing).values_list("url", "failing_since", "last_error")
    others = [Vitals(host=host_of(url), last_success=reached, failing_since=since, error=error) for url, since, error in rows]
    this = Vitals(host=host_of(job.url), last_success=job.last_success, failing_since=job.failing_since or now, error=Failure.UNRESOLVED)
    found = outage([this, *others])
    return found if found and found.covers(this) else None


def bring_forward(found: Outage, following: dt.datetime, now: dt.datetime) -> None:
    """Have the feeds tried again at `following` that were put off further before the outage was known. Those that a worker has are left
    to it: no two runs wait for each other's rows."""
    late = longest_without_network(now)
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    put_off = Feed.objects.working().filter(free, last_error=Failure.UNRESOLVED, failing_since__gte=found.since, next_check__gt=late)
    ids = list(put_off.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True))
    if ids:
        Feed.objects.filter(pk__in=ids).update(next_check=following)
