"""The process that reads documents: one after the other from standard input, what came of each to standard output.

    python -m relations.ingest.aside_process SECONDS MEBIBYTES

It has no database, no secret and no setting. A document that takes more processor time or memory than it may ends the process,
not the worker; so does the end of the worker, whose pipe then ends. After one that took much the process ends by itself: memory
that was used once is not given back.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Final

from relations.domain.articles import Unread
from relations.domain.failures import IngestError
from relations.ingest.aside_words import OUT_OF_MEMORY, Asked, Failed, answer, asked, receive, send
from relations.ingest.document import Document
from relations.ingest.read import read

_USED_AGAIN: Final = 0.25
"""Share of the memory up to which the process goes on."""


def main() -> None:
    """Read documents until standard input ends."""
    seconds, limit = float(sys.argv[1]), int(sys.argv[2]) * 1024 * 1024
    # A Ctrl-C is for the worker, which ends this process by closing the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    try:
        while (message := receive(requests)) is not None:
            wanted = asked(message[0])
            del message
            # The default of the signal ends the process, also within a parser that never comes back to Python.
            signal.setitimer(signal.ITIMER_PROF, seconds)
            told = answer(_read(wanted))
            signal.setitimer(signal.ITIMER_PROF, 0)
            heavy = _resident() > _USED_AGAIN * limit
            send(answers, told, last=heavy)
            if heavy:
                return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # whatever is half done and still held goes with it
    except BrokenPipeError:
        os._exit(0)  # the worker is gone


def _resident() -> int:
    """Bytes of memory that the process holds; 0 where the system does not say. getrusage would tell the peak of the worker."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return 0


def _read(wanted: Asked) -> Document | Failed | str:
    try:
        if wanted.article:
            # Loaded where it is needed: trafilatura takes a quarter of a second, and as much memory as all the rest.
            from relations.ingest.extract import article

            return article(wanted.body, wanted.content_type)
        return read(wanted.body, wanted.content_type, wanted.url, with_gists=wanted.with_gists, language=wanted.language)
    except (IngestError, Unread) as error:
        return Failed(type(error).__name__, error.kind.value, error.detail)
    except MemoryError:
        raise
    except Exception as error:
        return Failed("", f"{type(error).__name__}: {error}", traceback.format_exc())


if __name__ == "__main__":
    main()
