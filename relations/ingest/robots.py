"""What robots.txt lets a reader of articles ask for. Feeds are made for programs and not asked about; pages of articles are.

After RFC 9309: no file is no rule; a server that has trouble with its file is not asked for anything meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from relations.domain.failures import Failure, IngestError

AGENT: Final = "Tianshan"
KEPT: Final = 86_400.0
"""Seconds for which the rules of a site are believed."""
_LARGEST: Final = 500 * 1024
_MOST_SITES: Final = 256
_NO_FILE: Final = {Failure.NOT_FOUND, Failure.GONE, Failure.DENIED, Failure.HTTP_ERROR}


class Robots:
    """The rules of sites, each read once a day by each process."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[float, RobotFileParser]] = OrderedDict()
        self._lock = threading.Lock()

    def permit(self, url: str, ask: Callable[[str], bytes]) -> bool:
        """May this address be asked for? `ask` fetches a robots.txt; what it raises is raised, but for files that are not there."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            known = self._known.get(site)
        if known is None or known[0] < time.monotonic():
            known = time.monotonic() + KEPT, _read(ask, f"{site}/robots.txt")
            with self._lock:
                self._known[site] = known
                self._known.move_to_end(site)
                while len(self._known) > _MOST_SITES:
                    self._known.popitem(last=False)
        return known[1].can_fetch(AGENT, url)


def _read(ask: Callable[[str], bytes], url: str) -> RobotFileParser:
    rules = RobotFileParser()
    try:
        body = ask(url)
    except IngestError as error:
        if error.kind not in _NO_FILE:
            raise
        body = b""
    rules.parse(body[:_LARGEST].decode("utf-8", "replace").lstrip("\ufeff").splitlines())
    return rules
