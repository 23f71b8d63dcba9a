"""Waiting for a database that is away."""

from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError, connection

from relations.ingest import patience
from relations.ingest.patience import patiently


class Connection:
    """A connection that is away, or that works."""

    in_atomic_block = False
    connection: object = None
    closed = 0

    def __init__(self, works: bool = False) -> None:
        self.works = works
        self.connection = object() if works else None

    def is_usable(self) -> bool:
        return self.works

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it waited each time; the clock goes on by that."""
    slept: list[float] = []
    monkeypatch.setattr(patience.time, "sleep", slept.append)
    monkeypatch.setattr(patience.time, "monotonic", lambda: sum(slept))
    return slept


def failing(times: int, error: type[Exception] = OperationalError) -> object:
    left = [error("gone")] * times

    def step() -> str:
        if left:
            raise left.pop()
        return "done"

    return step


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_step_is_done_again_when_the_database_is_back(
    pauses: list[float], monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    away = Connection()
    monkeypatch.setattr(patience, "connection", away)
    assert patiently(failing(4, error)) == "done"  # type: ignore[arg-type]
    assert pauses == [0.1, 0.2, 0.4, 0.8]
    assert away.closed == 4


def test_patience_has_an_end(pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "connection", Connection())
    with pytest.raises(OperationalError):
        patiently(failing(1000))  # type: ignore[arg-type]
    assert 55 < sum(pauses) <= patience.SECONDS


def test_an_error_over_a_connection_that_works_is_raised_at_once(pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "connection", Connection(works=True))
    with pytest.raises(OperationalError):
        patiently(failing(1))  # type: ignore[arg-type]
    assert pauses == []


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_repeated(pauses: list[float]) -> None:
    assert connection.in_atomic_block
    with pytest.raises(OperationalError):
        patiently(failing(1))  # type: ignore[arg-type]
    assert pauses == []
