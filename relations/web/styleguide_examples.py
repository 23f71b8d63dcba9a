"""The records that the styleguide shows: real ones, as plain values, so that the page is the same on every machine.

Titles stay English, as they stand for what the database holds, and say so; all other words are those of the product.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from relations.domain.provisions import says
from relations.models.choices import DeclarationKind, DeclarationLevel, Level, Verification
from relations.reference.parties import DYADS
from relations.templatetags import dates
from relations.templatetags.foreign import english
from relations.templatetags.joins import colon
from relations.templatetags.names import code_name, dyad_short, side_title
from relations.web.paging import Page

TODAY: Final = dt.date(2026, 3, 24)

_LADDERS: Final = {
    "CN-KZ": [("1992-01-03", 1), ("2002-12-23", 3), ("2005-07-04", 4), ("2011-06-13", 5), ("2019-09-11", 6)],
    "CN-TM": [("1992-01-06", 1), ("2013-09-03", 4), ("2023-01-06", 5)],
    "CN-TJ": [("1992-01-04", 1), ("2007-01-15", 3), ("2013-05-20", 4), ("2017-08-31", 5), ("2024-07-05", 6)],
    "CN-C5": [("1992", 1)],
}
_LEVELS: Final = {
    1: Level.DIPLOMATIC_RELATIONS,
    3: Level.GOOD_NEIGHBOURLY_PARTNERSHIP,
    4: Level.STRATEGIC_PARTNERSHIP,
    5: Level.COMPREHENSIVE,
    6: Level.PERMANENT,
}
_SWATCHES: Final = [
    ("KZ", "#0072B2", "9.0", "7.1"),
    ("KG", "#D55E00", "4.9", "7.8"),
    ("TJ", "#009E73", "6.4", "8.1"),
    ("TM", "#CC79A7", "5.2", "8.8"),
    ("UZ", "#E69F00", "7.3", "11.0"),
    ("C5", "#56B4E9", "4.6", "12.4"),
    ("CN", "", "15.9", "14.8"),
]
"""A side, its colour (China is ink), and the contrast of its edge on paper in the light and the dark scheme."""
_SOURCES: Final = [
    {
        "url": "http://paper.people.com.cn/rmrb/html/2022-09/15/nw.D110000renmrb_20220915_1-02.htm",
        "publisher": "People’s Daily",
        "title": "中华人民共和国和哈萨克斯坦共和国建交30周年联合声明",
        "language": "zh",
        "published": "2022-09-15",
    },
    {
        "url": "https://24.kg/english/358027_Chinese_President_Xi_Jinping_to_pay_state_visit_to_Kyrgyzstan_in_2026/",
        "publisher": "",
        "title": "Chinese President Xi Jinping to pay state visit to Kyrgyzstan in 2026",
        "language": "en",
        "published": "2026-01",
    },
    {
        "url": "https://www.turkmenistan.ru/ru/articles/48958.html",
        "publisher": "Turkmenistan.ru",
        "title": "Заседание подкомитета по гуманитарному сотрудничеству в Пекине",
        "language": "ru",
        "published": None,
    },
    {
        "url": "https://example.org/copy",
        "publisher": "China Daily (copy)",
        "title": "China, Central Asia boost desertification measures",
        "language": "en",
        "published": "2026-02-13",
    },
]


def _facts() -> list[dict[str, Any]]:
    return [
        {
            "label": _("Relations since"),
            "date": "1992-01-03",
            "detail": _("%(years)d years; %(next)d on %(date)s") % {"years": 34, "next": 35, "date": dates.long_date("2027-01-03")},
        },
        {
            "label": _("Last document"),
            "date": "2024-07-03",
            "detail": str(DeclarationKind.JOINT_STATEMENT.label),
            "detail_url": "#facts",
            "after_detail": english(", Astana"),
        },
        {"label": _("Last meeting"), "date": "2025-08", "detail": english("The presidents in Tianjin and Beijing")},
        {"label": _next(), "date": "2026-04-25", "by": True, "detail": english("Foreign Ministers’ Strategic Dialogue")},
    ]


def _three_facts() -> list[dict[str, Any]]:
    sources = ngettext("%(n)s source", "%(n)s sources", 10) % {"n": 10}
    return [
        {
            "label": pgettext("a document", "Adopted"),
            "date": "2022-09-14",
            "detail": english("in Nur-Sultan, on the state visit of Xi Jinping"),
        },
        {"label": _("Provisions"), "value": "22", "detail": f"{side_title('both')}{colon()}17"},
        {
            "label": _("Verified"),
            "value": Verification.OFFICIAL.label,
            "verification": "official",
            "detail": sources,
            "detail_url": "#sources",
        },
    ]


def _last() -> str:
    return pgettext("card of a relationship", "Last")


def _next() -> str:
    return pgettext("card of a relationship", "Next")


def _rungs(dyad: str) -> list[tuple[str, int, str]]:
    return [(date, rung, str(_LEVELS[rung].label)) for date, rung in _LADDERS[dyad]]


def _cards() -> list[dict[str, Any]]:
    statement = str(DeclarationKind.JOINT_STATEMENT.label)
    april, june = dates.day_and_month("2026-04-25", full=True), dates.day_and_month("2026-06-17", full=True)
    return [
        {
            "dyad": "CN-KZ",
            "status": Level.PERMANENT.label,
            "since": "2019-09-11",
            "place": "Beijing",
            "rungs": _rungs("CN-KZ"),
            "lines": [
                {"label": _last(), "text": statement, "date": "2024-07-03", "extra": "Astana"},
                {"label": _next(), "lead": _("by %(date)s") % {"date": april}, "text": english("Foreign Ministers’ Strategic Dialogue")},
            ],
        },
        {
            "dyad": "CN-TJ",
            "status": Level.NEW_ERA.label,
            "since": "2024-07-05",
            "place": "Dushanbe",
            "rungs": _rungs("CN-TJ"),
            "lines": [
                {"label": _last(), "text": statement, "date": "2024-07-05", "extra": "Dushanbe"},
                {"label": _next(), "text": _("nothing in the next 90 days"), "muted": True},
            ],
        },
        {
            "dyad": "CN-C5",
            "status": Level.PERMANENT_GOOD_NEIGHBOURLINESS.label,
            "since": "2025-06-17",
            "place": "Astana",
            "rungs": _rungs("CN-C5"),
            "aims": [
                ("2022-01-25", str(Level.SHARED_FUTURE.label)),
                ("2025-06-17", str(Level.PERMANENT_GOOD_NEIGHBOURLINESS.label)),
            ],
            "lines": [
                {"label": _last(), "text": DeclarationKind.TREATY.label, "date": "2025-06-17", "extra": "Astana"},
                {"label": _next(), "lead": june, "text": ngettext("%(n)d year", "%(n)d years", 1) % {"n": 1}},
            ],
        },
    ]


def _ladder() -> list[dict[str, Any]]:
    steps: list[tuple[str, int, DeclarationKind, str, dates.DateLike, str]] = [
        ("1992-01-06", 1, DeclarationKind.JOINT_COMMUNIQUE, "Ashgabat", "2013-09", ""),
        ("2013-09", 4, DeclarationKind.JOINT_DECLARATION, "Ashgabat", "2023-01-06", "single"),
        ("2023-01-06", 5, DeclarationKind.JOINT_STATEMENT, "Beijing", TODAY, ""),
    ]
    return [
        {
            "date": date,
            "title": _LEVELS[rung].label,
            "rung": rung,
            "document": kind.label,
            "url": "#ladder",
            "place": place,
            "held": dates.span_between(date, end),
            "verification": verification,
            "current": end == TODAY,
        }
        for date, rung, kind, place, end, verification in steps
    ]


def _row(title: str, dyad: str, sessions: list[str], verdict: str, note: str = "", **more: Any) -> dict[str, Any]:
    """A row of the health table; what its last session was is read from `sessions`."""
    shown = {"last": sessions[-1]} if sessions else {}
    row = {"title": title, "language": "en", "url": "#health", "dyad": dyad, "sessions": sessions, "verdict": verdict, "verdict_note": note}
    return row | shown | more


def _health() -> list[dict[str, Any]]:
    """One row for each state, its words those of `templatetags.rhythm`."""
    yearly, quiet = pgettext("rhythm", "yearly"), dates.span_between("2005-04-04", TODAY)
    soon, late = dates.short_date("2026-04-25"), dates.long_date("2027-06")
    dialogue, consultations = ["2024-03-30", "2025-04-25"], ["2014-06", "2021", "2024-01-15", "2024-08-13"]
    return [
        _row(
            "Consultations between the foreign ministries", "CN-UZ", consultations, _("Overdue"), dates.since("2025-08-13", short=True),
            due="2025-08-13", last_note=english("Tashkent"), rhythm=yearly, attention=True,
        ),
        _row(
            "China–Kazakhstan Foreign Ministers’ Strategic Dialogue", "CN-KZ", dialogue,
            _("Due in %(span)s") % {"span": dates.span_of_days(32)}, _("by %(date)s") % {"date": soon},
            due="2026-04-25", last_note=english("Almaty"), rhythm=yearly, attention=True,
        ),
        _row(
            "Sub-Committee on Energy Cooperation", "CN-KZ", ["2005-04-04"],
            _("Quiet for %(span)s") % {"span": quiet}, _("in these sources"), child=True, last_note=english("Astana"), attention=True,
        ),
        _row(
            "China–Central Asia Summit", "CN-C5", ["2022-01-25", "2023-05-19", "2025-06-17"],
            _("On time"), _("due by %(date)s") % {"date": late}, last_note=english("Astana"), rhythm=_("every two years"),
        ),
        _row(
            "Sub-Committee on Financial Cooperation", "CN-KZ", [], pgettext("state of a mechanism", "No session documented"), child=True
        ),
        _row("Committee on economic, trade, scientific and technical cooperation (1992)", "CN-KZ", [], _("Ended")),
    ]  # fmt: skip


def _documents() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "date": "2023-05-19",
            "title": "Xi’an Declaration of the China–Central Asia Summit",
            "dyad": "CN-C5",
            "place": "Xi’an",
            "occasion": "First China–Central Asia Summit",
            "counts": [("all", 16), ("CN", 2), ("C5", 2)],
            "verification": "official",
        },
        {
            "date": "2022-09-14",
            "title": "Joint Statement on the 30th Anniversary of the Establishment of Diplomatic Relations",
            "dyad": "CN-KZ",
            "place": "Nur-Sultan",
            "occasion": "State visit of President Xi Jinping",
            "counts": [("both", 17), ("CN", 2), ("KZ", 3)],
            "verification": "official",
        },
        {"date": "2018-06", "title": "Joint Statement", "dyad": "CN-KG", "place": "Beijing", "counts": [], "verification": "memory"},
    ]
    return [{"url": "#documents", "language": "en", "level": DeclarationLevel.HEAD_OF_STATE.label, **row} for row in rows]


class _Provision:
    """A provision as the components read it."""

    def __init__(self, number: int, side: str, topics: tuple[str, ...], text: str = "", verification: str = "") -> None:
        self.number, self.side, self.topics, self.text, self.verification = number, side, topics, text, verification
        self.same = number == 19  # its topic is that of the provision before


def _provisions() -> list[_Provision]:
    said = {
        10: "Kazakhstan reaffirms the one-China principle and holds that the Government of the PRC is the only lawful government"
        " of all China, citing UN General Assembly resolution 2758.",
        13: "China supports the development path that Kazakhstan has chosen for itself.",
        18: "They will improve the mechanism of regular prime ministers’ meetings.",
        19: "They will keep the China–Kazakhstan Cooperation Committee working effectively.",
        21: "The sides will bring the Belt and Road Initiative and Kazakhstan’s Bright Path (Nurly Zhol) policy into synergy.",
    }
    topics = {
        10: "taiwan",
        11: "taiwan",
        12: "taiwan",
        13: "development_path",
        14: "development_path",
        18: "mechanisms",
        19: "mechanisms",
        21: "belt_and_road",
    }
    side = {10: "KZ", 11: "KZ", 12: "KZ", 13: "CN", 14: "CN"}
    return [
        _Provision(n, side.get(n, "both"), (topics.get(n, "relations"),), said.get(n, ""), "single" if n == 21 else "")
        for n in range(1, 23)
    ]


def examples() -> dict[str, Any]:
    """All that the templates of the styleguide show."""
    provisions = _provisions()
    by_number = {provision.number: provision for provision in provisions}
    return {
        "today": TODAY,
        "dyads": DYADS,
        "swatches": _SWATCHES,
        "topics": [
            (code_name("topic", topic), *counts)
            for topic, *counts in (("relations", 25, 0, 0), ("water", 14, 1, 0), ("taiwan", 0, 0, 7), ("development_path", 1, 3, 1))
        ],
        "facts": _facts(),
        "three_facts": _three_facts(),
        "cards": _cards(),
        "rungs": _ladder(),
        "aims": [{"date": "2023-01-06", "title": Level.SHARED_FUTURE.label, "url": "#ladder", "verification": "official"}],
        "health": _health(),
        "documents": _documents(),
        "says": says(provisions, ("CN", "KZ")),
        "provisions": provisions,
        "provision": by_number,
        "china_alone": by_number[13],
        "partner_alone": by_number[10],
        "together": [by_number[18], by_number[19], by_number[21]],
        "sources": _SOURCES,
        "chips": [
            {"key": "dyad", "value": "CN-KZ", "label": dyad_short("CN-KZ"), "dyad": "CN-KZ"},
            {"key": "kind", "value": "joint_statement", "label": DeclarationKind.JOINT_STATEMENT.label},
            {"key": "year_from", "value": "1992", "label": _("From %(year)d") % {"year": 1992}},
        ],
        "pages": [Page([], number, 8, 188, 25) for number in (1, 4, 8)]
        + [Page([], 5, 5, 120, 25, _("There is no page %(page)s; this is the last.") % {"page": 99})],
        "too_early": _("%(value)s is before the first year, %(year)d") % {"value": "1985", "year": 1992},
        "dates": ["2022-09-14", "2022-09", "2022"],
    }
