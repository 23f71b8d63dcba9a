"""Dates in words and figures, absolute or counted from the day of publication, and the one that is the document's."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from relations.domain.extraction.article import Evidence, Value
from relations.domain.extraction.document import Mention, announced
from relations.domain.extraction.scan import Scan
from relations.reference.reading_words import reading_words

_AHEAD: Final = dt.timedelta(days=2)
_IN_FRONT: Final = 5
_BEFORE: Final = 40
_STALE: Final = dt.timedelta(days=21)
_HAN_DIGITS: Final = str.maketrans("○〇零一二三四五六七八九", "000123456789")
_SINCE: Final = re.compile(
    r"(?:since|until|till|by|from|before|depuis|jusqu'(?:au|a)|d'ici(?: au| le)?|avant(?: le)?|a partir (?:du|"
    r"de)|до|с|со|начиная с|к|自|从|至|到)\s*$"
)


_RULES: Final = {"months": "date", "weekdays": "weekday", "relative": "relative day"}
_MARKS: Final = {
    "zh": {"date": "月", "day of the month": "日"},
    "fr": {"day of the month": "le "},
    "en": {"day of the month": "on the "},
    "ru": {"day of the month": "числа"},
}
_LONGEST: Final = 50
"""What a date has at most before or behind such a word."""
_NOWHERE: Final = (-1, -1)
_FIGURED: Final = re.compile(r"\d[./-]\d")
"""Without which there is no date in figures alone."""
_TO: Final = r"(?:st|nd|rd|th|er)?(?: ?- ?| to | and | au | et | по | и )"
_UNTIL: Final = re.compile(_TO + r"\d{1,2}\b")
"""Behind the first day of several."""
_LAST_WEEK: Final = r" (?:of )?last week| de la semaine (?:derniere|passee)"
_ON_THE: Final = re.compile(
    r"\bon the (?P<day>\d{1,2})(?:st|nd|rd|th)(?P<which>(?=[,.;)]| of (?:this|the) month\b| in | at | after | by ))"
)
_LE: Final = re.compile(
    r"\b(?:le|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) (?P<day>\d{1,2})(?P<which> du mois| courant|(?=[,.;)]| (?:a|au) [a-z]))"
)
_BESIDE: Final = 7
"""How near a date says itself which day a weekday is: “Wednesday, the 5th of June”."""
_SHORT_YEAR: Final = 99
_TURN: Final = 70
"""Before this year of two figures it is one of this century."""
_DATED: Final = re.compile(r"\b(?:dated|date du|datee du|datees du|en date du|датированн\w+)\s*$")
_REACH: Final = 400
"""How far behind a date “the day before” counts from it."""
_RANGE: Final = re.compile(r"\d{1,2}(?:日|号)?\s?(?:-|to|and|au|et|по|и|至|到)\s?$")
"""Before the last day of several: “from 25 to 27 May”."""


class Dated(NamedTuple):
    """A date expression: its place, its day or, without `day`, its month, and the rule that read it."""

    start: int
    end: int
    date: dt.date
    exact: bool
    rule: str

    @property
    def iso(self) -> str:
        return self.date.isoformat() if self.exact else f"{self.date:%Y-%m}"


def _chinese(relative: str, weekdays: str) -> list[tuple[str, re.Pattern[str]]]:
    digits = "[一二三四五六七八九十廿]{1,3}"
    tens = "(?:二?十[一二三四五六七八九]?|三十一?)"
    return [
        (
            "date",
            re.compile(
                rf"(?:(?P<year>\d{{4}}|[一二三四五六七八九○〇零]{{4}})年)?(?P<month>\d{{1,2}}|{digits})月(?P<day>\d{{1,2}}|{digits})[日号]"
            ),
        ),
        (
            "day of the month",
            re.compile(
                rf"(?<![\d月])(?P<which>本月|当月|上月|上个月)?(?P<day>\d{{1,2}}|(?<=月){digits}|(?<![一二三四五六七八九十百零第数几]){tens})日(?!起|内|元|方|本|均|报|前)"
            ),
        ),
        ("weekday", re.compile(rf"(?P<last>上个?|本|这个?)?(?P<weekday>{weekdays})")),
        ("relative day", re.compile(rf"(?P<relative>{relative})")),
    ]


@functools.cache
def _grammar(language: str) -> list[tuple[str, re.Pattern[str]]]:
    words: dict[str, Any] = reading_words("dates")
    counted = words["relative"][language].keys() | words["anchored"][language].keys()
    relative = "|".join(sorted(map(re.escape, counted), key=lambda word: (-len(word), word)))
    weekdays = "|".join(re.escape(form) for forms in words["weekdays"][language] for form in forms)
    if language == "zh":
        return _chinese(relative, weekdays)
    months = "|".join(sorted((re.escape(form) for forms in words["months"][language] for form in forms), key=len, reverse=True))
    days = "|".join(sorted(map(re.escape, words["days"][language]), key=len, reverse=True))
    year = r"(?:,? (?:de )?(?P<year>(?:19|20)\d\d))?"
    of_month = rf"(?:st|nd|rd|th|er|-го|-е)?(?: of)? (?P<month>{months})\b\.?{year}"
    grammar = [
        ("date", re.compile(rf"(?<![\w])(?P<day>\d{{1,2}}|{days}){of_month}")),
        ("date", re.compile(rf"(?<![\w-])(?P<day>\d{{1,2}})(?={_TO}\d{{1,2}}{of_month})")),
    ]
    if language == "en":
        grammar.append(("day of the month", _ON_THE))
        grammar.append(
            (
                "date",
                re.compile(
                    rf"\b(?P<month>{months})\b\.? (?:the )?(?P<day>\d{{1,2}}|{days})(?:st|nd|rd|th)?\b(?! (?:percent|per cent|"
                    rf"billion|million)){year}"
                ),
            )
        )
    if language == "fr":
        grammar.append(("day of the month", _LE))
    if language == "ru":
        grammar.append(("day of the month", re.compile(r"\b(?P<day>\d{1,2})(?:-го)? числа(?P<which> (?:этого|текущего) месяца)?\b")))
    grammar += [
        ("weekday", re.compile(rf"\b(?P<last>last |this )?(?P<weekday>{weekdays})\b(?P<after> dernier| passe|{_LAST_WEEK}| прошл\w+)?")),
        ("relative day", re.compile(rf"(?<![\w'])(?P<relative>{relative})\b")),
        ("figures", re.compile(r"(?<!\d)(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>(?:19|20)\d\d|\d\d)(?!\d|[./]\d)")),
        ("figures", re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")),
    ]
    return grammar


def dates_in(folded: str, language: str, published: dt.date | None, places: Mapping[str, tuple[int, int]] | None = None) -> list[Dated]:
    """Every date of a folded text, in order. Relative ones need the day of publication.

    `places` are the first and the last place of what a rule cannot do without, where that is known: nothing is to be found elsewhere.
    """
    if language not in ("en", "fr", "zh", "ru"):
        return []
    found: dict[int, Dated] = {}
    figured = _FIGURED.search(folded)
    for rule, pattern in _grammar(language):
        if rule == "figures" and not figured:
            continue
        anywhere = (0, len(folded))
        first, last = anywhere if places is None else places.get(rule, anywhere if rule == "figures" else _NOWHERE)
        if first < 0:
            continue
        for match in pattern.finditer(folded, max(0, first - _LONGEST), last + _LONGEST):
            day = _counted(match, language, found) if rule == "relative day" else None
            day = day or _resolved(rule, match, language, published)
            near = _BESIDE if rule == "weekday" else 0
            taken = any(match.start() < other.end + near and other.start < match.end() + near for other in found.values())
            if day and not taken:
                found[match.start()] = Dated(match.start(), match.end(), day, True, rule)
    return [found[start] for start in sorted(found)]


def _counted(match: re.Match[str], language: str, found: Mapping[int, Dated]) -> dt.date | None:
    """“The day before” from the last date before it; None for days that count from the day of publication."""
    back = reading_words("dates")["anchored"][language].get(match["relative"])
    before = [start for start, dated in found.items() if 0 <= match.start() - dated.end <= _REACH]
    if back is None or not before:
        return None
    try:
        return found[max(before)].date - dt.timedelta(days=back)
    except OverflowError:
        return None


def _resolved(rule: str, match: re.Match[str], language: str, published: dt.date | None) -> dt.date | None:
    try:
        if rule in ("date", "figures"):
            return _absolute(match, language, published)
        if published is None:
            return None
        if rule == "day of the month":
            number = match["day"]
            day = int(number) if number.isdigit() else reading_words("dates")["days"][language][number]
            return _in_month(day, match["which"], published)
        if rule == "weekday":
            return _weekday(match, language, published)
        back = reading_words("dates")["relative"][language].get(match["relative"], -1)
        return published - dt.timedelta(days=back) if back >= 0 else None
    except (KeyError, ValueError, OverflowError):
        return None


def _absolute(match: re.Match[str], language: str, published: dt.date | None) -> dt.date | None:
    words = reading_words("dates")
    day_word, month_word, year_word = match["day"], match["month"], match["year"]
    day = int(day_word) if day_word.isdigit() else words["days"][language].get(day_word)
    if month_word.isdigit():
        month: int | None = int(month_word)
    elif language == "zh":
        month = words["days"]["zh"].get(month_word)
    else:
        month = next((number for number, forms in enumerate(words["months"][language], 1) if month_word in forms), None)
    if not day or not month:
        return None
    if year_word:
        year = int(year_word.translate(_HAN_DIGITS))
        return dt.date(year if year > _SHORT_YEAR else year + (2000 if year < _TURN else 1900), month, day)
    if published is None:
        return None
    this = dt.date(published.year, month, day)
    return this if this <= published + dt.timedelta(days=90) else dt.date(published.year - 1, month, day)


def _in_month(day: int, which: str | None, published: dt.date) -> dt.date:
    if which in ("上月", "上个月") or (which is None and day > published.day):
        last = published.replace(day=1) - dt.timedelta(days=1)
        return last.replace(day=day)
    return published.replace(day=day)


def _weekday(match: re.Match[str], language: str, published: dt.date) -> dt.date:
    number = next(n for n, forms in enumerate(reading_words("dates")["weekdays"][language]) if match["weekday"] in forms)
    back = (published.weekday() - number) % 7
    after = match.groupdict().get("after") or ""
    strict = match["last"] in ("last ", "上", "上个") or bool(after)
    if match["last"] in ("上", "上个") or "week" in after or "semaine" in after:  # of the last week
        monday = published - dt.timedelta(days=published.weekday() + 7)
        return monday + dt.timedelta(days=number)
    return published - dt.timedelta(days=7 if strict and back == 0 else back)


def written_on(scan: Scan) -> dt.date | None:
    """The day from which “yesterday” counts: that of the dateline, where it has one near the day of publication."""
    line, published = scan.layout.dateline, scan.published
    if line and any(c.isdigit() for c in scan.text[line[0] : line[1]]):
        for dated in dates_in(scan.folded[line[0] : line[1]], scan.language, published):
            if dated.exact and (published is None or dt.timedelta(0) <= published - dated.date <= dt.timedelta(days=4)):
                return dated.date
    return published


def date_of(scan: Scan, found: list[Mention], kind: str | None) -> Value:
    """The day of the document, or of the event that the article reports; None where the article does not tell."""
    last = scan.sentences[min(_IN_FRONT, len(scan.sentences) - 1)].end if scan.sentences else len(scan.folded)
    written = written_on(scan)
    dates = dates_in(scan.folded[:last], scan.language, written, _places(scan, 0, last))
    if kind is None:
        dates = _told(scan, dates)
    best = _best(scan, dates, found, kind) or _further_on(scan, found, kind, last, written)
    if best is None:
        return Value(None)
    return Value(best.iso, (Evidence(best.start, best.end, best.rule),))


def _told(scan: Scan, dates: list[Dated]) -> list[Dated]:
    """Without a document: the dates of sentences, and that of the dateline where a sentence tells the same day."""
    first, last = scan.layout.dateline or (0, 0)
    told = [dated for dated in dates if not first <= dated.start < last]
    days = {dated.date for dated in told}
    return [dated for dated in dates if dated.date in days]


def _best(scan: Scan, dates: list[Dated], found: list[Mention], kind: str | None) -> Dated | None:
    best, best_score = None, 0.0
    for dated in dates:
        score = _score(scan, dated, found, kind)
        if score > best_score + 1e-9:
            best, best_score = dated, score
    return best


def _further_on(scan: Scan, found: list[Mention], kind: str | None, first: int, written: dt.date | None) -> Dated | None:
    """Where the front of a text has no date: one beside the words that the document was issued."""
    issued = [scan.sentence_at(m.hit.start) for m in found if m.kind == kind and m.issued and m.score > 0 and m.hit.start >= first]
    dates: list[Dated] = []
    for start, end in sorted({(sentence.start, sentence.end) for sentence in issued if sentence}):
        near = _places(scan, start, end) | {"figures": (start, end)}
        dates += [dated for dated in dates_in(scan.folded, scan.language, written, near) if start <= dated.start < end]
    return _best(scan, dates, found, kind)


def _places(scan: Scan, first: int, last: int) -> dict[str, tuple[int, int]]:
    """Where the words stand without which a rule finds no date: the first and the last one; not named where there are none."""
    found: dict[str, tuple[int, int]] = {}
    for hit in scan.hits("dated", first, last):
        rule = _RULES[hit[3]]
        found[rule] = found.get(rule, hit)[0], hit[0]
    marks = _MARKS.get(scan.language, {})
    return found | {rule: (scan.folded.find(mark, first, last), scan.folded.rfind(mark, first, last)) for rule, mark in marks.items()}


def _score(scan: Scan, dated: Dated, found: list[Mention], kind: str | None) -> float:
    sentence = scan.sentence_at(dated.start)
    score = 0.0
    if sentence is None:
        line = scan.layout.dateline
        score = 1.0 if line and line[0] <= dated.start < line[1] else 0.3
        if dated.start < scan.layout.title_end:
            score = 0.5
    else:
        score = {0: 2.0, 1: 1.8, 2: 1.2, 3: 1.0}.get(sentence.number, 0.4)
        documents = [m for m in found if m.kind == kind and sentence.start <= m.hit.start < sentence.end and m.score > 0]
        if documents:
            score += 1.5 if any(m.issued for m in documents) else 0.5
            verbs = [hit.start for hit in scan.hits("issued", sentence.start, sentence.end)] or [m.hit.start for m in documents]
            score += 0.3 / (1 + min(abs(dated.start - at) for at in verbs) / 40)
        if announced(scan, dated.start, dated.end, sentence.start, sentence.end):
            score -= 2.5
        elif scan.has("next", max(sentence.start, dated.start - _BEFORE), dated.start):
            score -= 1.0
    if scan.published:
        if dated.date > scan.published:
            return 0.0
        if scan.published - dated.date > _STALE:
            score -= 2.0
    if _RANGE.search(scan.folded[max(0, dated.start - 8) : dated.start]):
        score -= 0.6
    if _DATED.search(scan.folded[max(0, dated.start - 16) : dated.start]):
        score += 0.5
    since = dated.rule != "weekday" and not _UNTIL.match(scan.folded, dated.end)
    if since and _SINCE.search(scan.folded[max(0, dated.start - 14) : dated.start]):
        score -= 1.5
    return score


def spans(dates: list[Dated]) -> Iterator[tuple[int, int]]:
    """The places of dates."""
    return ((dated.start, dated.end) for dated in dates)
