"""Marks of print."""

from relations.domain.typography import fine


def test_apostrophes_are_printed_ones() -> None:
    assert fine("China's and ministers' steps, d'un 'Revival'") == "China’s and ministers’ steps, d’un ‘Revival’"


def test_a_number_and_its_cyrillic_ending_stay_together() -> None:
    assert fine("30-летия, 2004-2014") == "30\u2011летия, 2004-2014"
