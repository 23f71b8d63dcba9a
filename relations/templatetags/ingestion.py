"""How feeds are doing, in words: states, moments, spans of minutes and hours, the sentence above the list, the strip of a month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, npgettext, pgettext, pgettext_lazy

from relations.domain.failures import Failure
from relations.domain.feed_health import STRIP_DAYS, Day, Outage, State, Summary
from relations.ingest.newcomer import GIVEN
from relations.ingest.words import advice, told
from relations.models import FetchAttempt
from relations.models.choices import FetchOutcome
from relations.templatetags import dates, foreign, joins, names

register = template.Library()

STATES: Final[dict[State, str | Promise]] = {
    State.NEEDS_HUMAN: pgettext_lazy("state of a feed", "Needs a human"),
    State.FAILING: pgettext_lazy("state of a feed", "Failing"),
    State.SILENT: pgettext_lazy("state of a feed", "Silent but healthy"),
    State.WAITING: pgettext_lazy("state of a feed", "Not tried yet"),
    State.FINE: pgettext_lazy("state of a feed", "Fine"),
    State.PAUSED: pgettext_lazy("state of a feed", "Paused"),
    State.OFF: pgettext_lazy("state of a feed", "Not enabled"),
}
OUTCOMES: Final[dict[str, str | Promise]] = {
    "stored": pgettext_lazy("outcome of a fetch", "Taken in"),
    "not_modified": pgettext_lazy("outcome of a fetch", "Nothing changed"),
    "asked_to_wait": pgettext_lazy("outcome of a fetch", "The server asks to wait"),
    "failed": pgettext_lazy("outcome of a fetch", "Failed"),
}

_NOW: Final = dt.timedelta(seconds=30)
_MINUTES_TOLD: Final = 90
_HOURS_TOLD: Final = 36
_ADDRESS: Final = 42
_ENDING: Final = 16

register.filter("country_name", names.country_name)


@register.filter
def state_word(state: State) -> str:
    """The state of a feed: `Silent but healthy`."""
    return str(STATES[State(state)])


@register.filter
def outcome_word(code: str) -> str:
    """How an attempt ended; an unknown code as it is."""
    return str(OUTCOMES.get(code, code))


@register.simple_tag
def failure_words(code: str, detail: str = "") -> SafeString:
    """Why a fetch failed: `Not found at this address: The server answered 404 Not Found.`

    What the program says of an error that nobody foresaw is for those who mend it: the admin shows it.
    """
    if not code:
        return SafeString("")
    words, more = told(code, "" if code == Failure.UNEXPECTED else detail)
    return format_html("{}{}{}", words, joins.colon() if more else "", foreign.english(more))


@register.simple_tag
def failure_advice(code: str) -> str:
    """What somebody can do about a failure."""
    return advice(code)


@register.simple_tag
def attempt_words(attempt: FetchAttempt) -> SafeString:
    """What came of an attempt: `Taken in: 3 new, 1 changed, 20 known already`, `Nothing changed`, or why it failed."""
    if attempt.error:
        return failure_words(attempt.error, attempt.detail)
    if attempt.outcome != FetchOutcome.STORED:
        return conditional_escape(outcome_word(attempt.outcome))
    counts = (
        (attempt.new, npgettext("entries of a feed", "%(n)d new", "%(n)d new", attempt.new)),
        (attempt.updated, npgettext("entries of a feed", "%(n)d changed", "%(n)d changed", attempt.updated)),
        (attempt.unchanged, npgettext("entries of a feed", "%(n)d known already", "%(n)d known already", attempt.unchanged)),
        (
            attempt.skipped,
            npgettext(
                "entries of a feed", "%(n)d skipped, which could not be read", "%(n)d skipped, which could not be read", attempt.skipped
            ),
        ),
    )
    told_of = joins.listed(words % {"n": count} for count, words in counts if count)
    return format_html("{}{}{}", outcome_word(attempt.outcome), joins.colon(), told_of or pgettext("entries of a feed", "none"))


@register.simple_tag
def evidence_words(evidence: str) -> SafeString:
    """Where the address of a feed was found: in the language of the page what the program itself wrote, as it is what people wrote."""
    if evidence.replace("`", "") == GIVEN:
        return conditional_escape(gettext(GIVEN))
    return foreign.english(evidence)


@register.filter
def short_address(url: str) -> str:
    """An address as one reads it: without its scheme and `www.`; of a file of this machine the name alone."""
    scheme, _colon, rest = url.partition("://")
    return rest.rpartition("/")[2] if scheme == "file" else rest.removeprefix("www.") or url


@register.filter
def row_address(url: str) -> SafeString:
    """The same for a row of a list: of a long one the beginning and the end, where addresses of one host differ. Lines end at a slash."""
    told_short = short_address(url)
    if len(told_short) > _ADDRESS:
        told_short = f"{told_short[: _ADDRESS - _ENDING - 1]}…{told_short[-_ENDING:]}"
    return format_html_join(SafeString("/<wbr>"), "{}", ((part,) for part in told_short.split("/")))


@register.filter
def every(interval: dt.timedelta) -> str:
    """How often a feed is fetched, as a span: `60 minutes`."""
    return span(interval.total_seconds())


# ---- Moments and spans ---------------------------------------------------------------------------------------------------


@register.simple_tag
def moment(value: dt.datetime | None, now: dt.datetime) -> SafeString:
    """A moment as the page tells it: `11:48` today, else `9 Mar 11:48`, with the year where it is another; times are UTC."""
    if value is None:
        return SafeString("")
    value, now = value.astimezone(dt.UTC), now.astimezone(dt.UTC)
    clock = f"{value:%H:%M}"
    if value.date() == now.date():
        words = clock
    elif value.year == now.year:
        words = f"{dates.day_and_month(value.date())} {clock}"
    else:
        words = dates.short_date(value.date())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="seconds"), words)


@register.simple_tag
def distance(value: dt.datetime | None, now: dt.datetime) -> str:
    """How far a moment is from now: `now`, `in 3 minutes`, `2 hours ago`, `34 days ago`; empty where there is none."""
    if value is None:
        return ""
    seconds = (value - now).total_seconds()
    if abs(seconds) < _NOW.total_seconds():
        return pgettext("a moment", "now")
    if seconds > 0:
        return pgettext("a span of time from now", "in %(span)s") % {"span": span(seconds)}
    return pgettext("a span of time before now", "%(span)s ago") % {"span": span(-seconds)}


def span(seconds: float) -> str:
    """A span in the unit that tells it best: `3 minutes`, `2 hours`, `34 days`."""
    minutes = max(1, round(seconds / 60))
    if minutes < _MINUTES_TOLD:
        # Translators: a span that follows “in” or “for”, or stands before “ago”: “in 3 minutes”.
        return npgettext("a span of time", "%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(seconds / 3600)
    if hours < _HOURS_TOLD:
        return npgettext("a span of time", "%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return dates.span_of_days(round(seconds / 86400))


@register.filter
def lasting_since(value: dt.datetime | None, now: dt.datetime) -> str:
    """How long something has lasted: `34 days`."""
    return span((now - value).total_seconds()) if value else ""


@register.simple_tag
def took(started: dt.datetime, finished: dt.datetime) -> str:
    """How long an attempt took: `0.8 s`."""
    seconds = max(0.0, (finished - started).total_seconds())
    return pgettext("seconds", "%(n)s s") % {"n": number_format(seconds, decimal_pos=1, use_l10n=True)}


# ---- The sentence above the list -----------------------------------------------------------------------------------------


@register.simple_tag
def summary_sentence(summary: Summary, outage: Outage | None, now: dt.datetime) -> str:
    """“31 of 35 enabled feeds are fine; 4 fail, 2 of them need a human. Next fetch in 3 minutes.”"""
    if not summary.total:
        return gettext("There is no feed yet.")
    if not summary.enabled:
        told = ngettext("%(n)d feed is known, and it is not enabled.", "%(n)d feeds are known, none of them is enabled.", summary.total)
        return told % {"n": summary.total}
    if outage:
        told = ngettext(
            "The enabled feed cannot be reached: no host name can be resolved.",
            "None of the %(n)d enabled feeds can be reached: no host name can be resolved.",
            summary.enabled,
        )
        return f"{told % {'n': summary.enabled}} {_next_fetch(summary, now)}".strip()
    return f"{_how_they_are(summary)} {_next_fetch(summary, now)}".strip()


def _how_they_are(summary: Summary) -> str:
    values = {"n": summary.fine, "all": summary.enabled}
    clauses = [ngettext("%(n)d of %(all)d enabled feed is fine", "%(n)d of %(all)d enabled feeds are fine", summary.enabled) % values]
    if summary.failing:
        fail = npgettext("feeds", "%(n)d fails", "%(n)d fail", summary.failing) % {"n": summary.failing}
        if summary.failing_and_needing:
            needing = ngettext("%(n)d of them needs a human", "%(n)d of them need a human", summary.failing_and_needing)
            fail = gettext("%(fail)s, %(needing)s") % {"fail": fail, "needing": needing % {"n": summary.failing_and_needing}}
        clauses.append(fail)
    for count, words in (
        (summary.moved, ngettext("%(n)d proposes a new address", "%(n)d propose a new address", summary.moved)),
        (summary.waiting, ngettext("%(n)d has not been tried yet", "%(n)d have not been tried yet", summary.waiting)),
        (summary.paused, npgettext("feeds", "%(n)d is paused", "%(n)d are paused", summary.paused)),
    ):
        if count:
            clauses.append(words % {"n": count})
    return gettext("%(clauses)s.") % {"clauses": gettext("; ").join(clauses)}


def _next_fetch(summary: Summary, now: dt.datetime) -> str:
    if summary.leased:
        return ngettext("%(n)d is being fetched now.", "%(n)d are being fetched now.", summary.leased) % {"n": summary.leased}
    if summary.next_check is None:
        return gettext("The first fetch is due now.") if summary.waiting else ""
    if summary.next_check <= now + _NOW:
        return gettext("The next fetch is due now.")
    return gettext("Next fetch %(when)s.") % {"when": distance(summary.next_check, now)}


# ---- The strip ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bar:
    """Days in a row of one kind, in percent of the strip; days that failed stand alone, so that they can be counted."""

    kind: str
    x: float
    width: float


_GAP: Final = 0.6  # percent between two days


@register.inclusion_tag("ingestion/_strip.html")
def feed_strip(days: Sequence[Day], today: dt.date) -> dict[str, Any]:
    """The attempts of thirty days: a low line where all went well, a tall bar where all failed, a hollow one where some did."""
    return {"bars": bars(days), "label": strip_words(days, today)}


def bars(days: Sequence[Day]) -> list[Bar]:
    """The bars of a strip. Days without an attempt have none; days that went well in a row are one."""
    step = 100 / max(1, len(days))
    drawn: list[Bar] = []
    start = 0
    for kind, group in groupby(days):
        length = len(list(group))
        if kind is Day.GOOD:
            drawn.append(_bar(kind, start, length, step))
        elif kind is not Day.NONE:
            drawn += [_bar(kind, start + index, 1, step) for index in range(length)]
        start += length
    return drawn


def _bar(kind: Day, start: int, length: int, step: float) -> Bar:
    return Bar(kind.value, round(start * step + _GAP / 2, 2), round(length * step - _GAP, 2))


def strip_words(days: Sequence[Day], today: dt.date) -> str:
    """What the strip shows: `30 days to 10 March 2026: on 22 days every attempt went well, on 3 days some failed, on 5 days all failed`."""
    counts = Counter(days)
    told = [
        (counts[Day.GOOD], ngettext("on %(n)d day every attempt went well", "on %(n)d days every attempt went well", counts[Day.GOOD])),
        (counts[Day.SOME], ngettext("on %(n)d day some failed", "on %(n)d days some failed", counts[Day.SOME])),
        (counts[Day.FAILED], ngettext("on %(n)d day all failed", "on %(n)d days all failed", counts[Day.FAILED])),
        (counts[Day.NONE], ngettext("on %(n)d day there was none", "on %(n)d days there was none", counts[Day.NONE])),
    ]
    clauses = [words % {"n": count} for count, words in told if count]
    return gettext("%(days)d days to %(date)s: %(clauses)s") % {
        "days": len(days),
        "date": dates.long_date(today),
        "clauses": gettext(", ").join(clauses),
    }


@register.simple_tag
def strip_begin(today: dt.date) -> str:
    """The first day of the strip, for the head of the table: `9 Feb`."""
    return dates.day_and_month(today - dt.timedelta(days=STRIP_DAYS - 1))
