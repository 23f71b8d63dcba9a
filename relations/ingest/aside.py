"""Documents are read aside: in a process of this worker's own, beside the one that stores.

A document is written by a stranger. What takes too much processor time or memory, or brings a parser down, costs that process,
which is then started anew, and its feed a failure of its own kind; the worker and what it holds stay. And while one document is
read another one is stored. The process starts when the first document comes, and ends with the worker, however that ends.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import functools
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Final

from django.conf import settings

from relations.domain.articles import Trouble, Unread
from relations.domain.failures import Failure, IngestError
from relations.ingest.aside_words import OUT_OF_MEMORY, Asked, Failed, answered, receive, request, send
from relations.ingest.document import Document

SECONDS: Final = 10.0
"""Of processor time that one document may take: the worst ones that are known take four."""

MEBIBYTES: Final = 512
"""Of memory that the process may take. An ordinary document leaves it at fifty."""

_HANGS: Final = 180.0
"""Seconds by the clock after which a process that says nothing is ended: on a busy machine it may get little of the processor."""

_PIPE: Final = 1024 * 1024
"""Bytes, the most that anybody may ask for. An answer that fits is not handed over in pieces, each of which waits for its reader."""

_PASSED_ON: Final = {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}
"""Of the worker's environment: no password, no address of a database."""


class ReadingFailed(Exception):
    """Reading failed in a way that nobody foresaw."""


def read(body: bytes, content_type: str, url: str, *, with_gists: bool = False, language: str = "") -> Document:
    """The feed in some bytes that came from `url`; with the gists of its entries where nearly all will be new.

    `language` is that of the feed as far as it is known. Raises IngestError, and ReadingFailed for what nobody foresaw.
    """
    told = _aside(os.getpid()).ask(Asked(body, content_type, url, with_gists=with_gists, language=language))
    if not isinstance(told, Document):
        raise ReadingFailed("A feed was to be read, and an article was.")
    return told


def article(body: bytes, content_type: str = "") -> str:
    """The text of the article in a page, a paragraph a line. Raises Unread, IngestError, and ReadingFailed."""
    told = _aside(os.getpid()).ask(Asked(body, content_type, article=True))
    if not isinstance(told, str):
        raise ReadingFailed("An article was to be read, and a feed was.")
    return told


class Aside:
    """The process that reads, one document at a time; threads may share it."""

    def __init__(self, seconds: float = SECONDS, mebibytes: int = MEBIBYTES, hangs: float = _HANGS) -> None:
        self._seconds, self._mebibytes, self._hangs = seconds, mebibytes, hangs
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, asked: Asked) -> Document | str:
        """Have something read. Raises what `read` and `article` raise."""
        with self._turn:
            try:
                message, last = self._exchange(request(asked))
            except BaseException:
                self.end()  # whatever it still says would be taken for the next answer
                raise
            if last:
                self.end()
        try:
            told = answered(message)
        except (pickle.UnpicklingError, TypeError, ValueError, AttributeError, IndexError, EOFError) as error:
            raise ReadingFailed(f"The answer of the process that reads makes no sense: {error}") from error
        if isinstance(told, Failed):
            raise _raised(told)
        return told

    def end(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    stream.close()  # type: ignore[union-attr]

    def _exchange(self, message: bytes) -> tuple[bytes, bool]:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        with self._watched(process) as hanging:
            with contextlib.suppress(BrokenPipeError):  # then it has ended, and says by its code why
                send(process.stdin, message)
                if (told := receive(process.stdout)) is not None:
                    return told
            code = process.wait()
        raise self._ended(code, hung=hanging.is_set())

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.end()  # somebody has ended it since the last document, most likely for its memory
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "relations.ingest.aside_process", str(self._seconds), str(self._mebibytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=settings.BASE_DIR,
                env={name: value for name, value in os.environ.items() if name in _PASSED_ON},
                process_group=0,  # a Ctrl-C is the worker's
            )
            with contextlib.suppress(OSError, AttributeError):  # Linux alone can
                fcntl.fcntl(self._process.stdout, fcntl.F_SETPIPE_SZ, _PIPE)  # type: ignore[arg-type]
        return self._process

    @contextlib.contextmanager
    def _watched(self, process: subprocess.Popen[bytes]) -> Iterator[threading.Event]:
        """End the process where it says nothing for too long; the event says that this was so."""
        hanging = threading.Event()

        def give_up() -> None:
            hanging.set()
            process.kill()

        timer = threading.Timer(self._hangs, give_up)
        timer.daemon = True
        timer.start()
        try:
            yield hanging
        finally:
            timer.cancel()

    def _ended(self, code: int, *, hung: bool) -> Exception:
        """Why a document was not read whose process ended with this code."""
        if hung:
            return IngestError(Failure.TOO_HEAVY, f"Not read within {self._hangs:g} seconds.")
        words = {
            -signal.SIGPROF: f"It takes more than {self._seconds:g} seconds to read.",
            OUT_OF_MEMORY: f"It takes more than {self._mebibytes} MiB of memory to read.",
            -signal.SIGKILL: "It takes more memory to read than the machine has.",  # so ends whom the kernel takes it from
        }
        if code in words:
            return IngestError(Failure.TOO_HEAVY, words[code])
        return ReadingFailed(f"The process that reads ended with code {code}.")


@functools.lru_cache(maxsize=1)
def _aside(_process: int) -> Aside:
    """The one of this process; a forked one makes its own."""
    made = Aside()
    atexit.register(made.end)
    return made


def _raised(told: Failed) -> Exception:
    match told.name:
        case "IngestError":
            return IngestError(Failure(told.kind), told.detail)
        case "Unread":
            return Unread(Trouble(told.kind) if told.kind in set(Trouble) else Failure(told.kind), told.detail)
    failed = ReadingFailed(told.kind)
    failed.add_note(told.detail)
    return failed
