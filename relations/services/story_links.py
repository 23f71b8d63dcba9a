"""What an editor decides about a link of a story: it holds for every report of the story that has the link."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from relations.models import NewsLink
from relations.services import news_links


@transaction.atomic
def decide(story: int, link: int, state: str, user: Any) -> None:
    """Confirm, reject or take back (`confirmed`, `rejected`, `read`) a link in all reports of its story, or in none.

    Raises NewsLink.DoesNotExist for a link of another story, ValueError for a state that is none.
    """
    asked = NewsLink.objects.get(pk=link, item__story=story)
    same = NewsLink.objects.filter(item__story=story, kind=asked.kind, code=asked.code).exclude(state=state)
    for pk in [*same.order_by("pk").values_list("pk", flat=True), link]:
        news_links.decide(pk, state, user)
