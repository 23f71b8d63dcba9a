"""The process that reads documents: what comes of one that takes too much, and what of the worker beside it."""

from __future__ import annotations

import datetime as dt
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from relations.domain.articles import Trouble, Unread
from relations.domain.failures import Failure, IngestError
from relations.domain.gist import gists
from relations.ingest import aside, aside_words
from relations.ingest.aside import Aside, ReadingFailed
from relations.ingest.aside_words import Asked
from relations.ingest.document import Document
from relations.ingest.extract import article
from relations.ingest.read import read
from tests.fixtures.processes import ROOT
from tests.ingest.feed_server import FEEDS
from tests.ingest.pages import page

AGENCY = Asked((FEEDS / "agency_en.rss.xml").read_bytes(), "", "https://x.example.org/feed")
ITEM = "<item><title>{n}</title><guid>{n}</guid><description>{words}</description></item>"


def feed(items: str) -> Asked:
    return Asked(f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode(), "", "https://e.org/")


def large(mebibytes: int = 4) -> Asked:
    """As much as a fetch brings, in a form that makes a parser work."""
    return feed("".join(ITEM.format(n=n, words="&lt;p&gt;a &amp;amp; b&lt;/p&gt; " * 340) for n in range(mebibytes * 90)))


@pytest.fixture
def made() -> Iterator[list[Aside]]:
    """Processes that end with the test."""
    processes: list[Aside] = []
    yield processes
    for each in processes:
        each.end()


def start(made: list[Aside], **limits: float) -> Aside:
    made.append(Aside(**limits))  # type: ignore[arg-type]
    return made[-1]


def process(of: Aside) -> int:
    assert of._process is not None
    return of._process.pid


def test_it_reads_what_reading_here_would_read(made: list[Aside]) -> None:
    here = read(*AGENCY[:3], with_gists=True)
    assert start(made).ask(AGENCY._replace(with_gists=True)) == here
    entry = here.entries[0]
    assert here.entries and here.gists[entry.key] == gists([(entry.title, entry.summary)])[0]
    assert start(made).ask(AGENCY) == read(*AGENCY[:3])


def test_one_process_reads_one_document_after_the_other(made: list[Aside]) -> None:
    reads = start(made)
    reads.ask(AGENCY)
    pid = process(reads)
    with pytest.raises(IngestError) as caught:
        reads.ask(Asked(b"<html><form><input type='password'></form></html>", "text/html"))
    assert (caught.value.kind, caught.value.detail) == (Failure.LOGIN_PAGE, "The server shows a login page instead of the feed.")
    reads.ask(AGENCY)
    assert process(reads) == pid


def test_articles_are_read_there_too(made: list[Aside]) -> None:
    reads = start(made)
    text = reads.ask(Asked(page("en").encode(), "text/html", article=True))
    assert isinstance(text, str) and text == article(page("en").encode(), "text/html")
    with pytest.raises(Unread) as caught:
        reads.ask(Asked(b"{}", "application/json", article=True))
    assert caught.value.kind is Trouble.NOT_A_PAGE
    with pytest.raises(Unread) as caught:
        reads.ask(Asked(b" ", "text/html", article=True))
    assert caught.value.kind is Failure.EMPTY


def test_a_document_that_takes_too_long_costs_the_process_and_not_the_worker(made: list[Aside]) -> None:
    reads = start(made, seconds=0.02)
    with pytest.raises(IngestError) as caught:
        reads.ask(large())
    assert (caught.value.kind, caught.value.detail) == (Failure.TOO_HEAVY, "It takes more than 0.02 seconds to read.")
    assert start(made).ask(AGENCY)


def test_as_much_as_a_fetch_brings_is_within_the_limits(made: list[Aside]) -> None:
    told = start(made).ask(large())
    assert isinstance(told, Document) and len(told.entries) == 360


def test_a_document_that_takes_too_much_memory_costs_the_process(made: list[Aside]) -> None:
    reads = start(made, mebibytes=64)
    with pytest.raises(IngestError) as caught:
        reads.ask(large())
    assert (caught.value.kind, caught.value.detail) == (Failure.TOO_HEAVY, "It takes more than 64 MiB of memory to read.")
    assert isinstance(reads.ask(AGENCY), Document), "the next document has a new process"


