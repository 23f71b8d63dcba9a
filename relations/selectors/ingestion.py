"""How the feeds are doing: all of them with what the filters leave, one of them with its past, and the run under way.

All feeds are read in one query, since every figure above the list is about all of them; the attempts, of which there are
thousands for each, are counted by the database, and only for the feeds of the page that is shown.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.db.models import CharField, Count, Q, Sum
from django.db.models.functions import Cast, Substr

from relations.domain import feed_health
from relations.domain.feed_health import ASKED_FOR, ASKED_FOR_AT_WORK, STRIP_DAYS, Day, Outage, State, Summary, Vitals
from relations.domain.links import host_of
from relations.models import Feed, FetchAttempt, Rule
from relations.models.choices import FetchOutcome
from relations.selectors.choice import Choice

ATTEMPTS_SHOWN: Final = 50
RULES_SHOWN: Final = 50
LEASED_SHOWN: Final = 12
ENDED_SHOWN: Final = 8
ENDED_WITHIN: Final = dt.timedelta(minutes=2)
"""Attempts that ended so long ago at most belong to the run that is shown."""

_LATEST: Final = 60
YES, NO = "yes", "no"

_COLUMNS: Final = (
    *("pk", "url", "language", "confidence", "enabled", "paused", "interval", "next_check", "leased_until"),
    *("last_success", "last_news", "failures", "failing_since", "last_error", "last_detail", "needs_human", "needs_human_since"),
    *("proposed_url", "proposed_since", "outlet_id", "outlet__name", "outlet__slug", "outlet__country"),
)


@dataclass(frozen=True, slots=True)
class FeedFilters:
    """What is asked for; an empty tuple does not filter. `enabled` holds `yes`, `no` or both."""

    states: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    enabled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed as it stands now; `cut_off` tells that it fails with all others, for want of a network, `leased` that a worker has it."""

    pk: int
    url: str
    outlet: str
    outlet_slug: str
    country: str
    language: str
    confidence: str
    interval: dt.timedelta
    failures: int
    detail: str
    proposed_url: str
    vitals: Vitals
    state: State = State.FINE
    cut_off: bool = False
    leased: bool = False

    @property
    def since(self) -> dt.datetime | None:
        """Since when it is in its state."""
        return feed_health.since(self.vitals, self.state)

    @property
    def told(self) -> str:
        """The code of the failure to put into words: why it needs a human, else why it fails."""
        return self.vitals.needs_human or self.vitals.error

    @property
    def of_the_web(self) -> bool:
        """Its address can be followed; a file of this machine has none that a reader should see."""
        return self.url.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed of the list with its last thirty days: how the attempts of each went, and the items that were new."""

    line: FeedLine
    days: tuple[Day, ...]
    items: int

    @property
    def blank(self) -> bool:
        """There was no attempt in those days."""
        return all(day is Day.NONE for day in self.days)


@dataclass(frozen=True, slots=True)
class Desk:
    """All feeds in figures, and those that the filters leave, worst first."""

    filters: FeedFilters
    summary: Summary
    outage: Outage | None
    lines: Sequence[FeedLine]
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)


def desk(filters: FeedFilters, now: dt.datetime) -> Desk:
    """The list of feeds. One query; `rows` adds the past of those that are shown."""
    lines = _all_lines(now)
    vitals = [line.vitals for line in lines]
    outage = feed_health.outage(vitals)
    return Desk(
        filters=filters,
        summary=feed_health.summary(vitals, now, outage),
        outage=outage,
        lines=_sorted(_passing(lines, filters)),
        choices={name: _choices(lines, filters, name) for name in _VALUES},
    )


def rows(lines: Iterable[FeedLine], today: dt.date) -> list[FeedRow]:
    """The lines with their last thirty days, today being the last. One query, whatever the number of attempts."""
    lines = list(lines)
    past = _past([line.pk for line in lines], today)
    return [FeedRow(line, feed_health.strip(past.days[line.pk], today), past.items[line.pk]) for line in lines]


def _all_lines(now: dt.datetime) -> list[FeedLine]:
    lines = [_line(feed) for feed in Feed.objects.select_related("outlet").only(*_COLUMNS).order_by("outlet__name", "position", "pk")]
    outage = feed_health.outage([line.vitals for line in lines])
    return [_judged(line, now, outage) for line in lines]


def _line(feed: Feed) -> FeedLine:
    return FeedLine(
        pk=feed.pk,
        url=feed.url,
        outlet=feed.outlet.name,
        outlet_slug=feed.outlet.slug,
        country=feed.outlet.country,
        language=feed.language,
        confidence=feed.confidence,
        interval=feed.interval,
        failures=feed.failures,
        detail=feed.last_detail,
        proposed_url=feed.proposed_url,
        vitals=Vitals(
            enabled=feed.enabled,
            paused=feed.paused,
            host=host_of(feed.url),
            last_success=feed.last_success,
            last_news=feed.last_news,
            failing_since=feed.failing_since,
            error=feed.last_error,
            needs_human=feed.needs_human,
            needs_human_since=feed.needs_human_since,
            proposed=bool(feed.proposed_url),
            proposed_since=feed.proposed_since,
            next_check=feed.next_check,
            leased_until=feed.leased_until,
        ),
    )


def _judged(line: FeedLine, now: dt.datetime, outage: Outage | None) -> FeedLine:
    state = feed_health.state_of(line.vitals, now, outage)
    cut_off = outage is not None and state is State.FAILING and outage.covers(line.vitals)
    return replace(line, state=state, cut_off=cut_off, leased=line.vitals.leased(now))


def _sorted(lines: Iterable[FeedLine]) -> list[FeedLine]:
    """Worst first; what is alike stays in the order of outlets."""
    return sorted(lines, key=lambda line: feed_health.worst_first(line.vitals, line.state))


# ---- The past -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Past:
    """By feed: (good, failed) by day in ISO form, and the number of new items."""

    days: Mapping[int, dict[str, tuple[int, int]]]
    items: Mapping[int, int]


def _past(feeds: Sequence[int], today: dt.date) -> _Past:
    """The attempts of the last thirty days, counted by the database. The index by feed and time leads to them."""
    first = dt.datetime.combine(today - dt.timedelta(days=STRIP_DAYS - 1), dt.time(), dt.UTC)
    # The day as the text of the moment begins, in UTC on either database: SQLite would call Python for each row otherwise.
    attempts = (
        FetchAttempt.objects.order_by()
        .filter(feed__in=feeds, started__gte=first)
        .annotate(day=Substr(Cast("started", CharField()), 1, 10))
        .values_list("feed", "day")
        .annotate(all=Count("pk"), failed=Count("pk", filter=Q(outcome=FetchOutcome.FAILED)), told=Sum("new"))
    )
    days: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)
    items: Counter[int] = Counter()
    for feed, day, count, failed, new in attempts:
        days[feed][day] = (count - failed, failed)
        items[feed] += new
    return _Past(days, items)


# ---- Filters ------------------------------------------------------------------------------------------------------------

_VALUES: Final[dict[str, Callable[[FeedLine], str]]] = {
    "states": lambda line: line.state.value,
    "outlets": lambda line: line.outlet_slug,
    "countries": lambda line: line.country,
    "languages": lambda line: line.language,
    "enabled": lambda line: YES if line.vitals.enabled else NO,
}
_ALWAYS: Final = {"states": tuple(state.value for state in State), "enabled": (YES, NO)}
"""Values that are offered even where they would leave nothing."""


def _passing(lines: Iterable[FeedLine], filters: FeedFilters) -> list[FeedLine]:
    asked = [(value_of, chosen) for name, value_of in _VALUES.items() if (chosen := getattr(filters, name))]
    return [line for line in lines if all(value_of(line) in chosen for value_of, chosen in asked)]


def _choices(lines: Sequence[FeedLine], filters: FeedFilters, name: str) -> tuple[Choice, ...]:
    """The values of one filter in their order (states, languages by number, the others by name) with their counts."""
    value_of, chosen = _VALUES[name], getattr(filters, name)
    counts = Counter(map(value_of, _passing(lines, replace(filters, **{name: ()}))))
    labels = {line.outlet_slug: line.outlet for line in lines} if name == "outlets" else {}
    values: Iterable[str] = _ALWAYS.get(name) or dict.fromkeys(value for line in lines if (value := value_of(line)))
    if name in {"languages", "countries"}:
        values = sorted(values, key=lambda value: (-counts[value], value))
    return tuple(Choice(value, counts[value], value in chosen, labels.get(value, "")) for value in values)


def known_values() -> dict[str, tuple[str, ...]]:
    """What an address may ask for, by filter: the values that occur. One query."""
    found = list(Feed.objects.order_by("outlet__name").values_list("outlet__slug", "outlet__country", "language").distinct())
    outlets, countries, languages = (tuple(dict.fromkeys(column)) for column in zip(*found, strict=True)) if found else ((), (), ())
    return {**_ALWAYS, "outlets": outlets, "countries": countries, "languages": languages}


# ---- The run under way --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt that ended just now."""

    feed: int
    outlet: str
    url: str
    finished: dt.datetime
    outcome: str
    error: str
    new: int


