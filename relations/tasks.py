"""Jobs of Celery: three lines each over plain functions, ids in, nothing but the database out."""

from __future__ import annotations

from celery import shared_task

from relations.ingest import runner

_EXPIRES = 55
"""Seconds. A feed that no worker has begun by then is still due, and is handed out again by the next minute's job."""


@shared_task(name="relations.tasks.fetch_due_feeds")
def fetch_due_feeds() -> None:
    """Every minute: one job for each feed that is due, at most `runner.MOST_DUE`."""
    for feed_id in runner.due_feeds():
        fetch_feed.apply_async((feed_id,), expires=_EXPIRES)


@shared_task(name="relations.tasks.fetch_feed", soft_time_limit=120, time_limit=180)
def fetch_feed(feed_id: int) -> None:
    """Fetch one feed if it is still due; the lease makes a second job for it harmless."""
    runner.run_feed(feed_id)
