"""Dates and spans of time in words, in the language of the page.

Month names come from tables here and not from Django's formats, since those know neither a date without a day nor the
short forms of the four languages; every text is built from what is known and never invents a day.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils.translation import get_language, gettext, ngettext, pgettext

from relations.domain.partial_date import PartialDate

DateLike = PartialDate | dt.date | str
"""What a page may hand over: a partial date, a day, or ISO text (`2022-09-14`, `2022-09`, `2022`)."""

_LONG: Final = {
    "en": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "fr": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
    "ru": ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
}
_SHORT: Final = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "fr": ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    "ru": ["янв.", "фев.", "марта", "апр.", "мая", "июня", "июля", "авг.", "сен.", "окт.", "нояб.", "дек."],
}
# A month without a day stands in the nominative.
_ALONE: Final = {
    **_LONG,
    "ru": ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"],
}
_SHORT_ALONE: Final = {**_SHORT, "ru": ["янв.", "фев.", "март", "апр.", "май", "июнь", "июль", "авг.", "сен.", "окт.", "нояб.", "дек."]}

_DAYS_IN_MONTH: Final = 30.4375
_DAYS_IN_YEAR: Final = 365.25
_DAYS_TOLD: Final = 60
"""Up to here a span is told in days."""
_MONTHS_TOLD: Final = 36
"""Up to here a span is told in months, beyond it in half years."""


def partial(value: DateLike | None) -> PartialDate | None:
    """Any way of giving a date as a partial date; None for nothing and for text that is no date."""
    if value is None or value == "":
        return None
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, dt.datetime):
        return PartialDate.of(value.date())
    if isinstance(value, dt.date):
        return PartialDate.of(value)
    try:
        return PartialDate.parse(str(value))
    except ValueError:
        return None


def _language() -> str:
    """The language of the tables: en, fr, ru, or zh, which needs none."""
    code = (get_language() or "en").split("-")[0]
    return code if code in _LONG or code == "zh" else "en"


def long_date(value: DateLike | None, *, governed: bool = False) -> str:
    """`14 September 2022`, `September 2022` or `2022`; empty where nothing is known.

    `governed` where a preposition stands before it that changes the month's ending: Russian `с сентября`.

    Russian writes the word for year out (`14 сентября 2022 года`): its abbreviation would put a second full stop at the
    end of a sentence.
    """
    return _written(value, _LONG, _LONG if governed else _ALONE, tail="\u00a0года")


def short_date(value: DateLike | None, *, governed: bool = False) -> str:
    """`14 Sep 2022`, `Sep 2022` or `2022`; empty where nothing is known."""
    return _written(value, _SHORT, _SHORT if governed else _SHORT_ALONE, tail="")


def since_phrase(value: DateLike) -> str:
    """`since %(date)s`, as the language says it before a day, a month or a year."""
    date = partial(value)
    if date is None or date.month is None:
        # Translators: %(date)s is a year alone.
        return pgettext("before a year", "since %(date)s")
    if date.day is None:
        # Translators: %(date)s is “September 2022”; Russian gets the month in the genitive.
        return pgettext("before a month", "since %(date)s")
    # Translators: %(date)s is “14 September 2022”.
    return pgettext("before a day", "since %(date)s")


def since(value: DateLike | None, *, short: bool = False) -> str:
    """`since 14 September 2022`, `since 2022`; empty where nothing is known."""
    date = partial(value)
    written = (short_date if short else long_date)(date, governed=True)
    return since_phrase(date) % {"date": written} if date else ""


def _written(value: DateLike | None, with_day: dict[str, list[str]], alone: dict[str, list[str]], tail: str) -> str:
    date = partial(value)
    if date is None:
        return ""
    language = _language()
    if language == "zh":
        return _chinese(date)
    if date.month is None:
        return f"{date.year}"
    ending = tail if language == "ru" else ""
    if date.day is None:
        return f"{alone[language][date.month - 1]} {date.year}{ending}"
    return f"{_day(date.day, language)} {with_day[language][date.month - 1]} {date.year}{ending}"


def _chinese(date: PartialDate) -> str:
    text = f"{date.year}年"
    if date.month is not None:
        text += f"{date.month}月"
    if date.day is not None:
        text += f"{date.day}日"
    return text


def _day(day: int, language: str) -> str:
    return "1er" if day == 1 and language == "fr" else str(day)


def day_and_month(value: DateLike | None, *, full: bool = False) -> str:
    """Without the year, for a list whose heading says it: `20 Mar` (`20 March` if `full`), `Mar`; the year where no month is known."""
    date = partial(value)
    if date is None:
        return ""
    if date.month is None:
        return f"{date.year}"
    language = _language()
    if language == "zh":
        return f"{date.month}月" + (f"{date.day}日" if date.day else "")
    if date.day is None:
        return (_ALONE if full else _SHORT_ALONE)[language][date.month - 1]
    return f"{_day(date.day, language)} {(_LONG if full else _SHORT)[language][date.month - 1]}"


def month_name(value: DateLike | None) -> str:
    """The month of a date as a heading: `April`; the year where no month is known."""
    date = partial(value)
    if date is None:
        return ""
    if date.month is None:
        return f"{date.year}"
    language = _language()
    return f"{date.month}月" if language == "zh" else _ALONE[language][date.month - 1].capitalize()


def days_between(value: DateLike | None, today: dt.date) -> int | None:
    """Days from `today` to a known day, negative in the past; None where the day is not known."""
    date = partial(value)
    exact = date.exact if date else None
    return (exact - today).days if exact else None


def relative(value: DateLike | None, today: dt.date) -> str:
    """`today`, `tomorrow`, `in 32 days`, `44 days ago`, `28 months ago`; empty where the day is not known."""
    days = days_between(value, today)
    if days is None:
        return ""
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    if days == -1:
        return gettext("yesterday")
    if days > 0:
        return pgettext("a span of time from now", "in %(span)s") % {"span": span_of_days(days)}
    return pgettext("a span of time before now", "%(span)s ago") % {"span": span_of_days(-days)}


def span_of_days(days: int) -> str:
    """A number of days in the unit that tells it best: `44 days`, `28 months`, `6½ years`."""
    if days < _DAYS_TOLD:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    months = int(days / _DAYS_IN_MONTH)
    if months < _MONTHS_TOLD:
        return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    return _half_years(days)


def span_in_years(days: int) -> str:
    """How long something was held: `11 years`, `2½ years`; months where it is less than one year, days below two months."""
    return _half_years(days) if days >= _DAYS_IN_YEAR - 1 else span_of_days(days)


def _half_years(days: int) -> str:
    halves = round(days / _DAYS_IN_YEAR * 2)
    years, half = divmod(halves, 2)
    if half and years:
        return ngettext("%(n)d½ years", "%(n)d½ years", years) % {"n": years}
    return ngettext("%(n)d year", "%(n)d years", years or 1) % {"n": years or 1}


def span_between(start: DateLike | None, end: DateLike | None) -> str:
    """How long it was from one date to another, in years where it was that long. Vague dates count from their middle."""
    first, last = partial(start), partial(end)
    if first is None or last is None:
        return ""
    return span_in_years(abs((last.middle - first.middle).days))
