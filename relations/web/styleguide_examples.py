"""The records that the styleguide shows: real ones, as plain values, so that the page is the same on every machine."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from relations.reference.parties import DYADS
from relations.web.paging import Page

TODAY: Final = dt.date(2026, 3, 24)

_LADDERS: Final = {
    "CN-KZ": [("1992-01-03", 1), ("2002-12-23", 3), ("2005-07-04", 4), ("2011-06-13", 5), ("2019-09-11", 6)],
    "CN-TM": [("1992-01-06", 1), ("2013-09-03", 4), ("2023-01-06", 5)],
    "CN-TJ": [("1992-01-04", 1), ("2007-01-15", 3), ("2013-05-20", 4), ("2017-08-31", 5), ("2024-07-05", 6)],
    "CN-C5": [("1992", 1)],
}
_WORDS: Final = {
    1: "Diplomatic relations",
    3: "Treaty-based good-neighbourly and friendly cooperation",
    4: "Strategic partnership",
    5: "Comprehensive strategic partnership",
    6: "Permanent comprehensive strategic partnership",
}
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
        {"label": _("Relations since"), "date": "1992-01-03", "detail": "34 years; 35 on 3 January 2027"},
        {
            "label": _("Last document"),
            "date": "2024-07-03",
            "detail": "Joint statement",
            "detail_url": "#facts",
            "after_detail": " of the presidents, Astana",
        },
        {"label": _("Last meeting"), "date": "2025-08", "detail": "The presidents in Tianjin and Beijing"},
        {
            "label": pgettext("card of a relationship", "Next"),
            "date": "2026-04-25",
            "before": "by",
            "detail": "Foreign Ministers’ Strategic Dialogue, in 32 days",
        },
    ]


def _rungs(dyad: str) -> list[tuple[str, int, str]]:
    return [(date, rung, _WORDS[rung]) for date, rung in _LADDERS[dyad]]


def _cards() -> list[dict[str, Any]]:
    return [
        {
            "dyad": "CN-KZ",
            "status": _WORDS[6],
            "since": "2019-09-11",
            "place": "Beijing",
            "rungs": _rungs("CN-KZ"),
            "lines": [
                {"label": "Last", "text": "joint statement", "date": "2024-07-03", "extra": "Astana"},
                {"label": "Next", "lead": "by 25 April", "text": "foreign ministers’ strategic dialogue, yearly round"},
            ],
        },
        {
            "dyad": "CN-TJ",
            "status": "Comprehensive strategic cooperative partnership in the new era",
            "since": "2024-07-05",
            "place": "Dushanbe",
            "rungs": _rungs("CN-TJ"),
            "lines": [
                {"label": "Last", "text": "joint statement", "date": "2024-07-05", "extra": "Dushanbe"},
                {"label": "Next", "text": "nothing known in the next 90 days", "muted": True},
            ],
        },
        {
            "dyad": "CN-C5",
            "status": "Treaty on permanent good-neighbourliness, friendship and cooperation",
            "since": "2025-06-17",
            "place": "Astana",
            "rungs": _rungs("CN-C5"),
            "aims": [("2022-01-25", "Community with a shared future"), ("2025-06-17", "Permanent good-neighbourliness")],
            "lines": [
                {"label": "Last", "text": "second summit", "date": "2025-06-17", "extra": "Astana"},
                {"label": "Next", "lead": "17 June", "text": "1 year of the treaty"},
            ],
        },
    ]


def _ladder() -> list[dict[str, Any]]:
    return [
        {
            "date": "1992-01-06",
            "title": "Diplomatic relations",
            "rung": 1,
            "document": "Communiqué",
            "url": "#ladder",
            "place": "Ashgabat",
            "held": "21½ years",
        },
        {
            "date": "2013-09",
            "title": "Strategic partnership",
            "rung": 4,
            "document": "Joint declaration",
            "url": "#ladder",
            "place": "Ashgabat",
            "held": "9½ years",
            "verification": "single",
        },
        {
            "date": "2023-01-06",
            "title": "Comprehensive strategic partnership",
            "rung": 5,
            "document": "Joint statement",
            "url": "#ladder",
            "place": "Beijing",
            "held": "for 3 years so far",
            "current": True,
        },
    ]


_HEALTH: list[dict[str, Any]] = [
    {
        "title": "Consultations between the foreign ministries",
        "url": "#health",
        "dyad": "CN-UZ",
        "sessions": ["2014-06", "2021", "2024-01-15", "2024-08-13"],
        "due": "2025-08-13",
        "last": "2024-08-13",
        "last_note": "Tashkent",
        "rhythm": "yearly",
        "verdict": "Overdue",
        "verdict_note": "since 13 Aug 2025",
        "attention": True,
    },
    {
        "title": "China–Kazakhstan Foreign Ministers’ Strategic Dialogue",
        "url": "#health",
        "dyad": "CN-KZ",
        "sessions": ["2024-03-30", "2025-04-25"],
        "due": "2026-04-25",
        "last": "2025-04-25",
        "last_note": "no. 2, Almaty",
        "rhythm": "yearly",
        "verdict": "Due in 32 days",
        "verdict_note": "by 25 Apr 2026",
        "attention": True,
    },
    {
        "title": "Sub-Committee on Energy Cooperation",
        "url": "#health",
        "dyad": "CN-KZ",
        "child": True,
        "sessions": ["2005-04-04"],
        "last": "2005-04-04",
        "last_note": "no. 1, Astana",
        "verdict": "Quiet for 21 years",
        "verdict_note": "in these sources",
        "attention": True,
    },
    {
        "title": "China–Central Asia Summit",
        "url": "#health",
        "dyad": "CN-C5",
        "sessions": ["2022-01-25", "2023-05-19", "2025-06-17"],
        "last": "2025-06-17",
        "last_note": "no. 2, Astana",
        "rhythm": "every two years",
        "verdict": "On time",
        "verdict_note": "due by June 2027",
    },
    {
        "title": "Sub-Committee on Financial Cooperation",
        "url": "#health",
        "dyad": "CN-KZ",
        "child": True,
        "sessions": [],
        "verdict": "No session documented",
    },
    {
        "title": "Committee on economic, trade, scientific and technical cooperation (1992)",
        "url": "#health",
        "dyad": "CN-KZ",
        "sessions": [],
        "verdict": "Ended",
    },
]


def _documents() -> list[dict[str, Any]]:
    return [
        {
            "date": "2023-05-19",
            "title": "Xi’an Declaration of the China–Central Asia Summit",
            "url": "#documents",
            "dyad": "CN-C5",
            "level": "Heads of state",
            "place": "Xi’an",
            "occasion": "First China–Central Asia Summit",
            "counts": [("all", 16), ("CN", 2), ("C5", 2)],
            "verification": "official",
        },
        {
            "date": "2022-09-14",
            "title": "Joint Statement on the 30th Anniversary of the Establishment of Diplomatic Relations",
            "url": "#documents",
            "dyad": "CN-KZ",
            "level": "Heads of state",
            "place": "Nur-Sultan",
            "occasion": "State visit of President Xi Jinping",
            "counts": [("both", 17), ("CN", 2), ("KZ", 3)],
            "verification": "official",
        },
        {
            "date": "2018-06",
            "title": "Joint Statement",
            "url": "#documents",
            "dyad": "CN-KG",
            "level": "Heads of state",
            "place": "Beijing",
            "counts": [],
            "verification": "memory",
        },
    ]


class _Provision:
    """A provision as the components read it."""

    def __init__(self, number: int, side: str, topics: list[str], text: str = "", verification: str = "") -> None:
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
        _Provision(n, side.get(n, "both"), [topics.get(n, "relations")], said.get(n, ""), "single" if n == 21 else "") for n in range(1, 23)
    ]


def examples() -> dict[str, Any]:
    """All that the templates of the styleguide show."""
    provisions = _provisions()
    by_number = {provision.number: provision for provision in provisions}
    return {
        "today": TODAY,
        "dyads": DYADS,
        "topics": [("Relations", 25, 0, 0), ("Water", 14, 1, 0), ("Taiwan", 0, 0, 7), ("Development path", 1, 3, 1)],
        "facts": _facts(),
        "three_facts": [
            {"label": "Adopted", "date": "2022-09-14", "detail": "in Nur-Sultan, on the state visit of Xi Jinping"},
            {"label": "Provisions", "value": "22, by three sides", "detail": "17 together"},
            {"label": "Verified", "value": "Official", "verification": "official", "detail": "10 sources", "detail_url": "#sources"},
        ],
        "cards": _cards(),
        "rungs": _ladder(),
        "aims": [
            {"date": "2023-01-06", "title": "the aim of a community with a shared future", "url": "#ladder", "verification": "official"}
        ],
        "health": _HEALTH,
        "documents": _documents(),
        "provisions": provisions,
        "provision": by_number,
        "china_alone": by_number[13],
        "partner_alone": by_number[10],
        "together": [by_number[18], by_number[19], by_number[21]],
        "sources": _SOURCES,
        "chips": [
            {"key": "dyad", "value": "CN-KZ", "label": "Kazakhstan", "dyad": "CN-KZ"},
            {"key": "kind", "value": "joint_statement", "label": "Joint statement"},
            {"key": "year_from", "value": "1992", "label": "from 1992"},
        ],
        "pages": [Page([], number, 8, 188, 25) for number in (1, 4, 8)]
        + [Page([], 5, 5, 120, 25, _("There is no page %(page)s; this is the last.") % {"page": 99})],
        "dates": ["2022-09-14", "2022-09", "2022"],
    }
