"""The daily letter to editors: which feeds need a human, and what can be done. Nothing is sent where nothing new needs anybody."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.domain import digest
from relations.domain.digest import Case, Letter, Patient, Trouble
from relations.ingest.words import advice, in_words
from relations.models.digest import FeedDigest
from relations.selectors.ingestion import FeedFilters, FeedLine, desk

GROUPS: Final = ("Editor", "Administrator")
LISTED: Final = 50
"""Feeds that a letter names at most in each of its parts."""

_KEPT: Final = dt.timedelta(days=100)
_GIVEN_UP: Final = dt.timedelta(hours=1)
"""A letter that is still being sent after so long belonged to a worker that died."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter in words."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class _Findings:
    """The state of all feeds, and what of it was told before."""

    lines: Mapping[int, FeedLine]
    cases: list[Case]
    told: list[str]
    last: FeedDigest | None

    @property
    def letter(self) -> Letter:
        return digest.letter(self.cases, self.told)


def send_digest(now: dt.datetime) -> int:
    """Send the letter of the day, if it is time, something is new and somebody can be written to; gives how many were sent.

    At most one a day, also with several workers. Raises OSError where no letter could be handed to the server: nothing counts
    as told then, and the next hour tries again.
    """
    if not settings.EMAIL_SET_UP or not digest.is_time(now, settings.INGEST_DIGEST_HOUR):
        return 0
    found = _look(now)
    _forget_what_has_passed(found)
    recipients = receivers()
    if not found.letter.worth_sending:
        return 0
    if not recipients:
        _log.warning("nobody can be told of feeds: no editor has an e-mail address, and INGEST_DIGEST_TO is empty")
        return 0
    row = _claim(now)
    if row is None:
        return 0
    try:
        sent = _send(_written(found), recipients)
    except BaseException:
        row.delete()
        raise
    row.sent, row.told = now, [case.key for case in found.cases]
    row.save(update_fields=["sent", "told"])
    FeedDigest.objects.filter(day__lt=(now - _KEPT).date()).delete()
    return sent


def preview(now: dt.datetime) -> Draft | None:
    """The letter as it would be sent now, or None where nothing is new. Writes nothing."""
    found = _look(now)
    return _written(found) if found.letter.worth_sending else None


def receivers() -> list[str]:
    """Whom to write to: INGEST_DIGEST_TO, or the editors and administrators who have an address."""
    if settings.INGEST_DIGEST_TO:
        return list(settings.INGEST_DIGEST_TO)
    users = User.objects.filter(is_active=True, groups__name__in=GROUPS).exclude(email="").order_by("pk")
    return list({address.lower(): address for address in users.values_list("email", flat=True)}.values())


def _look(now: dt.datetime) -> _Findings:
    found = desk(FeedFilters(), now)
    patients = [Patient(line.pk, line.vitals, line.state, line.failures, line.proposed_url) for line in found.lines]
    cases = digest.cases_of(patients, found.outage)
    last = FeedDigest.objects.filter(sent__isnull=False).first()
    told = digest.still_told(cases, last.told if last else ())
    return _Findings({line.pk: line for line in found.lines}, cases, told, last)


def _forget_what_has_passed(found: _Findings) -> None:
    """What has passed is news again when it comes back."""
    if found.last is not None and set(found.told) != set(found.last.told):
        FeedDigest.objects.filter(pk=found.last.pk).update(told=found.told)


def _claim(now: dt.datetime) -> FeedDigest | None:
    """The row of today for who may send it; None where it was sent, or somebody else is at it."""
    try:
        with transaction.atomic():
            return FeedDigest.objects.create(day=now.date(), begun=now)
    except IntegrityError:
        abandoned = FeedDigest.objects.filter(day=now.date(), sent__isnull=True, begun__lt=now - _GIVEN_UP)
        return FeedDigest.objects.get(day=now.date()) if abandoned.update(begun=now) else None


def _send(draft: Draft, recipients: Iterable[str]) -> int:
    """One letter each, so that nobody learns the addresses of the others; one that is refused does not keep the others back."""
    sent, last = 0, None
    with get_connection() as connection:
        for address in recipients:
            try:
                sent += EmailMessage(draft.subject, draft.body, to=[address], connection=connection).send()
            except OSError as error:  # SMTPException is one
                _log.warning("the letter about feeds to %s was not sent: %s", address, error)
                last = error
    if not sent and last is not None:
        raise last
    return sent


# ---- Words ------------------------------------------------------------------------------------------------------------------


def _written(found: _Findings) -> Draft:
    with translation.override(settings.INGEST_DIGEST_LANGUAGE):
        return Draft(_subject(found.letter), "\n".join(_lines(found)))


def _subject(letter: Letter) -> str:
    if letter.of(Trouble.CUT_OFF):
        return _("Tianshan: no feed can be reached")
    human = len(letter.of(Trouble.NEEDS_HUMAN)) + len(letter.of(Trouble.MOVED))
    return ngettext("Tianshan: %(n)d feed needs a human", "Tianshan: %(n)d feeds need a human", human) % {"n": human}


def _lines(found: _Findings) -> Iterator[str]:
    letter = found.letter
    if letter.of(Trouble.CUT_OFF):
        yield _("No host name can be resolved: the machine seems to be without the internet. Each feed is tried again by itself.")
        yield ""
    parts = (
        (_("New: these will not mend by themselves"), letter.of(Trouble.NEEDS_HUMAN)),
        (_("New: these say that they have moved for good; accept or reject the new address"), letter.of(Trouble.MOVED)),
        (_("New: these fail, and are tried again by themselves"), letter.of(Trouble.FAILING)),
        (_("Told before, and still waiting for somebody"), list(letter.waiting)),
    )
    for title, cases in parts:
        if cases:
            yield f"{title}:"
            for case in cases[:LISTED]:
                yield from _told_with_advice(case, found.lines)
            if len(cases) > LISTED:
                yield ngettext("and %(n)d more", "and %(n)d more", len(cases) - LISTED) % {"n": len(cases) - LISTED}
            yield ""
    if link := page_address():
        yield link


def _told_with_advice(case: Case, lines: Mapping[int, FeedLine]) -> Iterator[str]:
    """A feed in a line, and below what can be done and where."""
    yield f"- {_told(case, lines)}"
    if case.trouble is Trouble.NEEDS_HUMAN:
        yield f"  {advice(case.code)}"
    if case.trouble is not Trouble.FAILING and (link := page_address(case.feed)):
        yield f"  {link}"


def _told(case: Case, lines: Mapping[int, FeedLine]) -> str:
    line = lines[case.feed or 0]
    values = {"outlet": " ".join(line.outlet.split()), "address": line.url}
    if case.trouble is Trouble.MOVED:
        return _("%(outlet)s, %(address)s: moves to %(new)s") % {**values, "new": case.code}
    since = line.vitals.failing_since
    values |= {"why": in_words(case.code), "day": f"{since:%Y-%m-%d}" if since else ""}
    return (_("%(outlet)s, %(address)s: %(why)s, since %(day)s") if since else _("%(outlet)s, %(address)s: %(why)s")) % values


def page_address(feed: int | None = None) -> str:
    """Where the feeds are shown, or one of them; empty where the site has no name of its own, since the letter is read elsewhere."""
    path = reverse("web:ingestion") if feed is None else reverse("web:feed", args=[feed])
    return f"https://{settings.SITE_NAME}{path}" if settings.SITE_NAME else ""
