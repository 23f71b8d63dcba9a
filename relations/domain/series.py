"""Series of an indicator: one reporter each, years in a row joined, others left apart; never merged, never averaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relations.reference.parties import CHINA


@dataclass(frozen=True, slots=True)
class Value:
    """One published value in the unit of its indicator; `qualifier` is exact, approx, more_than or less_than."""

    year: int
    period: str
    value: float
    qualifier: str
    verification: str
    key: int


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one reporter and scope, in the order of time. `side` is the party that the reporter belongs to, if any."""

    reporter: str
    scope: str
    side: str
    values: tuple[Value, ...]

    @property
    def last(self) -> Value:
        return self.values[-1]

    def runs(self) -> list[tuple[Value, ...]]:
        """Stretches of years in a row: a chart joins the points within one, never across two."""
        runs: list[list[Value]] = []
        for value in self.values:
            if runs and value.year - runs[-1][-1].year <= 1:
                runs[-1].append(value)
            else:
                runs.append([value])
        return [tuple(run) for run in runs]


_CHINESE = ("China ", "China’s", "Chinese", "Xinhua", "gov.cn", "CNPC", "PetroChina", "PipeChina", "CCTV",
    "Embassy of China", "Consulate General of China",
            "Horgos", "Alashankou", "Xinjiang", "People's Daily", "Belt and Road Portal")  # fmt: skip
_PARTNERS = {
    "KZ": ("Kazakhstan", "President of Kazakhstan", "Embassy of Kazakhstan", "Kazinform"),
    "KG": ("Kyrgyzstan",),
    "TJ": ("Tajikistan", "President of Tajikistan", "Embassy of Tajikistan"),
    "TM": ("Turkmen", "President of Turkmenistan"),
    "UZ": ("Uzbekistan",),
}


def side_of(reporter: str) -> str:
    """The party that a reporter speaks for, by the beginning of its name: `CN`, a partner, or empty for anybody else."""
    if reporter.startswith(_CHINESE):
        return CHINA
    return next((code for code, starts in _PARTNERS.items() if reporter.startswith(starts)), "")


def group(rows: Iterable[tuple[str, str, Value]]) -> list[Series]:
    """Series from (reporter, scope, value) in any order: China's first, then the partners', then others; longer ones first."""
    found: dict[tuple[str, str], list[Value]] = {}
    for reporter, scope, value in rows:
        found.setdefault((reporter, scope), []).append(value)
    series = [
        Series(reporter, scope, side_of(reporter), tuple(sorted(values, key=lambda value: (value.year, value.period))))
        for (reporter, scope), values in found.items()
    ]
    order = {CHINA: 0, "": 2}
    return sorted(series, key=lambda one: (order.get(one.side, 1), -len(one.values), one.reporter, one.scope))


@dataclass(frozen=True, slots=True)
class Gap:
    """What two reporters say of the same year: values in the indicator's unit."""

    year: int
    china: Value
    partner: Value

    @property
    def ratio(self) -> float:
        """China's figure divided by the partner's."""
        return self.china.value / self.partner.value


def mirror_gap(series: Sequence[Series]) -> Gap | None:
    """The latest year for which both a Chinese and a partner's reporter have a value, and the two values; None without one.

    Of several reporters of a side the one with the longest series speaks, as the list has it.
    """
    sides = {CHINA: {}, "partner": {}}  # type: dict[str, dict[int, Value]]
    for one in series:
        if not one.side:
            continue
        side = sides[CHINA if one.side == CHINA else "partner"]
        for value in one.values:
            side.setdefault(value.year, value)
    years = [year for year in sides[CHINA] if year in sides["partner"] and sides["partner"][year].value]
    if not years:
        return None
    year = max(years)
    return Gap(year, sides[CHINA][year], sides["partner"][year])
