"""The relationship index in words: scores, bands, months, and what its figures are drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import get_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from relations.charts.index import Contributions, Curve, View
from relations.domain.index.score import Month, band_of, month_iso
from relations.reference.impact import FIRST_YEAR
from relations.reference.parties import partner_of
from relations.selectors.index import Line
from relations.selectors.timeline import lane_name
from relations.templatetags.dates import long_date
from relations.templatetags.joins import clauses, colon, remarked

BAND_WORDS: Final = {
    "confrontation": pgettext_lazy("band of the index", "confrontation"),
    "tension": pgettext_lazy("band of the index", "tension"),
    "discord": pgettext_lazy("band of the index", "discord"),
    "ordinary": pgettext_lazy("band of the index", "ordinary"),
    "good": pgettext_lazy("band of the index", "good"),
    "friendly": pgettext_lazy("band of the index", "friendly"),
}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a relationship stands, in words, for a row of a table; `url` leads to it alone."""

    dyad: str
    url: str
    score: str
    band: str
    low: str
    high: str
    year: str
    decade: str
    records: int
    nothing: bool


def band_word(score: float) -> str:
    """`friendly`."""
    return str(BAND_WORDS[band_of(score)])


def number(value: float, digits: int = 1) -> str:
    """`7.2`, `−0.35`: a minus sign, and the reader's decimal mark. What rounds to nothing has no sign."""
    rounded = round(value, digits)
    return f"{'−' if rounded < 0 else ''}{number_format(abs(rounded), digits, use_l10n=True)}"


def signed(value: float, digits: int = 2) -> str:
    """`+0.35`, `−0.10`, `0.00`."""
    return f"{'+' if round(value, digits) > 0 else ''}{number(value, digits)}"


def month_words(number: int) -> str:
    """`September 2022`."""
    return str(capfirst(long_date(month_iso(number))))


def standing_words(month: Month) -> str:
    """`7.2, friendly`."""
    return remarked([number(month.score), band_word(month.score)])


def headline(lines: Sequence[Line]) -> str:
    """What the figure of several says."""
    known = sorted(line.now.score for line in lines if line.begins is not None)
    if not known:
        return _("No record counts yet")
    month = month_words(lines[0].now.number)
    if len(known) == 1:
        (score,) = known
        return _("%(month)s: %(score)s, %(band)s") % {"month": month, "score": number(score), "band": band_word(score)}
    return _("%(month)s: the scores lie between %(low)s (%(low_band)s) and %(high)s (%(high_band)s)") % {
        "month": month,
        "low": number(known[0]),
        "low_band": band_word(known[0]),
        "high": number(known[-1]),
        "high_band": band_word(known[-1]),
    }


def one_headline(line: Line) -> str:
    """What the figure of one says: `Kazakhstan: 7.2, friendly; between 6.7 and 7.6 in nine of ten resamples`."""
    low, high = line.limits(-1)
    between = _("between %(low)s and %(high)s in nine of ten resamples") % {"low": number(low), "high": number(high)}
    return f"{lane_name(line.dyad)}{colon()}{clauses([standing_words(line.now), between])}"


def place(month: int) -> float:
    """The middle of a month as a year with decimals, for the axis."""
    return round(FIRST_YEAR + (month + 0.5) / 12, 3)


def drawn(line: Line, first: int, last: int) -> list[Month]:
    """The months at which a line of these years turns: its beginning, every change, its end."""
    begins = line.begins
    if begins is None:
        return []
    start, end = max(begins, (first - FIRST_YEAR) * 12), min(line.now.number, (last - FIRST_YEAR) * 12 + 11)
    months = line.months[start : end + 1]
    return [month for index, month in enumerate(months) if not index or index == len(months) - 1 or month.score != months[index - 1].score]


def curve(line: Line, first: int, last: int) -> Curve:
    """The line of a relationship over these years."""
    months = drawn(line, first, last)
    return Curve(
        line.dyad,
        lane_name(line.dyad),
        partner_of(line.dyad),
        [place(month.number) for month in months],
        [round(month.score, 3) for month in months],
        [f"{lane_name(line.dyad)}{colon()}{standing_words(month)}\n{month_words(month.number)}" for month in months],
        [month_iso(month.number) for month in months],
    )


def limits(line: Line, first: int, last: int) -> tuple[list[float], list[float]]:
    """The band at the points of the same curve."""
    pairs = [line.limits(month.number) for month in drawn(line, first, last)]
    return [round(low, 3) for low, _high in pairs], [round(high, 3) for _low, high in pairs]


def contributions(line: Line, first: int, last: int) -> Contributions:
    """What each month of these years added and took away."""
    months = moved(line, first, last)
    return Contributions(
        [place(month.number) for month in months],
        [round(month.up, 4) for month in months],
        [round(month.down, 4) for month in months],
        [_moved_words(month) for month in months],
        [month_iso(month.number) for month in months],
    )


def moved(line: Line, first: int, last: int) -> list[Month]:
    """The months of these years in which a record counts, in the order of time."""
    start, end = (first - FIRST_YEAR) * 12, (last - FIRST_YEAR) * 12 + 11
    return [month for month in line.months if month.effects and start <= month.number <= end]


def _moved_words(month: Month) -> str:
    parts = [signed(value) for value in (month.up, month.down) if value]
    records = len(month.effects)
    counted = ngettext("%(n)d record", "%(n)d records", records) % {"n": records}
    return f"{month_words(month.number)}{colon()}{remarked([*parts, counted])}"


def view(width: int, first: int, last: int, now: int) -> View:
    """What a figure of these years needs to know of the reader; the present year ends where the line does."""
    end = min(last + 1, FIRST_YEAR + (now + 1) / 12)
    return View(width, first, round(end, 3), {code: str(word) for code, word in BAND_WORDS.items()}, str(get_format("DECIMAL_SEPARATOR")))
