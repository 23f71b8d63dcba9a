"""The half of a run that needs no database: fetch, decode, parse, normalise. Safe in a thread."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from relations.domain.failures import IngestError
from relations.domain.feed_entry import Entry, normalise
from relations.ingest.decode import decode
from relations.ingest.fetch import Answer, Policy, fetch
from relations.ingest.parse import Parsed, parse

if TYPE_CHECKING:  # reading needs no database: neither here nor where it is fuzzed
    from relations.ingest.lease import Job


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a feed told: the entries of its answer, ready to store, how many were left out, and the interval that it asks for."""

    answer: Answer
    entries: tuple[Entry, ...] = ()
    skipped: int = 0
    told: dt.timedelta | None = None


def gather(job: Job, policy: Policy) -> Gathered | IngestError:
    """Ask the feed of a job and read its answer; a foreseen failure is a result like any other, the others are raised."""
    return understood(ask(job, policy))


def ask(job: Job, policy: Policy) -> Answer | IngestError:
    """The half that waits for the network. A foreseen failure is a result like any other, the others are raised."""
    try:
        return fetch(job.url, policy, timezone.now(), etag=job.etag, last_modified=job.last_modified)
    except IngestError as error:
        return error


def understood(answer: Answer | IngestError) -> Gathered | IngestError:
    """The half that works: what an answer tells. Some hundred times the memory of its bytes, so one at a time is enough."""
    if isinstance(answer, IngestError):
        return answer
    if answer.body is None:
        return Gathered(answer)
    try:
        parsed, entries, skipped = read(answer.body, answer.content_type, answer.url)
    except IngestError as error:
        return error
    if not parsed.whole:
        # "Not modified" since a part of it would lose the rest.
        answer = replace(answer, etag="", last_modified="")
    return Gathered(answer, entries, skipped, parsed.told)


def read(body: bytes, content_type: str, url: str) -> tuple[Parsed, tuple[Entry, ...], int]:
    """The feed in some bytes, its entries ready to store, and how many were left out. Raises IngestError."""
    parsed = parse(decode(body, content_type))
    entries, left_out = normalise(parsed.entries, parsed.link if parsed.link.startswith(("http://", "https://")) else url)
    return parsed, tuple(entries), parsed.skipped + left_out
