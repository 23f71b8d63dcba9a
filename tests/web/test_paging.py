"""Pages of a list, and words for filter values that make no sense."""

import pytest

from relations.web.paging import FilterErrors, Page, paginate


def test_a_page_shows_its_rows_and_where_they_stand() -> None:
    page = paginate(range(1, 189), "4", per_page=25)
    assert list(page) == list(range(76, 101))
    assert (page.first, page.last, page.total, page.pages) == (76, 100, 188, 8)
    assert (page.previous, page.next) == (3, 5)


def test_the_last_page_is_short() -> None:
    page = paginate(range(188), "8")
    assert (page.first, page.last, page.next, len(page)) == (176, 188, None, 13)


@pytest.mark.parametrize("asked", ["0", "-1", "x", "1.5", "²", "٣"])
def test_what_is_no_page_number_is_said_and_the_first_page_shown(asked: str) -> None:
    page = paginate(range(60), asked)
    assert page.number == 1
    assert asked in page.error


@pytest.mark.parametrize("asked", ["4", "99999999999999999999999"])
def test_a_page_beyond_the_last_is_said_and_the_last_shown(asked: str) -> None:
    page = paginate(range(60), asked)
    assert page.number == 3
    assert page.error


@pytest.mark.parametrize("asked", [None, "", "1"])
def test_the_first_page_needs_no_words(asked: str | None) -> None:
    page = paginate([], asked)
    assert (page.number, page.pages, page.first, page.last, page.error) == (1, 1, 0, 0, "")


def test_a_page_is_bounded_whatever_is_asked_for() -> None:
    assert len(paginate(range(1000), "1", per_page=5000)) == 200


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, [1, 2, 3, None, 8]),
        (4, [1, 2, 3, 4, 5, None, 8]),
        (5, [1, None, 4, 5, 6, 7, 8]),
        (8, [1, None, 6, 7, 8]),
    ],
)
def test_page_numbers_leave_out_what_is_far(number: int, shown: list[int | None]) -> None:
    assert Page([], number, 8, 188, 25).numbers == shown


@pytest.mark.django_db
def test_a_page_of_records_costs_two_queries(django_assert_num_queries) -> None:
    from relations.models import Dyad

    with django_assert_num_queries(2):
        assert [dyad.code for dyad in paginate(Dyad.objects.all(), "2", per_page=4)] == ["CN-UZ", "CN-C5"]
    with django_assert_num_queries(1):
        paginate(Dyad.objects.all(), "1", per_page=4, total=6)


def test_known_choices_stay_and_unknown_ones_are_said() -> None:
    errors = FilterErrors()
    assert errors.choice("kind", ["treaty", "x<y", "treaty", ""], ["treaty", "plan"]) == ["treaty"]
    assert "x<y" in errors["kind"]
    assert errors


@pytest.mark.parametrize(
    ("value", "year", "words"),
    [
        ("2005", 2005, ""),
        ("", None, ""),
        (None, None, ""),
        ("1985", None, "1985 is before the first year, 1992"),
        ("2040", None, "2040 is after the last year, 2026"),
        ("20 05", None, "“20 05” is not a year"),
    ],
)
def test_a_year_is_read_or_said_to_be_none(value: str | None, year: int | None, words: str) -> None:
    errors = FilterErrors()
    assert errors.year("year_from", value, 1992, 2026) == year
    assert errors["year_from"] == words


def test_years_the_wrong_way_round_are_ignored_together() -> None:
    errors = FilterErrors()
    assert errors.years(("year_from", "year_to"), ("2010", "2005"), (1992, 2026)) == (None, None)
    assert errors["year_to"] == "2005 is before 2010"
    assert not FilterErrors()
