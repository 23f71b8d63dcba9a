"""How good the forecast of sessions has been: at each past session the next is foretold from what was known by then.

Rules: a trial is made wherever the rules of `cadence` give a forecast and the next session is known at least to the month,
no session being missing before it. The error is the number of days between the likeliest day and the session. The window
counts where it was learned from earlier sessions (`experience`), and holds a session that can lie in it. What the forecast has to
beat is to say that the last interval repeats itself; the two are compared where there is a last interval.
A declared rhythm is taken as known from the first session on, since the records do not say when it was declared.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relations.domain.cadence import Basis, Forecast, Session, falls_of, foretell, in_order, intervals_of, rhythm_of
from relations.domain.experience import Experience


@dataclass(frozen=True, slots=True)
class Past:
    """A mechanism as far as the back-test goes: its sessions held so far, in any order, and its declared rhythm."""

    key: str
    sessions: tuple[Session, ...]
    periodicity_months: int | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """One forecast and what came: `error` in days, positive where the session came later than foretold.

    `held` says whether it fell in the window, None where the window had not been learned; `repeated_error` is how far it
    would have been off if the last interval had repeated itself, None where there was none.
    """

    key: str
    basis: Basis
    last: Session
    forecast: Forecast
    actual: Session
    error: int
    held: bool | None
    repeated_error: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """What trials add up to. Means and medians are of days, without their sign; None where no trial has one.

    `compared` trials have a last interval; `compared_error` is the error of the forecast in these, `repeated_error` that of
    repeating it. `windows` were learned, `held` of them held the session.
    """

    trials: int
    mean_error: float | None
    median_error: float | None
    compared: int
    compared_error: float | None
    repeated_error: float | None
    windows: int
    held: int

    @property
    def held_share(self) -> float | None:
        return self.held / self.windows if self.windows else None

    @property
    def is_better(self) -> bool:
        """Whether the forecast beats repeating the last interval; false where nothing can be compared."""
        return self.compared_error is not None and self.repeated_error is not None and self.compared_error < self.repeated_error


def experience_of(mechanisms: Iterable[Past]) -> Experience:
    """What the sessions of all mechanisms teach."""
    return Experience(fall for past in mechanisms for fall in falls_of(past.sessions, past.periodicity_months))


def trials(mechanisms: Sequence[Past]) -> list[Trial]:
    """A trial for every past session that could be foretold, mechanism by mechanism in the order of time."""
    experience = experience_of(mechanisms)
    return [trial for past in mechanisms for trial in trials_of(past, experience)]


def trials_of(past: Past, experience: Experience) -> list[Trial]:
    """The trials of one mechanism. The experience of all mechanisms is cut off at the day of the last session known."""
    found = []
    intervals = intervals_of(in_order(past.sessions))
    for place, interval in enumerate(intervals):
        rhythm = rhythm_of(intervals[:place], past.periodicity_months)
        if rhythm is None or interval.missing or not interval.is_telling:
            continue
        forecast = foretell(interval.start, rhythm, experience.band(interval.start.date.last))
        actual = interval.end.date
        held = forecast.window.earliest <= actual.last and actual.first <= forecast.window.latest
        repeated = abs(interval.days - intervals[place - 1].days) if place else None
        found.append(
            Trial(
                key=past.key,
                basis=rhythm.basis,
                last=interval.start,
                forecast=forecast,
                actual=interval.end,
                error=(actual.middle - forecast.day).days,
                held=held if forecast.band else None,
                repeated_error=repeated,
            )
        )
    return found


def score(made: Sequence[Trial]) -> Score:
    """What trials add up to."""
    errors = [abs(trial.error) for trial in made]
    compared = [(abs(trial.error), trial.repeated_error) for trial in made if trial.repeated_error is not None]
    windows = [trial.held for trial in made if trial.held is not None]
    return Score(
        trials=len(made),
        mean_error=statistics.mean(errors) if errors else None,
        median_error=statistics.median(errors) if errors else None,
        compared=len(compared),
        compared_error=statistics.mean(own for own, _other in compared) if compared else None,
        repeated_error=statistics.mean(other for _own, other in compared) if compared else None,
        windows=len(windows),
        held=sum(windows),
    )
