"""Records by year."""

from relations.domain.activity import by_year


def test_years_are_counted_and_the_fullest_is_the_scale() -> None:
    activity = by_year([1992, 1992, 1994, 1980, 2000], 1992, 1995)
    assert [(bar.year, bar.count, bar.height) for bar in activity.bars] == [
        (1992, 2, 100.0),
        (1993, 0, 0.0),
        (1994, 1, 50.0),
        (1995, 0, 0.0),
    ]
    assert activity.total == 3
    assert activity.peak is not None and activity.peak.year == 1992


def test_bars_stand_side_by_side_within_the_drawing() -> None:
    bars = by_year([2001], 2001, 2004).bars
    assert [bar.x for bar in bars] == [0.0, 25.0, 50.0, 75.0]
    assert all(bar.x + bar.width <= 100 for bar in bars)


def test_no_record_is_no_peak() -> None:
    activity = by_year([], 1992, 1993)
    assert (activity.total, activity.peak) == (0, None)


def test_the_bars_are_one_path_that_stands_on_the_lower_edge() -> None:
    assert by_year([2001, 2001, 2003], 2001, 2004).path == "M0 100v-100h18v100zM50 100v-50h18v50z"
