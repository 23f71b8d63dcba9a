"""Stories as editors correct them: an item split off, two stories joined. What an editor decides the machine never undoes:
a story that was split or joined is `edited`, and is not merged with another one any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import connection, models, transaction
from django.db.models import Case, Min, Value, When
from django.utils.translation import gettext as _

from relations.models import Candidate, NewsItem, Story

_LOCK: Final = 0x7461_6E73


class NotPossible(Exception):
    """An editor asked for what cannot be done; the message says why, to be shown."""


def alone() -> None:
    """Let nobody else place, split or join until the transaction ends: two that do not see each other would make two
    stories of one. SQLite lets one write at a time in any case."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def split(item_id: int, user: object | None = None) -> Story:
    """Make an item a story of its own, which is given. Raises NotPossible where it is one already, or is gone.

    Of the report that stands first the others move: who has kept the address of a story has kept it for that report.
    A draft goes with the report that it was read from.
    """
    alone()
    item = NewsItem.objects.select_related("story").filter(pk=item_id).first()
    if item is None or item.story is None:
        raise NotPossible(_("This report is not stored any more."))
    old, told = item.story, NewsItem.objects.filter(story=item.story).order_by("hidden", "sort_time", "pk")
    others = told.exclude(pk=item.pk)
    following = others.first()
    if following is None:
        raise NotPossible(_("This report is the only one of its story."))
    stays = told[0].pk == item.pk
    new, head = Story(edited=True), following if stays else item
    new.headline, new.language = head.title, head.language
    new.first_seen = others.aggregate(first=Min("first_seen"))["first"] if stays else item.first_seen
    _save(new, user, f"split off from story {old.pk}")
    of_item = Candidate.objects.filter(story=old, item__isnull=False)
    (of_item.exclude(item=item.pk) if stays else of_item.filter(item=item.pk)).update(story=new)
    (others if stays else told.filter(pk=item.pk)).order_by().update(story=new)
    if stays:
        old.headline, old.language, old.first_seen = item.title, item.language, item.first_seen
    old.edited = True
    _save(old, user, f"{'all but ' if stays else ''}item {item.pk} split off into story {new.pk}")
    return old if stays else new


@transaction.atomic
def join(one: int, other: int, user: object | None = None) -> Story:
    """Make two stories one, that with the lower number, which is given; the address of the other one leads to it.

    Raises NotPossible where both are one already, or one of them is gone.
    """
    alone()
    stories = {story.pk: story for story in (_living(one), _living(other))}
    if len(stories) < 2:
        raise NotPossible(_("Both are the same story."))
    kept, gone = (stories[pk] for pk in sorted(stories))
    merge({gone.pk: kept.pk})
    kept.edited = gone.edited = True
    gone.merged_into = kept
    _save(kept, user, f"story {gone.pk} joined to it")
    _save(gone, user, f"joined to story {kept.pk}")
    return kept


def merge(merged: Mapping[int, int]) -> None:
    """Move items and candidates of stories into others, and let the addresses lead on. Four queries, however many there are."""
    if not merged:
        return

    def into(column: str) -> Case:
        return Case(*(When(**{column: gone}, then=Value(kept)) for gone, kept in merged.items()), output_field=models.BigIntegerField())

    NewsItem.objects.filter(story__in=merged).update(story=into("story_id"))
    Candidate.objects.filter(story__in=merged).update(story=into("story_id"))
    Story.objects.filter(merged_into__in=merged).update(merged_into=into("merged_into_id"))
    Story.objects.filter(pk__in=merged).update(merged_into=into("pk"))


def _living(pk: int) -> Story:
    """The story of a number, or that which it was joined to."""
    story = Story.objects.select_related("merged_into").filter(pk=pk).first()
    if story is None:
        raise NotPossible(_("There is no story with the number %(number)s.") % {"number": pk})
    return story.merged_into or story


def _save(story: Story, user: object | None, reason: str) -> None:
    story._change_reason = reason[:100]  # type: ignore[attr-defined]
    if user is not None:
        story._history_user = user  # type: ignore[attr-defined]
    story.save()
