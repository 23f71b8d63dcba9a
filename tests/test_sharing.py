"""The processes that run the tests side by side end together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import pytest_xdist_make_scheduler
from tests.fixtures.processes import ROOT
from tests.fixtures.sharing import TOGETHER


class Process:
    """Stands for one that runs tests: what it was given, of which it has ended `ended`."""

    shutting_down = False

    def __init__(self, name: str) -> None:
        self.gateway = SimpleNamespace(id=name)
        self.given: list[int] = []
        self.ended = 0

    def send_runtest_some(self, numbers: list[int]) -> None:
        self.given += numbers

    def shutdown(self) -> None:
        self.shutting_down = True


def begin(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch, tests: list[str], dist: str = "load") -> tuple[Any, list[Process]]:
    """What hands out these tests to two processes, and the two."""
    for name, value in {"dist": dist, "tx": ["2*popen"], "loadscopereorder": True}.items():
        monkeypatch.setattr(pytestconfig.option, name, value, raising=False)
    sharing: Any = pytest_xdist_make_scheduler(pytestconfig, None)
    both = [Process("a"), Process("b")]
    if sharing is not None:
        for process in both:
            sharing.add_node(process)
            sharing.add_node_collection(process, tests)
        sharing.schedule()
    return sharing, both


def test_one_that_has_a_slow_test_leaves_the_rest_to_the_other(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    tests = [f"tests/test_a.py::test_{number}" for number in range(100)]
    sharing, (slow, quick) = begin(pytestconfig, monkeypatch, tests)
    while quick.ended < len(quick.given):
        sharing.mark_test_complete(quick, quick.given[quick.ended])
        quick.ended += 1
    assert len(slow.given) <= 3
    assert sorted(slow.given + quick.given) == list(range(100))
    assert quick.given == sorted(quick.given), "the order is that of the tests"


def test_what_stands_on_one_thing_stays_in_one_process(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    dear = [f"{TOGETHER[0]}::test_{number}" for number in range(4)]
    _sharing, (first, _second) = begin(pytestconfig, monkeypatch, [*dear, *(f"tests/test_a.py::test_{number}" for number in range(9))])
    assert first.given[:4] == [0, 1, 2, 3]


@pytest.mark.parametrize("group", TOGETHER)
def test_what_stays_together_is_there(group: str) -> None:
    file, _, name = group.partition("::")
    assert f"class {name}:" in (ROOT / file).read_text(encoding="utf-8")


def test_whoever_asks_for_another_way_gets_it(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    sharing, _both = begin(pytestconfig, monkeypatch, [], dist="loadfile")
    assert sharing is None
