"""What a load did, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from relations.domain.dataset.plan import Action


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a reader is told about: its kind, its key, and why."""

    kind: str
    key: str
    reason: str


@dataclass(slots=True)
class LoadReport:
    """Counts by kind and action, and the records that somebody should know of by name.

    `named` holds what editors changed or deleted and the load left alone, and what is no longer in the files.
    """

    counts: dict[str, Counter[Action]] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)

    def count(self, kind: str, actions: Iterable[Action]) -> None:
        self.counts[kind] = Counter(actions)

    def total(self, action: Action) -> int:
        return sum(counter[action] for counter in self.counts.values())

    @property
    def wrote(self) -> bool:
        """Whether the load changed anything."""
        return bool(self.total(Action.ADD) or self.total(Action.CHANGE))


class DatasetRefused(Exception):
    """The files cannot be loaded as they are; nothing has been changed. `problems`: one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
