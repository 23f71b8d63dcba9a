"""What is due and what has fallen silent, in words: `{% health_table rows today %}`, `{% agenda groups today %}` and their parts.

The rules stand in `domain.cadence` and `domain.agenda`; here stand only the words for what they found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

from relations.domain.agenda import Entry, Group, Kind, Rank
from relations.domain.cadence import DUE_DAYS, INTERVALS_NEEDED, Basis, Cadence, Forecast, Interval, Rhythm, State, Window
from relations.domain.partial_date import PartialDate, Precision
from relations.domain.typography import fine
from relations.selectors.mechanisms import HealthRow
from relations.templatetags import dates, joins
from relations.templatetags.foreign import english

register = template.Library()

_NEAR_DAYS: Final = 100
"""So many days ahead are still told in days."""

STATES: Final = {
    State.OVERDUE: pgettext_lazy("state of a mechanism", "Overdue"),
    State.DUE: pgettext_lazy("state of a mechanism", "Due"),
    State.QUIET: pgettext_lazy("state of a mechanism", "Quiet"),
    State.MET: pgettext_lazy("state of a mechanism", "Met"),
    State.ON_TIME: pgettext_lazy("state of a mechanism", "On time"),
    State.NO_SESSION: pgettext_lazy("state of a mechanism", "No session documented"),
    State.DORMANT: pgettext_lazy("state of a mechanism", "Dormant"),
    State.ENDED: pgettext_lazy("state of a mechanism", "Ended"),
}


@register.filter
def state_title(state: State | str) -> str:
    """The word of a state alone, for filters and headings: `Overdue`."""
    return str(STATES[State(state)])


# ---- Verdicts -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a mechanism stands: the words, a remark under them, and whether they ask for attention (bold)."""

    words: str
    note: str
    attention: bool


@register.simple_tag
def verdict(found: Cadence, today: dt.date) -> Verdict:
    """`{% verdict row.cadence today as v %}{{ v.words }}`: “Due in 32 days”, “by 25 Apr 2026”."""
    words, note = _VERDICTS[found.state](found, today)
    return Verdict(words, note, found.state.asks_attention)


def _overdue(found: Cadence, today: dt.date) -> tuple[str, str]:
    latest = found.expected.latest if found.expected else None
    # Without a declared rhythm nobody promised a date: it is late by its habit alone.
    words = gettext("Overdue") if found.is_declared else gettext("Later than usual")
    return words, dates.since(latest, short=True)


def _around(found: Cadence) -> str:
    """`around May 2026`: the likeliest month, since no day is known."""
    day = found.forecast.day if found.forecast else None
    return gettext("around %(date)s") % {"date": dates.long_date(PartialDate(day.year, day.month))} if day else ""


def _due(found: Cadence, today: dt.date) -> tuple[str, str]:
    if not found.is_declared:
        return gettext("Due"), _around(found)
    latest = found.expected.latest if found.expected else today
    note = gettext("by %(date)s") % {"date": dates.short_date(latest)}
    days = (latest - today).days
    if days == 0:
        return gettext("Due today"), note
    if days > DUE_DAYS:  # a long rhythm has a wide window: the last day is no news
        return gettext("Due"), note
    return gettext("Due in %(span)s") % {"span": dates.span_of_days(days)}, note


def _quiet(found: Cadence, today: dt.date) -> tuple[str, str]:
    span = dates.span_of_days(found.silence_days or 0)
    return gettext("Quiet for %(span)s") % {"span": span}, gettext("in these sources")


def _met(found: Cadence, today: dt.date) -> tuple[str, str]:
    last, silence = found.last, found.silence_days or 0
    if last is None:
        return gettext("Met"), ""
    # A month or a year that is not over is no number of days.
    if last.date.precision is Precision.YEAR or (last.date.precision is Precision.MONTH and silence < DUE_DAYS):
        return gettext("Met in %(date)s") % {"date": dates.long_date(last.date)}, ""
    if silence == 0:
        return gettext("Met today"), ""
    return gettext("Met %(span)s ago") % {"span": dates.span_of_days(silence)}, ""


