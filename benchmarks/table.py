"""Tables on the terminal, in plain text."""

from __future__ import annotations

from collections.abc import Sequence


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table; the first column is text, the others are figures."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )

    print(f"\n{title}\n\n{line(head)}\n{'  '.join('-' * width for width in widths)}")
    for row in rows:
        print(line(row))
    print(flush=True)


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def milliseconds(seconds: float) -> str:
    """`35.0 ms`."""
    return f"{seconds * 1000:.1f} ms"


def size(count: float) -> str:
    """`412.3 kB`, in thousands."""
    return f"{count / 1000:,.1f} kB"