def test_a_process_that_says_nothing_is_ended(made: list[Aside]) -> None:
    reads = start(made)
    reads.ask(AGENCY)  # which takes longer than that on a busy machine: the process starts
    reads._hangs = 0.5
    os.kill(process(reads), signal.SIGSTOP)
    with pytest.raises(IngestError) as caught:
        reads.ask(AGENCY)
    assert (caught.value.kind, caught.value.detail) == (Failure.TOO_HEAVY, "Not read within 0.5 seconds.")
    assert reads._process is None


def test_a_process_that_was_ended_between_two_documents_is_started_anew(made: list[Aside]) -> None:
    reads = start(made)
    reads.ask(AGENCY)
    first = process(reads)
    os.kill(first, signal.SIGKILL)
    assert reads._process is not None
    reads._process.wait()
    assert isinstance(reads.ask(AGENCY), Document)
    assert process(reads) != first


def test_after_a_document_that_took_much_the_next_one_has_a_new_process(made: list[Aside]) -> None:
    """Memory that was used once is not given back."""
    reads = start(made, mebibytes=200)
    reads.ask(AGENCY)
    assert reads._process is not None
    reads.ask(large())
    assert reads._process is None
    assert reads.ask(AGENCY) == read(*AGENCY[:3])


def test_an_error_that_nobody_foresaw_says_where_it_was(made: list[Aside]) -> None:
    with pytest.raises(ReadingFailed, match=r"^TypeError: ") as caught:
        start(made).ask(Asked("no bytes", ""))  # type: ignore[arg-type]
    assert "Traceback" in caught.value.__notes__[0]


def test_what_is_interrupted_leaves_no_answer_for_the_next(made: list[Aside], monkeypatch: pytest.MonkeyPatch) -> None:
    """Celery interrupts a task that takes too long."""
    reads = start(made)

    def interrupted(*_: object) -> None:
        raise TimeoutError

    with monkeypatch.context() as patch:
        patch.setattr(aside, "receive", interrupted)
        with pytest.raises(TimeoutError):
            reads.ask(large(1))
    assert reads.ask(AGENCY) == read(*AGENCY[:3])


def test_several_threads_share_one_process(made: list[Aside]) -> None:
    reads = start(made)
    told: list[object] = []
    threads = [threading.Thread(target=lambda: told.append(reads.ask(AGENCY))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [read(*AGENCY[:3])] * 6


def test_it_is_given_no_secret(made: list[Aside], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hidden")
    monkeypatch.setenv("DATABASE_URL", "postgres://u:p@db/x")
    reads = start(made)
    reads.ask(AGENCY)
    environment = Path(f"/proc/{process(reads)}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"hidden" not in environment and b"postgres" not in environment


WORKER = """
import os, sys, django
django.setup()
from relations.ingest import aside
aside.read(b"<rss version='2.0'><channel><title>T</title></channel></rss>", "", "")
print(aside._aside(os.getpid())._process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, None])
def test_it_ends_with_the_worker_however_that_ends(end: signal.Signals | None) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "relations.config.settings"}
    command = [sys.executable, "-c", WORKER]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=nowhere) as worker:
        assert worker.stdin is not None and worker.stdout is not None
        pid = int(worker.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        worker.send_signal(end) if end else worker.stdin.close()
        worker.wait()
    gone = time.monotonic() + 20
    while _lives(pid):
        assert time.monotonic() < gone
        time.sleep(0.01)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # where nobody in the container collects the dead


class Harm:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("true",)


@pytest.mark.parametrize("message", [*map(pickle.dumps, (Harm(), Path("/"), 5, (1, 2))), b"", b"no pickle"])
def test_an_answer_builds_nothing_but_plain_values(message: bytes) -> None:
    with pytest.raises((pickle.UnpicklingError, TypeError, ValueError, EOFError, AttributeError)):
        aside_words.answered(message)


def test_a_message_that_is_longer_than_any_can_be_is_not_read() -> None:
    with pytest.raises(ValueError, match="bytes"):
        aside_words.receive(io.BytesIO(b"\xff" * 8 + b"\0"))
    assert aside_words.receive(io.BytesIO(b"\0" * 7)) is None
    assert aside_words.receive(io.BytesIO(b"\0" * 7 + b"\5\0abc")) is None, "the other side has ended within a message"


def test_moments_and_spans_come_as_they_were_sent() -> None:
    document = read(*AGENCY[:3])
    told = aside_words.answered(aside_words.answer(document))
    assert told == document
    assert isinstance(told, Document)
    moment = told.entries[0].published
    assert moment is not None and moment.tzinfo is dt.UTC
