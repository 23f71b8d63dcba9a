"""The score of one relationship, month by month, with the effect of every record.

Rules:

- Each record has the impact I₀ of its kind. Its effect depends on where the relation stands, with N = 9 and P the score of
  the month before: I = I₀·(N − P)/N where I₀ ≥ 0, I = I₀·(N + P)/N where I₀ < 0.
- The score of a month is P and the effects of its records; it begins with 0 before January 1992 and never leaves −9 to 9.
- A record counts in the last month that its date allows, the present one at the latest: by then it had happened. What is
  dated before 1992 counts in January 1992; what lies ahead, and what has no source, does not count.
- With a half-life of H months, what does not last fades where no follow-up comes: a *thread* of like records keeps its
  effects for 24 months after its latest record; from then on they shrink every month by what halves them in H months,
  until the thread is taken up again. What is gone stays gone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from relations.domain.partial_date import PartialDate
from relations.reference.impact import BANDS, FIRST_YEAR, FOLLOW_UP_MONTHS, FURTHEST, LEFT_OUT, Impact

Weights = Mapping[str, Impact]
"""Kind of record → its impact, for every kind of `reference.impact.IMPACTS`."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record as the index sees it. `key` names it (`visit-12`), `thread` the line of like records that it continues."""

    key: str
    month: int
    """Months since January 1992."""
    kind: str
    thread: str
    verification: str


@dataclass(frozen=True, slots=True)
class Options:
    """`half_life` in months, None for no fading; `official`: only acts of governments."""

    half_life: int | None = None
    official: bool = False

    @property
    def kept(self) -> float:
        """What is left of a fading effect after one month."""
        return 0.5 ** (1 / self.half_life) if self.half_life else 1.0


@dataclass(frozen=True, slots=True)
class Effect:
    """What a record did to the score: `effect` is `impact` times `factor`, the share that the standing left to it."""

    item: Item
    impact: float
    factor: float

    @property
    def effect(self) -> float:
        return self.impact * self.factor


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its `score`, that of the month `before`, the records of the month, and what faded (below 0: good will)."""

    number: int
    before: float
    score: float
    effects: tuple[Effect, ...] = ()
    faded: float = 0.0

    @property
    def up(self) -> float:
        """The effects that raised the score, together."""
        return sum(one.effect for one in self.effects if one.effect > 0)

    @property
    def down(self) -> float:
        """The effects that lowered it."""
        return sum(one.effect for one in self.effects if one.effect < 0)

    @property
    def change(self) -> float:
        return self.score - self.before


def month_of(date: PartialDate, today: dt.date) -> int | None:
    """The month in which a record counts: months since January 1992; None for what lies ahead."""
    if date.first > today:
        return None
    last = min(date.last, today)
    return max(0, month_number(last))


def month_number(day: dt.date) -> int:
    """Months since January 1992."""
    return (day.year - FIRST_YEAR) * 12 + day.month - 1


def month_iso(number: int) -> str:
    """0 → `1992-01`."""
    return f"{FIRST_YEAR + number // 12:04d}-{number % 12 + 1:02d}"


def band_of(score: float) -> str:
    """The band that a score lies in; a boundary belongs to the better one."""
    return next((name for name, start in reversed(BANDS) if score >= start), BANDS[0][0])


def counted(items: Iterable[Item], weights: Weights, options: Options) -> list[Item]:
    """The records that count: those with a source, of governments alone where that is asked, in the order of time."""
    kept = (item for item in items if item.verification != LEFT_OUT and (not options.official or weights[item.kind].official))
    return sorted(kept, key=lambda item: (item.month, item.key))


def series(items: Iterable[Item], weights: Weights, options: Options, last: int) -> list[Month]:
    """A month each from January 1992 to month `last`; a month without records keeps the score but for what fades."""
    by_month: dict[int, list[Item]] = {}
    for item in counted(items, weights, options):
        by_month.setdefault(item.month, []).append(item)
    found, score, threads = [], 0.0, _Threads(weights, options)
    for number in range(last + 1):
        before = score
        faded = threads.fade(number)
        effects = tuple(_effect(item, weights, before) for item in by_month.get(number, ()))
        threads.take(number, effects)
        score = within(before + faded + sum(one.effect for one in effects))
        found.append(Month(number, before, score, effects, faded))
    return found


def within(score: float) -> float:
    """Nothing leaves −9 to 9."""
    return max(-float(FURTHEST), min(score, float(FURTHEST)))


def _effect(item: Item, weights: Weights, before: float) -> Effect:
    impact = weights[item.kind].weight
    return Effect(item, impact, (FURTHEST - before) / FURTHEST if impact >= 0 else (FURTHEST + before) / FURTHEST)


class _Threads:
    """What is left of the effects of each thread that can fade."""

    def __init__(self, weights: Weights, options: Options) -> None:
        self.weights, self.options = weights, options
        self.left: dict[str, float] = {}
        self.latest: dict[str, int] = {}

    def fade(self, month: int) -> float:
        """Let what was not followed up fade by a month; the change of the score."""
        change = 0.0
        for thread, left in self.left.items():
            if month - self.latest[thread] > FOLLOW_UP_MONTHS:
                self.left[thread] = left * self.options.kept
                change += self.left[thread] - left
        return change

    def take(self, month: int, effects: Sequence[Effect]) -> None:
        """Records of a month take up their threads."""
        if self.options.half_life is None:
            return
        for one in effects:
            if not self.weights[one.item.kind].lasting:
                self.left[one.item.thread] = self.left.get(one.item.thread, 0.0) + one.effect
                self.latest[one.item.thread] = month