@dataclass(frozen=True, slots=True)
class Live:
    """What is being fetched. `asked` are feeds that an editor asked for and no worker has taken up yet; `ended` the newest few."""

    leased: Sequence[tuple[int, str, str]] = ()
    leased_count: int = 0
    asked: int = 0
    due: int = 0
    ended: Sequence[Ended] = ()
    ended_count: int = 0
    ended_failed: int = 0

    @property
    def running(self) -> bool:
        """Whether it is worth looking again in two seconds."""
        return bool(self.leased_count or self.asked)


def live(now: dt.datetime, asked: Mapping[int, dt.datetime]) -> Live:
    """The run under way; `asked` is when an editor asked for which feed. Two queries where nothing runs, else three, and one for
    those that were asked for."""
    held = list(Feed.objects.in_progress(now).order_by("outlet__name", "pk").values_list("pk", "outlet__name", "url"))
    latest = FetchAttempt.objects.select_related("feed__outlet").order_by("-pk")
    recent = [attempt for attempt in latest[:_LATEST] if attempt.finished > now - ENDED_WITHIN]
    longest = ASKED_FOR_AT_WORK if held or recent else ASKED_FOR
    waiting = {feed: moment for feed, moment in asked.items() if now - longest < moment <= now and feed not in {pk for pk, *_ in held}}
    still = set(waiting) - _tried_since(waiting)
    return Live(
        leased=held[:LEASED_SHOWN],
        leased_count=len(held),
        asked=len(still),
        due=Feed.objects.due(now).exclude(pk__in=still).count() if held or still else 0,
        ended=[_ended(attempt) for attempt in recent[:ENDED_SHOWN]],
        ended_count=len(recent),
        ended_failed=sum(attempt.outcome == FetchOutcome.FAILED for attempt in recent),
    )


