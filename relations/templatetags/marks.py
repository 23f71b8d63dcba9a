"""Marks and the words beside them: who speaks, what kind, how sure, when. docs/components.md lists every tag.

A mark without a label is hidden from a screen reader, since its word stands beside it; give `label` where it stands alone.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec
from urllib.parse import urlsplit

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from relations.domain.typography import fine
from relations.reference.parties import ALL, BOTH, CHINA, FIVE, PARTNERS, partner_of
from relations.templatetags import dates, names
from relations.templatetags.foreign import latin
from relations.templatetags.joins import comma, dash, in_html

register = template.Library()

P = ParamSpec("P")

_SIX = f"CN-{FIVE}"


def _kept(tag: Callable[P, SafeString]) -> Callable[P, SafeString]:
    """Keep what a tag makes of codes and dates in each language: a long list shows the same few hundreds of times."""

    @functools.lru_cache(maxsize=4096, typed=True)  # by type too: a text that is safe as HTML equals one that is not
    def in_language(_language: str | None, *args: P.args, **kwargs: P.kwargs) -> SafeString:
        return tag(*args, **kwargs)

    @functools.wraps(tag)
    def kept(*args: P.args, **kwargs: P.kwargs) -> SafeString:
        return in_language(get_language(), *args, **kwargs)  # type: ignore[arg-type]  # codes and dates can be keys

    return kept


@functools.lru_cache(maxsize=1024)
def svg(symbol: str, side: str = "", label: str = "") -> SafeString:
    """One mark of the sprite: silent, or named by `label` where no word stands beside it. `side` gives it its colour."""
    data = format_html(' data-side="{}"', side) if side else ""
    role = format_html('role="img" aria-label="{}"', label) if label else format_html("{}", SafeString('aria-hidden="true"'))
    return format_html('<svg class="m"{} {}><use href="#{}"/></svg>', data, role, symbol)


# ---- Who speaks ------------------------------------------------------------------------------------------------------


def side_symbol(side: str, dyad: str = "") -> tuple[str, str]:
    """The symbol of a side and the code that colours it, within a relationship: (`m-partner`, `KZ`)."""
    partner = partner_of(dyad) if dyad else ""
    if side == CHINA:
        return ("m-six-cn" if partner == FIVE else "m-cn"), partner or CHINA
    if side == BOTH:
        return "m-both", partner
    if side == ALL:
        return "m-six", FIVE
    if side == FIVE:
        return "m-six-c5", FIVE
    return "m-partner", side if side in PARTNERS else ""


@register.simple_tag
def side_mark(side: str, dyad: str = "", label: str = "") -> SafeString:
    """The disc of a side: `{% side_mark "CN" "CN-KZ" %}`. `label=True`-like text names it where it stands alone."""
    symbol, colour = side_symbol(side, dyad or "")
    return svg(symbol, colour, label)


@register.simple_tag
def side_name(side: str, dyad: str = "", parties: Sequence[str] = (), alone: bool = False) -> SafeString:
    """Mark and word of a side: `Kazakhstan`, or `Kazakhstan alone` with `alone=True`."""
    symbol, colour = side_symbol(side, dyad or "")
    word = names.side_alone(side, parties) if alone else names.side_title(side, parties)
    return format_html('<span class="side" data-side="{}">{}{}</span>', colour, svg(symbol), word)


@register.simple_tag
@_kept
def side_count(side: str, count: int, dyad: str = "") -> SafeString:
    """How many provisions a side states: its mark, named, and the number."""
    symbol, colour = side_symbol(side, dyad or "")
    return format_html('<span class="cnt">{}{}</span>', svg(symbol, colour, names.side_spoken(side)), count)


@register.simple_tag
def dyad_mark(dyad: str, label: bool = False) -> SafeString:
    """The disc of a pair; `label=True` names it where no name stands beside it."""
    partner = partner_of(dyad)
    return svg("m-six" if partner == FIVE else "m-both", partner, names.dyad_title(dyad) if label else "")


@register.simple_tag
@_kept
def dyad_name(dyad: str | None, short: bool = False) -> SafeString:
    """Mark and name of a relationship: `China–Kazakhstan`, or the partner alone with `short=True`. Nothing for no dyad."""
    if not dyad:
        return SafeString("")
    partner = partner_of(dyad)
    word = names.dyad_short(dyad) if short else names.dyad_title(dyad)
    return format_html('<span class="side" data-side="{}">{}{}</span>', partner, svg("m-six" if partner == FIVE else "m-both"), word)


register.filter("dyad_title", names.dyad_title)
register.filter("dyad_short", names.dyad_short)
register.filter("state_name", names.state_name)
register.filter("side_title", names.side_title)
register.filter("side_alone", names.side_alone)


@register.filter
def partner(dyad: str | None) -> str:
    """The code for `data-side`: `CN-KZ` → `KZ`."""
    return partner_of(dyad) if dyad else ""


@register.filter
def country_slug(dyad: str) -> str:
    """The code in the address of a country's page: `CN-KZ` → `kz`."""
    return partner_of(dyad).lower()


