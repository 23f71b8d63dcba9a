"""Feeds proposed from a list, and all feeds as a list. A proposal is disabled until an editor enables it; nothing is deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from itertools import groupby
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from simple_history.utils import bulk_create_with_history

from relations.domain import opml
from relations.domain.feed_language import feed_language
from relations.domain.links import canonical, host_of
from relations.models import Feed, Outlet
from relations.models.choices import FeedConfidence, FeedFormat, OutletKind

TITLE: Final = "Tianshan: feeds"
_INTERNATIONAL: Final = "INT"
_SLUG: Final = 70
_FILE_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one outline: its title and address; `refusal` where it proposes no feed."""

    title: str
    address: str
    refusal: opml.Refusal | None = None


@dataclass(slots=True)
class Imported:
    """What a list brought: feeds added, those that were known already (or named twice), and outlines that propose none."""

    added: list[Line] = field(default_factory=list)
    known: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    outlets: int = 0


def propose(outlines: Iterable[opml.Outline], file_name: str, user: object | None = None) -> Imported:
    """Add the feeds that nobody knows yet, disabled and unverified, in one transaction: all of them or none.

    A feed is known by its address, whatever its scheme, `www.` and tracking parameters.
    """
    outlines, name = list(outlines), " ".join(file_name.split())[:_FILE_NAME]
    try:
        return _propose(outlines, name, user)
    except IntegrityError:
        # Somebody else added one of them meanwhile: now it is known.
        return _propose(outlines, name, user)


@transaction.atomic
def _propose(outlines: list[opml.Outline], file_name: str, user: object | None) -> Imported:
    told = Imported()
    addresses = set(Feed.objects.values_list("url", flat=True))
    known = {_same(url) for url in addresses}
    outlets = _Outlets(file_name, user)
    made: list[Feed] = []
    for outline in outlines:
        line = Line(outline.title or outline.address, outline.address, outline.refusal)
        if outline.address in addresses:
            told.known.append(Line(line.title, line.address))
        elif outline.refusal:
            told.refused.append(line)
        elif (same := _same(outline.address)) in known:
            told.known.append(line)
        else:
            known.add(same)
            outlet = outlets.of(outline)
            made.append(_feed(outline, outlet, file_name, outlets.place_in(outlet)))
            told.added.append(line)
    bulk_create_with_history(made, Feed, default_user=user)
    told.outlets = outlets.made
    return told


def _same(url: str) -> str:
    try:
        return canonical(url)
    except ValueError:
        return url


def _feed(outline: opml.Outline, outlet: Outlet, file_name: str, place: int) -> Feed:
    words = [f"Proposed by the list {file_name}"]
    words += [f"as “{outline.title}”"] if outline.title else []
    words += [f"under “{outline.folder}”"] if outline.folder and outline.folder != outline.title else []
    return Feed(
        outlet=outlet,
        url=outline.address,
        language=feed_language(outline.language, outline.title) or _only(outlet.languages),
        format=FeedFormat.RSS,
        evidence=f"The list {file_name}.",
        confidence=FeedConfidence.UNVERIFIED,
        note=f"{', '.join(words)}.",
        enabled=False,
        position=place,
    )


def _only(languages: Iterable[str]) -> str:
    codes = list(languages)
    return codes[0] if len(codes) == 1 else ""


class _Outlets:
    """Finds the outlet that a feed belongs to, by its name and then by its host, or makes one. Two queries, one more each made."""

    def __init__(self, file_name: str, user: object | None) -> None:
        self._file_name = file_name
        self._user = user
        self.made = 0
        self._slugs: set[str] = set()
        self._by_name: dict[str, Outlet] = {}
        self._by_host: dict[str, Outlet] = {}
        self._feeds: dict[int, int] = {}
        outlets = {outlet.pk: outlet for outlet in Outlet.objects.order_by("pk")}
        for outlet in outlets.values():
            self._keep(outlet)
        for url, outlet_id in Feed.objects.order_by("pk").values_list("url", "outlet_id"):
            self._feeds[outlet_id] = self._feeds.get(outlet_id, 0) + 1
            if host := host_of(url):
                self._by_host.setdefault(host, outlets[outlet_id])

    def of(self, outline: opml.Outline) -> Outlet:
        """The outlet of an outline."""
        hosts = [host for url in (outline.site, outline.address) if (host := host_of(url))]
        name = outline.outlet or outline.title or (hosts[0] if hosts else outline.address)
        found = self._by_name.get(name.casefold()) or next((self._by_host[host] for host in hosts if host in self._by_host), None)
        return found or self._make(name, outline, hosts)

    def place_in(self, outlet: Outlet) -> int:
        """Where the next feed of an outlet stands among its feeds."""
        place = self._feeds.get(outlet.pk, 0)
        self._feeds[outlet.pk] = place + 1
        return place

    def _make(self, name: str, outline: opml.Outline, hosts: list[str]) -> Outlet:
        site = outline.site if outline.site.startswith(("http://", "https://")) else ""
        language = feed_language(outline.language, outline.title)
        outlet = Outlet(
            slug=self._slug(hosts[0] if hosts else name),
            name=name[:160],
            country=_INTERNATIONAL,
            languages=(language,) if language else (),
            kind=OutletKind.INDEPENDENT,
            homepage=site[:500],
            note=f"Made from the list {self._file_name}; country and kind are guesses.",
            position=len(self._slugs),
        )
        outlet._history_user = self._user  # type: ignore[attr-defined]
        outlet.save()
        self.made += 1
        self._keep(outlet)
        for host in hosts:
            self._by_host.setdefault(host, outlet)
        return outlet

    def _keep(self, outlet: Outlet) -> None:
        self._slugs.add(outlet.slug)
        self._by_name.setdefault(outlet.name.casefold(), outlet)
        if host := host_of(outlet.homepage):
            self._by_host.setdefault(host, outlet)

    def _slug(self, words: str) -> str:
        base = slugify(words.replace(".", "-"))[:_SLUG] or "outlet"
        slug, number = base, 1
        while slug in self._slugs:
            number += 1
            slug = f"{base}-{number}"
        return slug


def export(now: dt.datetime) -> str:
    """All feeds that have an address of the web, by outlet, as OPML 2.0. One query."""
    feeds = Feed.objects.select_related("outlet").exclude(url__startswith="file:").order_by("outlet__name", "outlet_id", "position", "pk")
    return opml.write(TITLE, format_datetime(now), _groups(feeds))


def _groups(feeds: Iterable[Any]) -> Iterator[opml.Group]:
    for outlet, members in groupby(feeds, key=lambda feed: feed.outlet):
        listed = (opml.Listed(feed.url, f"{outlet.name}: {_path(feed.url)}", feed.language) for feed in members)
        yield opml.Group(outlet.name, outlet.homepage, tuple(listed))


def _path(url: str) -> str:
    """What tells feeds of one outlet apart: the address without its scheme."""
    return url.partition("://")[2] or url