def _tried_since(asked: Mapping[int, dt.datetime]) -> set[int]:
    """The feeds that were tried after they were asked for."""
    if not asked:
        return set()
    # By the index of attempts by feed and time: what ended later was not begun long before.
    attempts = FetchAttempt.objects.order_by().filter(feed__in=list(asked), started__gt=min(asked.values()) - ASKED_FOR_AT_WORK)
    return {feed for feed, finished in attempts.values_list("feed", "finished") if finished >= asked[feed]}


def _ended(attempt: FetchAttempt) -> Ended:
    feed = attempt.feed
    return Ended(feed.pk, feed.outlet.name, feed.url, attempt.finished, attempt.outcome, attempt.error, attempt.new)


# ---- One feed -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One feed: its row, what an editor wrote of it, its last attempts, the newest first, and the rules that its items meet."""

    feed: Feed
    row: FeedRow
    outage: Outage | None
    attempts: Sequence[FetchAttempt]
    attempts_total: int
    rules: Sequence[Rule]


def feed_page(pk: int, now: dt.datetime, today: dt.date) -> FeedPage | None:
    """One feed with its past, or None where there is none. Five queries, one more where it has many attempts."""
    feed = Feed.objects.select_related("outlet").filter(pk=pk).first()
    if feed is None:
        return None
    lines = _all_lines(now)
    line = next((line for line in lines if line.pk == pk), None) or _judged(_line(feed), now, None)
    attempts = list(feed.attempts.all()[:ATTEMPTS_SHOWN])
    total = len(attempts) if len(attempts) < ATTEMPTS_SHOWN else feed.attempts.count()
    outage = feed_health.outage([line.vitals for line in lines])
    rules = list(Rule.objects.enabled().for_feed(pk).order_by("feed", "action", "pk")[:RULES_SHOWN])
    return FeedPage(feed, rows([line], today)[0], outage, attempts, total, rules)