# ---- What kind, how sure -----------------------------------------------------------------------------------------------


@register.simple_tag
def kind_mark(kind: str, dyad: str | None = "", label: str = "") -> SafeString:
    """The shape of a kind (status, document, visit, session, landmark, friction), in the colour of a relationship if one is given."""
    return svg(f"k-{kind}", partner_of(dyad) if dyad else "", label)


@register.simple_tag
@_kept
def kind_name(kind: str, dyad: str | None = "", word: str = "") -> SafeString:
    """Shape and word of a kind; `word` replaces the word where a page has a better one (`Protest`)."""
    return format_html('<span class="kind">{}{}</span>', kind_mark(kind, dyad), word or names.kind_name(kind))


@register.simple_tag
@_kept
def verification(level: str) -> SafeString:
    """Mark and word of a level of verification: `Official`, `Several reports`, `One report`, `No source yet`."""
    return format_html('<span class="verif">{}{}</span>', verification_mark(level), names.code_name("verification", level))


@register.simple_tag
def verification_mark(level: str) -> SafeString:
    """The mark alone, for a place where the word follows."""
    return svg(f"v-{level}")


register.filter("verification_meaning", names.verification_meaning)
register.filter("language_name", names.language_name)
register.filter("kind_title", names.kind_name)


@register.filter
def code_name(code: str | None, group: str) -> str:
    """The word of a code: `{{ provision_topic|code_name:"topic" }}`; groups stand in `names.py`."""
    return names.code_name(group, code)


@register.filter
def topic_name(code: str) -> str:
    """The short name of a topic."""
    return names.code_name("topic", code)


@register.filter
def topic_names(codes: Sequence[str]) -> str:
    """Several topics as a list."""
    return comma().join(names.code_name("topic", code) for code in codes)


# ---- When ----------------------------------------------------------------------------------------------------------------

register.filter("partial_date", dates.long_date)
register.filter("partial_date_short", dates.short_date)
register.filter("day_and_month", dates.day_and_month)
register.filter("month_name", dates.month_name)
register.filter("relative", dates.relative)
register.filter("span_until", dates.span_between)
register.filter("span_of_days", dates.span_of_days)

_FORMS = {
    "long": dates.long_date,
    "short": dates.short_date,
    "day": dates.day_and_month,
    "day_long": lambda value: dates.day_and_month(value, full=True),
}


@register.simple_tag
@_kept
def date(value: dates.DateLike | None, form: str = "long") -> SafeString:
    """`<time>` with the date in words: form `long`, `short`, `day` (without the year) or `day_long`. Nothing for no date."""
    known = dates.partial(value)
    if known is None:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', known.iso, _FORMS[form](known))


@register.simple_tag
def date_range(start: dates.DateLike | None, end: dates.DateLike | None = None, form: str = "long") -> SafeString:
    """One date, or two joined by a dash where the end is another: `23 January 2024 – 25 January 2024`."""
    first, last = dates.partial(start), dates.partial(end)
    if first is None or last is None or first == last:
        return date(first or last, form)
    return format_html("{}{}{}", date(first, form), dash(), date(last, form))


@register.simple_tag
def since(value: dates.DateLike | None) -> SafeString:
    """`since 14 September 2022`, the date as `<time>`: what holds from then on. Nothing for no date."""
    known = dates.partial(value)
    if known is None:
        return SafeString("")
    written = format_html('<time datetime="{}">{}</time>', known.iso, dates.long_date(known, governed=True))
    return in_html(dates.since_phrase(known), date=written)


