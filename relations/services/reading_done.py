"""What a run of the reader came to, and what it has left. Beside the reader, since who only asks for that needs no lexicon."""

from __future__ import annotations

from dataclasses import dataclass, field

from relations.models import NewsItem


@dataclass(slots=True)
class Done:
    """What a run came to. `failed` are items on which the reader failed: they count as read."""

    read: int = 0
    relevant: int = 0
    linked: int = 0
    drafted: int = 0
    failed: int = 0
    months: set[str] = field(default_factory=set)

    def add(self, other: Done) -> None:
        for name in ("read", "relevant", "linked", "drafted", "failed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.months |= other.months

    def counts(self) -> dict[str, int]:
        """The figures for people and programs."""
        return {"read": self.read, "relevant": self.relevant, "linked": self.linked, "drafted": self.drafted, "unreadable": self.failed}


def unread() -> int:
    """How many items await reading."""
    return NewsItem.objects.filter(unread=True).count()
