"""`manage.py read_news`: what is stored is read, and once more after a change."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from relations.models import ItemReading, NewsItem
from tests.factories import MechanismFactory, NewsItemFactory

pytestmark = pytest.mark.django_db


def read_news(*arguments: str) -> str:
    out = io.StringIO()
    call_command("read_news", *arguments, stdout=out)
    return out.getvalue()


def test_it_reads_what_awaits_reading_and_says_what_came_of_it() -> None:
    NewsItemFactory(title="Rain in the mountains")
    NewsItemFactory(title="China and Kazakhstan", summary="Officials of China and Kazakhstan talked about trade.")
    assert read_news() == "2 items read: 1 relevant, 1 linked, 0 drafted.\n"
    assert ItemReading.objects.count() == 2
    assert read_news().startswith("Nothing awaits reading.")


@pytest.mark.parametrize("words", ["0", "-3", "many", "1.5"])
def test_a_limit_that_is_no_number_of_items_is_refused_in_words(words: str) -> None:
    NewsItemFactory()
    with pytest.raises(CommandError, match=f"“{words}” is not a whole number from 1"):
        read_news(f"--limit={words}")


def test_a_limit_leaves_the_rest_to_the_next_run() -> None:
    NewsItemFactory.create_batch(3)
    assert read_news("--limit", "1") == "1 item read: 0 relevant, 0 linked, 0 drafted. 2 items are left to the next run.\n"
    assert json.loads(read_news("--limit", "1", "--json")) == {
        "read": 1, "relevant": 0, "linked": 0, "drafted": 0, "unreadable": 0, "unread": 1,
    }  # fmt: skip


def test_again_reads_what_was_read_with_other_records() -> None:
    NewsItemFactory.create_batch(2)
    read_news()
    assert read_news("--again").startswith("Nothing awaits reading.")
    MechanismFactory()
    assert read_news("--again", "--limit", "1").startswith("1 item read")
    assert read_news("--again").startswith("1 item read")
    assert not NewsItem.objects.filter(unread=True).exists()