@register.simple_tag
def span(start: dates.DateLike | None, end: dates.DateLike | None) -> str:
    """How long it was from one date to another: `2½ years`."""
    return dates.span_between(start, end)


@register.simple_tag
def days_until(value: dates.DateLike | None, today: dt.date) -> int | None:
    """Days from today to a known day, negative in the past."""
    return dates.days_between(value, today)


# ---- Where it is from ------------------------------------------------------------------------------------------------------


def _read(source: Any, key: str) -> str:
    """A field of a source, be it a model, a dataclass or a dictionary."""
    value = source.get(key) if isinstance(source, dict) else getattr(source, key, None)
    return str(value or "")


COPY = "(copy)"


@register.simple_tag
def source_line(source: Any, verified: str = "") -> SafeString:
    """Title and particulars of a source (url, publisher, title, language, published).

    Only http and https become links, and a copy of someone else's page never does. `verified` adds a level of verification.
    """
    url, publisher, title, language = (_read(source, key) for key in ("url", "publisher", "title", "language"))
    host = urlsplit(url).hostname or "" if url else ""
    copy = publisher.endswith(COPY)
    lang = format_html(' lang="{}"', language) if language else ""
    text = title or host or gettext("No title")
    if url.startswith(("http://", "https://")) and not copy:
        head = format_html('<a href="{}"{} rel="external noopener noreferrer">{}</a>', url, lang, text)
    else:
        head = format_html('<span class="nolink"{}>{}</span>', lang, text)
    name = latin(fine(publisher.removesuffix(COPY).strip() if copy else publisher or host))
    shown = in_html(gettext("%(publisher)s (copy, not linked)"), publisher=name) if copy else name
    published = dates.partial(_read(source, "published"))
    parts = [shown, names.language_name(language), date(published, "short") if published else gettext("no date")]
    spans = format_html_join(" ", "<span>{}</span>", ((part,) for part in parts if part))
    return format_html('{}<p class="meta">{}{}</p>', head, spans, format_html(" {}", verification(verified)) if verified else "")


# ---- Addresses -----------------------------------------------------------------------------------------------------------------


def _address(params: QueryDict) -> str:
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The query string of this page with some parameters set, or taken away where the value is None or empty.

    Any change but one of the page itself begins again at the first page.
    """
    params = context["request"].GET.copy()
    if "page" not in changes:
        params.pop("page", None)
    for key, value in changes.items():
        if value is None or value == "":
            params.pop(key, None)
        elif isinstance(value, (list, tuple)):
            params.setlist(key, [str(item) for item in value])
        else:
            params[key] = str(value)
    return _address(params)


@register.simple_tag(takes_context=True)
def query_without(context: Context, key: str, value: Any = None) -> str:
    """The query string without one value of a parameter that may have several, or without the parameter."""
    params = context["request"].GET.copy()
    params.pop("page", None)
    left = [item for item in params.getlist(key) if value is not None and item != str(value)]
    if left:
        params.setlist(key, left)
    else:
        params.pop(key, None)
    return _address(params)


@register.inclusion_tag("components/_sort_header.html", takes_context=True)
def sort_header(context: Context, key: str, label: str, sort: str = "", target: str = "") -> dict[str, Any]:
    """The head of a column that sorts: `sort` is the current order, `date` or `-date` for descending."""
    current, descending = sort.lstrip("-") == key, sort.startswith("-")
    # Dates begin with the newest, words with A.
    wanted = (key if descending else f"-{key}") if current else (f"-{key}" if key == "date" else key)
    return {
        "label": label,
        "direction": ("descending" if descending else "ascending") if current else "",
        "href": query(context, sort=wanted),
        "target": target,
    }


@register.simple_tag
def json_data(data: Any, identifier: str) -> SafeString:
    """Data for a script as an inert JSON block, escaped so that it cannot end it; its id is `identifier`-data."""
    return json_script(data, f"{identifier}-data")


@register.filter
def words(text: str) -> list[str]:
    """A fixed list written in a template: `{% for level in "official multiple"|words %}`."""
    return text.split()
