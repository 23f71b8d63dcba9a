"""A board on which boxes are laid only where nothing lies yet."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; y runs downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box, air: float = 0) -> bool:
        """Whether the two come closer than `air` to the side, or overlap."""
        return self.left < other.right + air and other.left < self.right + air and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        return self.left >= other.left and self.right <= other.right and self.top >= other.top and self.bottom <= other.bottom


@dataclass(slots=True)
class Board:
    """Boxes laid so far, inside `frame`."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def lay(self, box: Box) -> None:
        """Put a box down, whatever lies there."""
        self.taken.append(box)

    def free(self, box: Box, air: float = 0) -> bool:
        return box.within(self.frame) and not any(box.touches(other, air) for other in self.taken)

    def try_lay(self, box: Box, air: float = 0) -> bool:
        """Put a box down where nothing lies within `air` of it; tell whether it was."""
        if not self.free(box, air):
            return False
        self.lay(box)
        return True
