"""Taking in a file, or an address that no feed has yet, as an editor asks for it.

It becomes a feed that is not polled, of an outlet of the same host or of a new one named after the feed; an editor may
enable the feed and complete the outlet. Nothing is created for what cannot be read.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_noop

from relations.domain.failures import Failure, IngestError
from relations.domain.feed_language import feed_language, language_of_items
from relations.domain.links import canonical, host_of
from relations.domain.plain_text import plain
from relations.ingest import aside, record
from relations.ingest.document import Document
from relations.ingest.fetch import LARGEST, Answer
from relations.ingest.lease import Job, job_of
from relations.ingest.many import run_feeds
from relations.ingest.polite import HostBusy, ask
from relations.ingest.record import FETCH_FAILED, FeedResult
from relations.ingest.store import Counts, store
from relations.models import Feed, Outlet

GIVEN: Final = gettext_noop("Given to the command ingest.")
"""Where the address of such a feed was found; pages translate it."""

_INTERNATIONAL = "INT"
_PATIENCE = 60.0
_LOOKED_AT = 50
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Told:
    """What was read of a newcomer, before anything is written."""

    answer: Answer
    document: Document
    file: bool


def take_in(source: str) -> FeedResult | None:
    """Fetch or read a feed by its address or the path of its file, and store what is new in it; None where another worker has it."""
    known = _known(source)
    if known is not None and not known.url.startswith("file:"):
        return _run(known)
    try:
        told = _read(source)
        if known is None and (known := _known(source)) is not None and not told.file:
            return _run(known)  # somebody else has taken it in meanwhile
        with transaction.atomic():
            feed = known or _feed(told, source)
            job = _job(feed)
            counts = store(feed.outlet_id, feed.pk, feed.language, told.document.entries, job.started, told.document.gists)
            return _recorded(feed, job, told, counts)
    except IngestError as error:
        if known is not None:  # a file that was read before
            with transaction.atomic():
                return record.failure(_job(known), error, timezone.now(), reschedule=False)
        return FeedResult(None, source, "", FETCH_FAILED, error.kind, error.detail)
    except Exception as error:
        _log.exception("%s failed in a way that nobody foresaw", source)
        return FeedResult(None, source, "", FETCH_FAILED, Failure.UNEXPECTED, f"{type(error).__name__}: {error}")


def _recorded(feed: Feed, job: Job, told: _Told, counts: Counts) -> FeedResult:
    """The record of a success. A file that belongs to a feed of the web says nothing of how that one is doing."""
    now = timezone.now()
    result = record.success(job, told.answer, told.document, counts, now, reschedule=False)
    if not (told.file and feed.of_the_web):
        columns = {**Feed.HEALTHY, **record.news(job, counts, told.document.entries, now)}
        Feed.objects.filter(pk=feed.pk).update(last_success=now, **columns)
    return result


def _run(feed: Feed) -> FeedResult | None:
    """Fetch a feed that is known, under its lease as any worker does."""
    results: list[FeedResult | None] = []
    run_feeds([feed.pk], only_due=False, on_result=results.append)
    return results[0] if results else None


def _known(source: str) -> Feed | None:
    feeds = Feed.objects.select_related("outlet")
    found = feeds.filter(url=source).first()
    if found is None and not source.startswith(("http://", "https://")):
        found = feeds.filter(url=_file_url(source)).first()
    return found


def _file_url(source: str) -> str:
    return Path(source).resolve().as_uri()


def _read(source: str) -> _Told:
    file = not source.startswith(("http://", "https://"))
    answer = _from_file(source) if file else _fetch(source)
    document = aside.read(answer.body or b"", answer.content_type, "" if file else answer.url, with_gists=True)
    return _Told(answer, document, file)


def _fetch(url: str) -> Answer:
    """Ask for an address that is no feed yet, when it is its host's turn."""
    try:
        return ask(url, patience=_PATIENCE)
    except HostBusy as busy:
        raise IngestError(Failure.BUSY, str(busy)) from busy


def _from_file(source: str) -> Answer:
    if "://" in source:
        raise IngestError(Failure.BAD_ADDRESS, "Only addresses that begin with http:// or https:// and files are read.")
    try:
        with Path(source).open("rb") as stream:
            body = stream.read(LARGEST + 1)
    except OSError as error:
        raise IngestError(Failure.UNREADABLE_FILE, error.strerror or type(error).__name__) from None
    if len(body) > LARGEST:
        raise IngestError(Failure.TOO_LARGE, f"The file has more than {LARGEST // 1024} KiB.")
    return Answer("", 0, body)


def _feed(told: _Told, source: str) -> Feed:
    """The feed that a newcomer belongs to: the one whose own address it names, or a new one."""
    own = told.document.self_link if told.file else source
    if own.startswith(("http://", "https://")):
        found = next((feed for feed in Feed.objects.filter(url__contains=host_of(own)) if canonical(feed.url) == canonical(own)), None)
        if found is not None:
            return found
    outlet = _outlet(told, source)
    url = _file_url(source) if told.file else source
    languages = [entry.language for entry in told.document.entries[:_LOOKED_AT]]
    return Feed.objects.create(
        outlet=outlet,
        url=url,
        language=language_of_items(told.document.language, languages),
        format=told.document.format,
        evidence=GIVEN,
        position=outlet.feeds.count(),
    )


def _outlet(told: _Told, source: str) -> Outlet:
    home = told.document.link if told.document.link.startswith(("http://", "https://")) else "" if told.file else source
    host = host_of(home)
    name = plain(told.document.title, 160) or host or Path(source).stem
    known = Outlet.objects.filter(homepage__contains=host) if host else Outlet.objects.filter(homepage="", name=name)
    for outlet in known:
        if host_of(outlet.homepage) == host:
            return outlet
    base = slugify(host.replace(".", "-")) or slugify(name)[:60] or "outlet"
    slug, number = base[:70], 1
    while Outlet.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base[:70]}-{number}"
    outlet = Outlet(
        slug=slug,
        name=name,
        country=_INTERNATIONAL,
        kind="independent",
        homepage=home[:500],
        note="Made by the command ingest from a feed; country and kind are guesses.",
        position=Outlet.objects.count(),
    )
    language = feed_language(told.document.language, told.document.title)
    outlet.languages = (language,) if language else ()
    outlet.save()
    return outlet


def _job(feed: Feed) -> Job:
    """The job of a feed that is not leased: nobody polls it."""
    now = timezone.now()
    return job_of(feed, now, now)
