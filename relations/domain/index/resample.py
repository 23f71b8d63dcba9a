"""How far a score depends on the weights and on single reports: 2,000 series with other weights and without some records.

In each resample the impact of every kind is multiplied by a number drawn evenly between 0.5 and 1.5 (one draw a kind, so the
same table is used for all relationships and all years), and each record that one report alone supports is left out with
a probability of one in four. The draws are seeded: the same records and weights give the same band. All resamples run at once,
as vectors; the rules are those of `score`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from relations.domain.index.score import Item, Options, Weights, counted
from relations.reference.impact import DOUBT, FOLLOW_UP_MONTHS, FURTHEST, RESAMPLES, SEED, SHARE, SPREAD

Array: TypeAlias = NDArray[np.float32]

_N: Final = np.float32(FURTHEST)


@dataclass(frozen=True, slots=True)
class Spread:
    """Between `low` and `high` lie nine tenths of the resamples, month by month from January 1992."""

    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """What the records of one month (with a half-life: of one thread in it) do: the sums of impacts up and down, a resample each."""

    month: int
    thread: str
    """Empty where nothing of it can fade."""
    up: Array
    down: Array


def factors(weights: Weights, resamples: int = RESAMPLES) -> Array:
    """The impact of every kind in every resample: kinds in the order of `weights` × resamples."""
    draws = np.random.default_rng(SEED).random((len(weights), resamples), dtype=np.float32)
    table = np.array([weight.weight for weight in weights.values()], dtype=np.float32)
    scaled: Array = table[:, None] * (1 - SPREAD + 2 * SPREAD * draws)
    return scaled


def spread(dyad: str, items: Iterable[Item], weights: Weights, options: Options, last: int, impacts: Array) -> Spread:
    """The band of one relationship up to month `last`; `impacts` are the `factors` of the same weights."""
    found = list(_cells(dyad, counted(items, weights, options), weights, options, impacts))
    return _walk(found, options, last, impacts.shape[1])


def _cells(dyad: str, items: Sequence[Item], weights: Weights, options: Options, impacts: Array) -> Iterable[_Cell]:
    """The cells in the order of time."""
    kinds = {kind: row for row, kind in enumerate(weights)}
    fades = options.half_life is not None
    keys = [(item.month, item.thread if fades and not weights[item.kind].lasting else "") for item in items]
    places = {key: row for row, key in enumerate(dict.fromkeys(keys))}
    up = np.zeros((len(places), impacts.shape[1]), dtype=np.float32)
    down = np.zeros_like(up)
    random = np.random.default_rng([SEED, zlib.crc32(dyad.encode())])
    for key, item in zip(keys, items, strict=True):
        impact = impacts[kinds[item.kind]]
        if doubt := DOUBT.get(item.verification):
            impact = impact * (random.random(impacts.shape[1], dtype=np.float32) >= doubt)
        (up if weights[item.kind].weight >= 0 else down)[places[key]] += impact
    return (_Cell(month, thread, up[row], down[row]) for (month, thread), row in places.items())


def _walk(cells: Sequence[_Cell], options: Options, last: int, resamples: int) -> Spread:
    """All resamples through all months."""
    by_month: dict[int, list[_Cell]] = {}
    for cell in cells:
        by_month.setdefault(cell.month, []).append(cell)
    score = np.zeros(resamples, dtype=np.float32)
    quiet = _Quiet(options, resamples)
    rows: list[Array] = []
    row_of: list[int] = []
    for month in range(last + 1):
        faded = quiet.fade(month)
        changes = by_month.get(month, ())
        if faded is not None or changes or not rows:
            score = _step(score, faded, changes, quiet)
            rows.append(score)
        row_of.append(len(rows) - 1)
    return _limits(np.stack(rows), row_of)


def _step(before: Array, faded: Array | None, cells: Sequence[_Cell], quiet: _Quiet) -> Array:
    """The scores of a month from those of the month before."""
    score = before.copy() if faded is None else before + faded
    rise, fall = (_N - before) / _N, (_N + before) / _N
    for cell in cells:
        effect: Array = cell.up * rise + cell.down * fall
        score += effect
        if cell.thread:
            quiet.take(cell.thread, cell.month, effect)
    clipped: Array = np.clip(score, -_N, _N)
    return clipped


def _limits(rows: Array, row_of: Sequence[int]) -> Spread:
    """The lowest and the highest of the middle nine tenths of each row."""
    outside = round(rows.shape[1] * (1 - SHARE) / 2)
    ordered = np.sort(rows, axis=1)
    low, high = ordered[:, outside].tolist(), ordered[:, -1 - outside].tolist()
    return Spread(tuple(low[row] for row in row_of), tuple(high[row] for row in row_of))


class _Quiet:
    """Threads and what is left of them; those that nobody takes up fade together, in one sum."""

    def __init__(self, options: Options, resamples: int) -> None:
        self.kept = np.float32(options.kept)
        self.fading = np.zeros(resamples, dtype=np.float32)
        self.left: dict[str, Array] = {}
        self.latest: dict[str, int] = {}
        self.since: dict[str, int] = {}
        """Threads that fade → the month before the first in which they did."""

    def fade(self, month: int) -> Array | None:
        """What the scores lose in a month; None where nothing fades."""
        for thread, latest in self.latest.items():
            if thread not in self.since and month - latest > FOLLOW_UP_MONTHS:
                self.since[thread] = month - 1
                self.fading = self.fading + self.left[thread]
        if not self.since:
            return None
        before, self.fading = self.fading, self.fading * self.kept
        change: Array = self.fading - before
        return change

    def take(self, thread: str, month: int, effect: Array) -> None:
        """A record takes up its thread: what is left of it stays, and no longer fades."""
        left = self.left.get(thread)
        if left is not None and (since := self.since.pop(thread, None)) is not None:
            left = left * self.kept ** (month - since)
            self.fading = self.fading - left
        self.left[thread] = effect if left is None else left + effect
        self.latest[thread] = month