def _on_time(found: Cadence, today: dt.date) -> tuple[str, str]:
    if found.announced:
        return gettext("Announced"), gettext("for %(date)s") % {"date": dates.short_date(found.announced.date)}
    if not found.is_declared:
        return gettext("On time"), _around(found)
    latest = found.expected.latest if found.expected else today
    return gettext("On time"), gettext("due by %(date)s") % {"date": dates.long_date(PartialDate(latest.year, latest.month))}


def _no_session(found: Cadence, today: dt.date) -> tuple[str, str]:
    return gettext("No session"), pgettext("no session", "documented")


_VERDICTS: Final = {
    State.OVERDUE: _overdue,
    State.DUE: _due,
    State.QUIET: _quiet,
    State.MET: _met,
    State.ON_TIME: _on_time,
    State.NO_SESSION: _no_session,
    State.DORMANT: lambda found, today: (gettext("Dormant"), ""),
    State.ENDED: lambda found, today: (gettext("Ended"), ""),
}


def every(months: int) -> str:
    """A number of months as a rhythm: 12 → `yearly`, 24 → `every two years`, 18 → `every 18 months`."""
    if months == 12:
        return pgettext("rhythm", "yearly")
    if months == 24:
        return gettext("every two years")
    if months % 12 == 0:
        return ngettext("every %(n)d year", "every %(n)d years", months // 12) % {"n": months // 12}
    return ngettext("every month", "every %(n)d months", months) % {"n": months}


@register.filter
def rhythm_short(rhythm: Rhythm | None) -> str:
    """The rhythm for a table: `yearly`, `about every 29 months` where it is deduced, `unevenly, about every 20 months`; empty
    where none is known."""
    if rhythm is None:
        return ""
    words = every(rhythm.months)
    if rhythm.is_declared:
        return words
    if rhythm.basis is Basis.UNEVEN:
        return pgettext("rhythm", "unevenly, about %(rhythm)s") % {"rhythm": words}
    return pgettext("rhythm", "about %(rhythm)s") % {"rhythm": words}


@register.filter
def rhythm_why(found: Cadence) -> str:
    """Where the rhythm is known from, or why none is: one sentence without its full stop."""
    rhythm = found.rhythm
    if rhythm and rhythm.is_declared:
        return gettext("as its documents or the parties declare")
    if rhythm:
        spans = {"shortest": dates.span_of_days(rhythm.shortest_days), "longest": dates.span_of_days(rhythm.longest_days)}
        if rhythm.basis is Basis.UNEVEN:
            # Translators: n intervals between sessions are in no order; their median is told, and here their shortest and longest.
            words = ngettext(
                "the middle of the last interval, of %(shortest)s",
                "the middle of the last %(n)d intervals, which run from %(shortest)s to %(longest)s",
                rhythm.intervals,
            )
        else:
            # Translators: how a rhythm was deduced: from so many intervals, the shortest and the longest of them as spans of time.
            words = ngettext(
                "deduced from the last interval, of %(shortest)s",
                "deduced from the last %(n)d intervals, of %(shortest)s to %(longest)s",
                rhythm.intervals,
            )
        return words % {"n": rhythm.intervals, **spans}
    if found.count <= INTERVALS_NEEDED:
        words = ngettext("%(n)d session is too few to tell one", "%(n)d sessions are too few to tell one", found.count)
        return words % {"n": found.count} if found.count else gettext("no session is documented")
    return gettext("too few of its sessions are dated closely enough to tell one")


@register.filter
def next_why(found: Cadence) -> str:
    """Why the next session is expected when it is: one sentence without its full stop; empty for no expectation."""
    if found.expected is None or found.rhythm is None:
        return ""
    if found.is_declared:
        months = found.rhythm.months
        words = ngettext("%(n)d month after the last one at the latest", "%(n)d months after the last one at the latest", months)
        return words % {"n": months}
    return gettext("as long after the last one as its sessions usually lie apart")


@register.filter
def likely_words(forecast: Forecast | None) -> str:
    """Between which days the next session is likely, and how that is known; empty for none."""
    if forecast is None:
        return ""
    values = {"window": window_words(forecast.window)}
    if forecast.band:
        # Translators: {window} reads “between 4 March 2026 and 9 May 2027”.
        return gettext("%(window)s, as eight of ten earlier sessions of all mechanisms fell") % values
    return gettext("%(window)s; too few sessions tell how sure that is") % values


@register.filter
def around(found: Cadence) -> str:
    """`around May 2026`; empty without an expectation."""
    return _around(found)


@register.filter
def window_words(window: Window | None) -> str:
    """`between 25 February 2026 and 25 April 2026`; empty for none."""
    if window is None:
        return ""
    values = {"first": dates.long_date(window.earliest), "last": dates.long_date(window.latest)}
    return gettext("between %(first)s and %(last)s") % values


@register.filter
def gap_words(gap: Interval) -> str:
    """`4 years without a documented session, 2015–2019`; where numbers tell, also how many are missing, or that none is."""
    span = dates.span_between(gap.start.date, gap.end.date)
    if gap.start.number and gap.end.number and gap.steps == 1:  # then nothing is missing: it is the mechanism that paused
        return gettext("%(span)s between no. %(first)d and no. %(last)d") % {
            "span": span,
            "first": gap.start.number,
            "last": gap.end.number,
        }
    first, last = gap.start.date.year, gap.end.date.year
    years = f"{first}–{last}" if first != last else f"{first}"
    words = gettext("%(span)s without a documented session, %(years)s") % {"span": span, "years": years}
    if gap.missing < 1:
        return words
    counted = ngettext("the numbers tell of %(n)d between them", "the numbers tell of %(n)d between them", gap.missing)
    return joins.clauses([words, counted % {"n": gap.missing}])


# ---- Health table ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/_health_table.html")
def health_table(rows: Iterable[HealthRow], today: dt.date, show_dyad: bool = False, caption: str = "") -> dict[str, Any]:
    """The health of mechanisms, one row each; `show_dyad` where several relationships stand together."""
    return {"rows": [_table_row(row, today, show_dyad) for row in rows], "today": today, "show_dyad": show_dyad, "caption": caption}


def _table_row(row: HealthRow, today: dt.date, show_dyad: bool) -> dict[str, Any]:
    said = verdict(row.cadence, today)
    return {
        "title": fine(row.full_title if show_dyad else row.title),
        "url": row.url,
        "dyad": row.dyad,
        "child": row.child,
        "sessions": row.sessions,
        "due": row.due,
        "last": row.last.date if row.last else None,
        "last_note": last_note(row),
        "rhythm": rhythm_short(row.cadence.rhythm),
        "verdict": said.words,
        "verdict_note": said.note,
        "attention": said.attention,
    }


@register.filter
def last_note(row: HealthRow) -> SafeString:
    """Number and place of the last session: `no. 2, Almaty`, `no. 15, online`."""
    last = row.last
    if last is None:
        return SafeString("")
    place = english(last.place) or (pgettext("a session, after its number", "online") if last.format == "online" else "")
    number = pgettext("session of a mechanism", "no. %(n)d") % {"n": last.number} if last.number else ""
    return format_html_join(joins.remark(), "{}", ((part,) for part in (number, place) if part))


# ---- Agenda ---------------------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/_agenda.html")
def agenda(groups: Sequence[Group], today: dt.date, show_dyad: bool = True, heading: str = "h3") -> dict[str, Any]:
    """The lines of an agenda under their months. `show_dyad=False` on the page of one relationship; `heading` is h3 or h2."""
    return {
        "groups": [(group_title(group, today), [agenda_line(entry, today) for entry in group.entries]) for group in groups],
        "show_dyad": show_dyad,
        "heading": heading,
        "today": today,
    }


def group_title(group: Group, today: dt.date) -> str:
    """`April`, `January 2027` in another year, `In 2026, day not known`."""
    if group.month is None:
        return gettext("In %(year)d, day not known") % {"year": group.year}
    if group.year == today.year:
        return dates.month_name(group.date)
    words = dates.long_date(group.date)
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An entry in words: `note` under the date, `title` with its year, `meta` below it, and the number or word at the end."""

    entry: Entry
    note: str
    title: str
    meta: str
    years: int | None
    jubilee: bool
    word: str


def agenda_line(entry: Entry, today: dt.date) -> AgendaLine:
    """The words of an entry as of `today`."""
    return AgendaLine(
        entry=entry,
        note=_note(entry, today),
        title=fine(entry_title(entry)),
        meta=_meta(entry),
        years=entry.years,
        jubilee=entry.is_jubilee,
        word=_word(entry),
    )


@register.filter
def entry_title(entry: Entry) -> str:
    """`Comprehensive strategic partnership, 2011`; `Foreign Ministers’ Strategic Dialogue: session no. 3 due`.

    The year is left out where the title has it, and with days of the year, whose beginning is often another matter.
    """
    if entry.kind is Kind.SESSION:
        if entry.deduced and entry.number:
            return gettext("%(title)s: session no. %(n)d likely") % {"title": entry.title, "n": entry.number}
        if entry.deduced:
            return gettext("%(title)s: next session likely") % {"title": entry.title}
        if entry.number:
            return gettext("%(title)s: session no. %(n)d due") % {"title": entry.title, "n": entry.number}
        return gettext("%(title)s: next session due") % {"title": entry.title}
    if entry.kind is Kind.ANNOUNCED or entry.rank == Rank.DAY or not entry.origin_year or str(entry.origin_year) in entry.title:
        return entry.title
    if entry.record == "mechanism":
        return gettext("%(title)s, established %(year)d") % {"title": entry.title, "year": entry.origin_year}
    return gettext("%(title)s, %(year)d") % {"title": entry.title, "year": entry.origin_year}


def _note(entry: Entry, today: dt.date) -> str:
    if entry.kind is Kind.SESSION:
        return pgettext("the month of a session", "likeliest") if entry.deduced else pgettext("the last day of a window", "latest")
    if entry.date.precision is Precision.MONTH:
        return gettext("month only")
    if entry.date.precision is Precision.YEAR:
        return gettext("announced") if entry.kind is Kind.ANNOUNCED else gettext("year only")
    days = entry.days_until(today)
    if days is not None and DUE_DAYS <= days <= _NEAR_DAYS:  # an agenda counts days where other pages count months
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return dates.relative(entry.date, today)


def _meta(entry: Entry) -> str:
    if entry.kind is Kind.SESSION and entry.rhythm_months:
        words = every(entry.rhythm_months)
        return gettext("about %(rhythm)s, by its sessions") % {"rhythm": words} if entry.deduced else words
    if entry.moved:
        return gettext("29 February, kept on 28 February in this year")
    return ""


_ANNOUNCED: Final = {
    "visit": pgettext_lazy("what is announced", "visit"),
    "session": pgettext_lazy("what is announced", "session"),
    "event": pgettext_lazy("what is announced", "landmark"),
}


def _word(entry: Entry) -> str:
    if entry.kind is Kind.SESSION:
        if entry.deduced:
            return pgettext("a session", "late") if entry.overdue else pgettext("a session", "likely")
        return pgettext("a session", "overdue") if entry.overdue else pgettext("a session", "due")
    if entry.kind is Kind.ANNOUNCED:
        return str(_ANNOUNCED.get(entry.record, ""))
    return ""
