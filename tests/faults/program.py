"""`python -m tests.faults.program worker|beat …`: the product's own worker and beat, in more of a hurry.

Leases and turns at hosts run out after seconds instead of minutes, and beat looks for due feeds four times a second, so that a test
sees within a minute what else takes an hour. Nothing else is changed.
"""

from __future__ import annotations

import datetime as dt
import sys

import django

LEASE = dt.timedelta(seconds=5)
TURN = dt.timedelta(seconds=3)


def hurry() -> None:
    """Make leases and turns short."""
    from relations.ingest import lease, turns

    lease.LENGTH = LEASE  # type: ignore[misc]
    turns.LENGTH = TURN  # type: ignore[misc]


def main(arguments: list[str]) -> None:
    """Run Celery with these arguments."""
    django.setup()
    hurry()
    from relations.config.celery import app

    app.conf.beat_schedule = {"look": {"task": "relations.tasks.fetch_due_feeds", "schedule": 0.25, "options": {"expires": 5}}}
    app.conf.beat_max_loop_interval = 0.25
    app.start(arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
