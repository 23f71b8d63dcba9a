"""What changed, in words: the numbers of a summary, and the fields of a record with what they said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext

from relations.domain.changes import Basis, Difference, Fate, Load, Problem, Since
from relations.domain.partial_date import PartialDate
from relations.domain.wording import Change as Became
from relations.domain.wording import Piece, difference
from relations.models import Provision
from relations.models.fields import CodesField, PartialDateField
from relations.reference.languages import LANGUAGES, field_suffix
from relations.selectors.changes import ChangesPage, Summary
from relations.selectors.changes_records import KINDS, Change
from relations.templatetags import dates, joins
from relations.templatetags.names import language_name
from relations.web.latest import NewLine, new_line

DIFFERENCES_SHOWN = 6
_WORDS_FROM = 60
"""Texts of so many characters are marked word by word; shorter ones whole."""


@dataclass(frozen=True)
class DifferenceLine:
    """A field that differs: its name, and its value before and now as pieces, none where no words tell it."""

    label: str
    pieces: tuple[Piece, ...]
    language: str


@dataclass(frozen=True)
class ChangeLine:
    """A record that changed: the line that names it, the day, the word for what became of it, and what differs."""

    line: NewLine
    day: str
    fate: str
    note: str
    differences: tuple[DifferenceLine, ...]
    left_out: int


def change_line(change: Change) -> ChangeLine:
    """One record in words."""
    told = [difference_line(KINDS[change.record.kind], one) for one in change.differences]
    new = change.fate is Fate.NEW
    note = (
        ngettext("with %(n)d provision", "with %(n)d provisions", change.provisions) % {"n": change.provisions} if change.provisions else ""
    )
    if change.parts:
        note = gettext("Changed beside it: %(parts)s") % {"parts": joins.listed(part_words(part) for part in change.parts)}
    return ChangeLine(
        new_line(change.record),
        change.day.isoformat(),
        pgettext("a record", "New") if new else pgettext("a record", "Edited"),
        note,
        tuple(told[:DIFFERENCES_SHOWN]),
        max(0, len(told) - DIFFERENCES_SHOWN),
    )


def part_words(part: str) -> str:
    """What belongs to a record, as a word."""
    return {
        "sources": gettext("sources"),
        "texts": gettext("texts"),
        "signatories": gettext("signatories"),
        "references": gettext("documents it invokes"),
        "chairs": gettext("chairs"),
    }[part]


def difference_line(model: type[Model], one: Difference) -> DifferenceLine:
    """A field in words; of a provision, where the difference has its number."""
    column: Any = (Provision if one.number is not None else model)._meta.get_field(one.field)
    before, now = value_words(column, one.before), value_words(column, one.now)
    if isinstance(column, ForeignKey):
        pieces: tuple[Piece, ...] = ()
    elif min(len(before), len(now)) >= _WORDS_FROM:
        pieces = difference(before, now)
    else:
        pieces = tuple(Piece(became, text) for became, text in ((Became.GONE, before), (Became.NEW, now)) if text)
    return DifferenceLine(_label(column, one), pieces, _language(column))


def _label(column: Any, one: Difference) -> str:
    language = _title_language(one.field)
    name = str(column.verbose_name)
    if language:
        name = str(joins.remarked([name.partition(" [")[0], language_name(language[:2])]))
    if one.number is None:
        return str(capfirst(name))
    number = gettext("Provision %(n)d") % {"n": one.number}
    return number if one.field == "text" else str(joins.remarked([number, name]))


def _title_language(field: str) -> str:
    return next((code for code in LANGUAGES if field in (f"title_{field_suffix(code)}", f"name_{field_suffix(code)}")), "")


def _language(column: Field[Any, Any]) -> str:
    if language := _title_language(column.name):
        return language
    words = getattr(column, "choices", None) or isinstance(column, (CodesField, PartialDateField, ForeignKey))
    return "" if words or column.get_internal_type() not in ("CharField", "TextField") else "en"


def value_words(column: Any, value: Any) -> str:
    """A stored value as a reader knows it; nothing for an empty one."""
    if value is None or value == "" or value == ():
        return ""
    if isinstance(column, CodesField):
        words = dict(column.codes)
        return str(joins.listed(str(words.get(code, code)) for code in value))
    if getattr(column, "choices", None):
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, PartialDateField):
        return dates.long_date(value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)


def load_words(load: Load) -> str:
    """A load of the dataset, as one sentence."""
    words = ngettext("The dataset was loaded on %(day)s: %(n)d record.", "The dataset was loaded on %(day)s: %(n)d records.", load.records)
    return words % {"day": dates.long_date(PartialDate.of(load.day)), "n": load.records}


# ---- Sums ------------------------------------------------------------------------------------------------------------------


def since_words(since: Since) -> str:
    """From when on, and why."""
    day = dates.since(PartialDate.of(since.day))
    if since.basis is Basis.VISIT:
        return gettext("%(since)s, the day of your last visit") % {"since": day}
    if since.basis is Basis.FIRST:
        return gettext("%(since)s, the last 30 days") % {"since": day}
    return day


def problem_words(since: Since, asked: str) -> str:
    """What is wrong with the day asked for, empty where nothing is."""
    if since.problem is Problem.UNREADABLE:
        return gettext("“%(value)s” is not a day (YYYY-MM-DD); it is ignored.") % {"value": asked.strip()[:20]}
    if since.problem is Problem.FUTURE:
        return gettext("%(value)s lies ahead; this is today.") % {"value": asked.strip()}
    if since.problem is Problem.OLD:
        return gettext("%(value)s is too long ago; this is as far back as the page goes.") % {"value": asked.strip()}
    return ""


def page_counts(page: ChangesPage) -> list[str]:
    """How much of each kind changed, none of what did not."""
    new = sum(1 for change in page.changes if change.fate is Fate.NEW)
    edited = len(page.changes) - new
    counts = []
    if new:
        counts.append(ngettext("%(n)d new record", "%(n)d new records", new) % {"n": new})
    if edited:
        counts.append(ngettext("%(n)d edited record", "%(n)d edited records", edited) % {"n": edited})
    return counts + _others(len(page.due), len(page.entered), page.stories_total)


def summary_counts(found: Summary) -> list[str]:
    """The same of a summary, where new and edited records are not told apart."""
    counts = []
    if found.records:
        counts.append(ngettext("%(n)d new or edited record", "%(n)d new or edited records", found.records) % {"n": found.records})
    return counts + _others(found.due, found.entered, found.stories)


def _others(due: int, entered: int, stories: int) -> list[str]:
    counts = []
    if due:
        counts.append(ngettext("%(n)d session that became due", "%(n)d sessions that became due", due) % {"n": due})
    if entered:
        words = ngettext("%(n)d anniversary now within 90 days", "%(n)d anniversaries now within 90 days", entered)
        counts.append(words % {"n": entered})
    if stories:
        counts.append(ngettext("%(n)d new story in the news", "%(n)d new stories in the news", stories) % {"n": stories})
    return counts


def counted(counts: Sequence[str]) -> str:
    """The numbers in a row, as the end of a sentence."""
    return str(joins.listed(counts))
