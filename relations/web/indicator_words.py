"""What the figures of an indicator say, in words: the largest discrepancy, who counts how much."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relations.domain.mirror import Discrepancy
from relations.selectors.panels import PanelsPage
from relations.templatetags import joins
from relations.templatetags.dates import long_date
from relations.templatetags.names import dyad_title
from relations.web.indicator import amount


def unit_of(page: PanelsPage, share: bool) -> str:
    """The unit on the chart: that of the indicator, or per cent of the total of the five."""
    return _("per cent of the five together") if share else page.choice.unit


def period_words(period: str) -> str:
    """`2023` → 2023, `2023-01/2023-10` → January 2023–October 2023."""
    first, _slash, last = period.partition("/")
    return f"{long_date(first)}{joins.dash()}{long_date(last)}" if last else str(long_date(first))


def times(ratio: float) -> str:
    """How many times: one decimal, which is what the sources bear."""
    return str(number_format(round(ratio, 1), decimal_pos=1))


def headline(page: PanelsPage, share: bool) -> str:
    """What the figure says: where two sides are the furthest apart; else the name of the indicator."""
    most = page.largest
    if share or most is None:
        return page.choice.title
    values = {"pair": dyad_title(most.dyad), "period": period_words(most.period), "n": times(most.ratio)}
    if round(most.ratio, 1) == 1:
        return _("The figures of both sides agree within a twentieth")
    return _("The figures of both sides differ most for %(pair)s in %(period)s: by a factor of %(n)s") % values


def sentence(one: Discrepancy, unit: str) -> str:
    """A discrepancy in words, with both reporters: neither is called right."""
    values = {
        "period": period_words(one.period),
        "china": amount(one.china.value),
        "reporter": one.china.reporter,
        "other": one.partner.reporter,
        "partner": amount(one.partner.value),
        "unit": unit,
        "pair": dyad_title(one.dyad),
    }
    return _("%(pair)s in %(period)s: %(reporter)s counts %(china)s, %(other)s %(partner)s (%(unit)s).") % values


def lede(page: PanelsPage, share: bool) -> str:
    """The answer first: how much there is, and the largest discrepancy with both its numbers."""
    reporters = {one.reporter for panel in page.panels for one in panel.series}
    values = len(page.lines)
    counted = joins.listed(
        [
            ngettext("%(n)d value", "%(n)d values", values) % {"n": values},
            ngettext("%(n)d reporter", "%(n)d reporters", len(reporters)) % {"n": len(reporters)},
        ]
    )
    told = [_("%(title)s: %(counted)s.") % {"title": page.choice.title, "counted": counted}]
    if not page.panels:
        return joins.sentences([_("“%(title)s” has no value in these years for these relationships.") % {"title": page.choice.title}])
    if (most := page.largest) and not share:
        told.append(_("The largest discrepancy is that of %(sentence)s") % {"sentence": sentence(most, page.choice.unit)})
    elif not share:
        told.append(_("No period is counted by both sides, so nothing can be held against each other."))
    if page.empty:
        told.append(_("No value: %(names)s.") % {"names": joins.listed(dyad_title(code) for code in page.empty)})
    return joins.sentences(told)
