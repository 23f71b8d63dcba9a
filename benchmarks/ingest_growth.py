"""How the cost of taking in news grows with what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def compare(folder: Path, sizes: Sequence[int], entries: int, runs: int) -> None:
    """Print the table of growth."""
