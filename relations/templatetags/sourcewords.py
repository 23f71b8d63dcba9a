"""A record in one line beside others of other kinds: its kind, relationship, date and title."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from relations.domain.typography import fine
from relations.templatetags import joins, names
from relations.templatetags.marks import date

register = template.Library()

KINDS: Final = {
    "status": _("Status"),
    "declaration": _("Declaration"),
    "mechanism": _("Mechanism"),
    "session": _("Session"),
    "visit": _("Visit"),
    "event": _("Event"),
    "anniversary": _("Anniversary"),
    "provision": _("Provision"),
    "person": _("Person"),
    "value": _("Value"),
    "initiative": _("Initiative"),
}


@register.simple_tag
def record_line(record: Any, paired: bool = False) -> SafeString:
    """`Declaration, Kazakhstan, 14 Sep 2022 Joint Statement`, linked where the record has a page (`selectors.sources.Cited`).

    `paired`: the relationship stands beside it already. A tag and not a template, since a page has a hundred of them.
    """
    about: list[str] = [str(KINDS.get(record.kind, record.kind))]
    if record.dyad and not paired:
        about.append(names.dyad_short(record.dyad))
    if record.date:
        about.append(date(record.date, "short"))
    head = format_html_join(joins.remark(), "{}", ((part,) for part in about))
    title = fine(record.title)
    named = format_html('<a href="{}">{}</a>', record.url, title) if record.url else title
    return format_html('<span class="muted">{}</span> {}', head, named)


@register.simple_tag
def cited_by(line: Any) -> SafeString:
    """`Cited by 12 records: …; …; all 12` under a source (`selectors.sources.SourceLine`)."""
    told = ngettext("Cited by %(n)s record", "Cited by %(n)s records", line.cited) % {"n": line.cited}
    parts = [record_line(record) for record in line.records]
    if parts and line.more > 0:
        rest = ngettext("all %(n)s", "all %(n)s", line.cited) % {"n": line.cited}
        parts.append(format_html('<a href="{}?source={}#all">{}</a>', reverse("web:sources"), line.pk, rest))
    records = format_html_join(joins.semicolon(), "{}", ((part,) for part in parts))
    return format_html("{}{}{}", told, joins.colon() if parts else "", records)


@register.simple_tag
def publisher_counts(publisher: Any) -> str:
    """`103 citations, 34 pages` (`selectors.sources.Publisher`)."""
    cited = ngettext("%(n)s citation", "%(n)s citations", publisher.cited) % {"n": publisher.cited}
    pages = ngettext("%(n)s page", "%(n)s pages", publisher.sources) % {"n": publisher.sources}
    return joins.listed([cited, pages])
