"""The band of uncertainty: the rules of the score, run many times at once."""

from __future__ import annotations

import numpy as np
import pytest

from relations.domain.index import resample
from relations.domain.index.resample import factors, spread
from relations.domain.index.score import Item, Options, series
from relations.reference.impact import IMPACTS, Impact

WEIGHTS = {"good": Impact(1.0), "bad": Impact(-1.0), "kept": Impact(1.0, lasting=True), "none": Impact(0.0)}


def item(month: int, kind: str = "good", verification: str = "official", thread: str = "") -> Item:
    return Item(f"{kind}-{month}", month, kind, thread or kind, verification)


MIXED = [
    item(0),
    item(3, "bad"),
    item(3, "kept"),
    item(40),
    item(41, "none"),
    item(70, "bad", thread="x"),
    item(95),
    item(95, "bad", thread="x"),
]


def test_the_impact_of_a_kind_lies_between_half_and_half_as_much_again() -> None:
    drawn = factors(WEIGHTS)
    assert drawn.shape == (4, 2000)
    assert 0.5 <= drawn[0].min() < 0.51
    assert 1.49 < drawn[0].max() <= 1.5
    assert -1.5 <= drawn[1].min() < drawn[1].max() <= -0.5
    assert not drawn[3].any()


def test_one_record_is_uncertain_by_its_weight_alone() -> None:
    # Evenly between 0.5 and 1.5: nine tenths lie between 0.55 and 1.45.
    found = spread("CN-KZ", [item(1)], WEIGHTS, Options(), 2, factors(WEIGHTS))
    assert (found.low[0], found.high[0]) == (0, 0)
    assert found.low[1:] == pytest.approx([0.55, 0.55], abs=0.02)
    assert found.high[1:] == pytest.approx([1.45, 1.45], abs=0.02)


def test_a_single_report_is_left_out_in_one_resample_of_four() -> None:
    found = spread("CN-KZ", [item(0, verification="single")], WEIGHTS, Options(), 0, factors(WEIGHTS))
    assert found.low[0] == 0
    # A quarter at 0 and the rest even: 19 of 20 lie below 0.5 + (0.95 − 0.25)/0.75 = 1.4333.
    assert found.high[0] == pytest.approx(1.4333, abs=0.02)


def test_what_has_no_source_is_in_no_resample() -> None:
    found = spread("CN-KZ", [item(0, verification="memory")], WEIGHTS, Options(), 1, factors(WEIGHTS))
    assert found.low == found.high == (0, 0)


def test_a_relationship_without_records_has_no_uncertainty() -> None:
    found = spread("CN-TM", [], WEIGHTS, Options(), 2, factors(WEIGHTS))
    assert found.low == found.high == (0, 0, 0)


@pytest.mark.parametrize("options", [Options(), Options(half_life=12), Options(half_life=3), Options(official=True)])
def test_with_the_weights_of_the_table_every_resample_is_the_score(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resample, "SPREAD", 0)
    found = spread("CN-KZ", MIXED, WEIGHTS, options, 150, factors(WEIGHTS, 20))
    expected = [month.score for month in series(MIXED, WEIGHTS, options, 150)]
    assert found.low == pytest.approx(expected, abs=1e-5)
    assert found.high == pytest.approx(expected, abs=1e-5)


def test_nothing_leaves_the_scale_in_any_resample() -> None:
    heavy = {"good": Impact(9.0), "bad": Impact(-9.0)}
    found = spread("CN-KZ", [item(0), item(1), item(2, "bad")], heavy, Options(), 2, factors(heavy))
    assert max(found.high) == 9
    assert min(found.low) == -9


def test_the_same_records_give_the_same_band() -> None:
    assert np.array_equal(factors(IMPACTS), factors(IMPACTS))
    doubtful = [item(month, verification="single") for month in range(12)]
    first, second = (spread("CN-UZ", doubtful, WEIGHTS, Options(), 12, factors(WEIGHTS)) for _ in range(2))
    assert first == second
