"""Titles as a list shows them: without the formal names of the parties, where the pair is shown beside them.

“Joint Statement of the People's Republic of China and the Republic of Kazakhstan” → “Joint Statement”. Only the names of
the two parties go, in the four languages of the product; a title that would lose its sense stays whole.
"""

from __future__ import annotations

import re
from typing import Final

# The parties as the titles name them, in whatever case the sentence needs.
_EN = (
    r"(?:the )?(?:PRC|People['’]s Republic of China|China|Kyrgyz Republic|Kyrgyzstan|Turkmenistan"
    r"|(?:Republic of )?(?:Kazakhstan|Tajikistan|Uzbekistan))"
)
_FR = (
    r"(?:la |le |l['’])?(?:RPC|Chine|République populaire de Chine|République kirghize"
    r"|Turkménistan|Kazakhstan|Kirghizstan|Tadjikistan|Ouzbékistan|République (?:du |d['’])(?:Kazakhstan|Tadjikistan|Ouzbékistan))"
)
_RU = (
    r"(?:Правительств\w+ )?(?:КНР|Кита(?:я|ем)|Китайск\w+ Народн\w+ Республик\w+|Кыргызск\w+ Республик\w+|Туркменистан\w*"
    r"|Республик\w+ (?:Казахстан|Таджикистан|Узбекистан))"
)
_ZH = r"(?:中华人民共和国|(?:哈萨克斯坦|吉尔吉斯|塔吉克斯坦|乌兹别克斯坦)共和国|土库曼斯坦)"

_RULES: Final[dict[str, tuple[tuple[re.Pattern[str], str], ...]]] = {
    "en": (
        (re.compile(rf" between the Government of {_EN} and the Government of {_EN}(?!\w)"), " of the Governments"),
        (re.compile(rf" (?:of|between) {_EN} and {_EN}(?![\w–-])"), ""),
    ),
    "fr": ((re.compile(rf" (?:(?:de |entre |du ){_FR} et (?:de |du )?{_FR}|Chine–\w+)(?![\w–-])"), ""),),
    "ru": ((re.compile(rf"(?<!,) (?:между )?{_RU} и {_RU}(?!\w)"), ""),),
    "zh": ((re.compile(rf"^(关于)?{_ZH}(?:政府)?[和与同]{_ZH}(?:政府(?=关于))?(?=\w{{4}})"), r"\1"),),
}


def short_title(title: str, language: str) -> str:
    """The title in a language (`en`, `fr`, `ru`, `zh` or `zh-hans`) without the formal names of its two parties."""
    for pattern, instead in _RULES.get(language.split("-")[0], ()):
        shorter = pattern.sub(instead, title, count=1).strip()
        if len(shorter) >= 4 and shorter != title:
            return shorter
    return title
