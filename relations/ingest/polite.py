"""One request outside the schedule of a feed, when it is its host's turn: for a newcomer, or for the page of an article."""

from __future__ import annotations

import datetime as dt
import time
from typing import Final

from django.utils import timezone

from relations.domain.failures import IngestError
from relations.domain.hosts import registrable
from relations.ingest import turns
from relations.ingest.fetch import FEED, Answer, fetch
from relations.ingest.patience import patiently
from relations.ingest.policy import policy

_SHORTEST: Final = 0.05


class HostBusy(Exception):
    """A host cannot be asked before `until`; `asked` where it was the host that said so."""

    def __init__(self, until: dt.datetime, asked: bool) -> None:
        super().__init__(f"The host wants to be left alone until {until:%Y-%m-%d %H:%M} UTC.")
        self.until = until
        self.asked = asked


def ask(url: str, *, patience: float, accept: str = FEED) -> Answer:
    """Fetch an address after waiting up to so many seconds for the turn at its host. Raises IngestError and HostBusy.

    A request to wait is noted for the whole host, as that of a feed is.
    """
    turn = _turn(url, patience)
    try:
        return fetch(url, policy(), timezone.now(), accept=accept)
    except IngestError as error:
        if error.retry_after is not None:
            host, until = registrable(error.url or url), timezone.now() + error.retry_after
            patiently(lambda: turns.ask_to_wait(host, until))
        raise
    finally:
        patiently(lambda: turns.give_back(turn))


def _turn(url: str, patience: float) -> turns.Turn:
    end = time.monotonic() + patience
    while isinstance(turn := patiently(lambda: turns.take([registrable(url)], timezone.now())), turns.Busy):
        wait = max((turn.until - timezone.now()).total_seconds(), _SHORTEST)
        if turn.asked or time.monotonic() + wait > end:
            raise HostBusy(turn.until, turn.asked)
        time.sleep(wait)
    return turn
