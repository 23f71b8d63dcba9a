"""What a filter of a list offers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, how many lines it would leave with the other filters as they are, and its label where it has one."""

    value: str
    count: int
    chosen: bool
    label: str = ""
