"""What Russian words around a name tell of whether it speaks: agents, genitives, clauses."""

from __future__ import annotations

import re
from typing import Final

NOMINATIVE: Final = re.compile(r"(?:ая|ий|ый|ое|ие|ые)$")
AGENT: Final = re.compile(r"(?:ой|им|ым|ими|ыми)$")
AGENT_NOUN: Final = re.compile(r"^\s(?:стороной|правительством|компани\w+|специалистами|банками|партнерами|властями)")
DONE: Final = re.compile(r"^\s(?:также |вновь |полностью |)\w+(?:ен|ена|ено|ены|ан|ана|ано|аны|ята|яты|ято|ется|ются)\b")
FROM: Final = re.compile(r"(?:^|[\s,(])с\s$")
ONES_OWN: Final = re.compile(r"(?:^|[\s,(])со?\s(?:\w+(?:ой|ей)\s)?$")
EITHER: Final = ("страны", "государства")
"""Of one state where another noun stands before them: «столица страны»,"""
SHORT: Final = ("кнр", "рк", "рт", "руз")
"""and names without cases: «посол КНР»."""
CLAUSE: Final = re.compile(
    r"(?:^|[,.;:()\"-]\s?|\b(?:и|а|но|что|обе|оба|эти|также|однако|поэтому|этом|этого|того|целом|впредь|отныне|взаимно|\w+(?:те|ии|ме|но|ве|ре|ах|ях))\s)$"
)
FROM_CAPITAL: Final = re.compile(
    r"^\s(?:также |вновь |твердо |)(?:обеща|заяв|подчерк|счита|подтверд|намерен|готовы|рассчит|выступ|поддерж|призна|ожида|отмеч|намерев)"
)
CAPITAL: Final = re.compile(r"(?:^|[\s(])(?:в|из)\s$")
