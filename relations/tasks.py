"""Jobs of Celery: three lines each over plain functions, ids in, nothing but the database out."""

from __future__ import annotations

import logging
from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from relations.ingest import articles, cluster, retention, rules, runner
from relations.ingest.digest import send_digest
from relations.services import candidates, feeds, news_counts, readings

# Whoever enqueues must do it through our application, not through the one that Celery makes up where it finds none.
import_module(settings.JOBS_APP)

_EXPIRES = 55
"""Seconds. A feed that no worker has begun by then is still due, and is handed out again by the next minute's job."""

_RULED_AT_ONCE = 50_000
"""Stored items that one job judges, well within the time that a job has."""

_RETIRED_AT_ONCE = 20_000
"""Old items that one job looks at."""

_log = logging.getLogger(__name__)


@shared_task(name="relations.tasks.fetch_due_feeds")
def fetch_due_feeds() -> None:
    """Every minute: one job for each feed that is due, those of one host one after the other."""
    for feed_id, delay in runner.due_feeds_with_delays():
        fetch_feed.apply_async((feed_id,), countdown=delay, expires=_EXPIRES)


@shared_task(name="relations.tasks.fetch_feed", soft_time_limit=120, time_limit=180)
def fetch_feed(feed_id: int, only_due: bool = True) -> None:
    """Fetch one feed; the lease makes a second job for it harmless. One whose host is busy comes back shortly."""
    outcome = runner.run_feed(feed_id, only_due=only_due)
    if isinstance(outcome, runner.Postponed) and not outcome.asked:
        wait = max((outcome.until - timezone.now()).total_seconds(), 0.1)
        fetch_feed.apply_async((feed_id, only_due), countdown=wait, expires=wait + _EXPIRES)


@shared_task(name="relations.tasks.forget_old_attempts")
def forget_old_attempts() -> None:
    """Every night: the attempts that are too old to be shown go."""
    feeds.forget_old_attempts(timezone.now())


@shared_task(name="relations.tasks.send_feed_digest")
def send_feed_digest() -> None:
    """Every hour where mail is set up: the letter of the day, once, if something is new. A refused letter is tried an hour later."""
    send_digest(timezone.now())


@shared_task(name="relations.tasks.fetch_articles")
def fetch_articles() -> None:
    """Every five minutes: the articles behind new items, of the outlets that allow it."""
    articles.fetch_articles(reader=readings.read_text)


@shared_task(name="relations.tasks.read_news")
def read_news() -> None:
    """Every minute: what is stored and not yet read, the newest first; several workers never read the same item."""
    readings.read_stored(seconds=readings.SECONDS)


@shared_task(name="relations.tasks.tidy_up_news")
def tidy_up_news() -> None:
    """Every night: what nobody may compare, tell or keep any more goes; the old items by jobs of their own."""
    now = timezone.now()
    cluster.prune(now)
    retention.shorten_texts()
    retention.sweep_stories()
    readings.give_back_lost()
    candidates.forget_texts(now)
    news_counts.recount()
    retire_old_items.apply_async()


@shared_task(name="relations.tasks.retire_old_items")
def retire_old_items(after: int = 0) -> None:
    """Old items become tombstones, some at a time: the next job goes on behind the last item of this one."""
    done = retention.retire(timezone.now(), after=after, most=_RETIRED_AT_ONCE)
    if not done.finished:
        retire_old_items.apply_async((done.last,))


@shared_task(name="relations.tasks.apply_rules")
def apply_rules(feeds: list[int] | None = None, after: int = 0) -> None:
    """Judge stored items by the rules, some at a time: the next job goes on behind the last item of this one."""
    done = rules.apply(feeds, after=after, most=_RULED_AT_ONCE)
    if not done.finished:
        apply_rules.apply_async((feeds, done.last))


def hand_out_rules(feeds: list[int] | None) -> bool:
    """Have a worker apply the rules to what is stored of some feeds, or of all; False where the queue is out of reach."""
    try:
        apply_rules.apply_async((feeds,), retry=False)
    except OperationalError as error:
        _log.warning("the rules were not handed to a worker: %s", error)
        return False
    return True


def hand_out(feed_id: int) -> bool:
    """Have a worker fetch a feed at once, whether it is due or not; False where the queue is out of reach.

    For doors, after `services.feeds.fetch_now`, which has made the feed due: then the next minute's look hands it out.
    """
    try:
        fetch_feed.apply_async((feed_id, False), expires=600, retry=False)
    except OperationalError as error:
        _log.warning("feed %s was not handed to a worker: %s", feed_id, error)
        return False
    return True
