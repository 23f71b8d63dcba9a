"""The half of a run that needs no database: fetch, and have read what was fetched. Safe in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.utils import timezone

from relations.domain.failures import IngestError
from relations.ingest import aside
from relations.ingest.document import Document
from relations.ingest.fetch import Answer, Policy, fetch
from relations.ingest.lease import Job


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a feed told: its answer, and what was read of that."""

    answer: Answer
    document: Document = field(default_factory=Document)


def gather(job: Job, policy: Policy) -> Gathered | IngestError:
    """Ask the feed of a job and read its answer; a foreseen failure is a result like any other, the others are raised."""
    return understood(job, ask(job, policy))


def ask(job: Job, policy: Policy) -> Answer | IngestError:
    """The half that waits for the network. A foreseen failure is a result like any other, the others are raised."""
    try:
        return fetch(job.url, policy, timezone.now(), etag=job.etag, last_modified=job.last_modified)
    except IngestError as error:
        return error


def understood(job: Job, answer: Answer | IngestError, *, with_gists: bool = True) -> Gathered | IngestError:
    """The half that waits for the process that reads: what an answer tells, with the gists of entries where most will be new."""
    if isinstance(answer, IngestError):
        return answer
    if answer.body is None:
        return Gathered(answer)
    try:
        # Of a feed that was never stored nearly all entries are new. Later a few are, and their gists are found where they are stored.
        with_gists = with_gists and job.last_success is None
        document = aside.read(answer.body, answer.content_type, answer.url, with_gists=with_gists, language=job.language)
    except IngestError as error:
        return error
    if not document.whole:
        # "Not modified" since a part of it would lose the rest.
        answer = replace(answer, etag="", last_modified="")
    return Gathered(answer, document)
