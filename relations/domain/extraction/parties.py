"""Which states an article is about, and whether it concerns relations between China and Central Asia at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from relations.domain.extraction.article import Evidence, Relevance, Value
from relations.domain.extraction.patterns import Hit
from relations.domain.extraction.scan import Scan
from relations.reference.parties import CHINA, FIVE, PARTNERS
from relations.reference.reading_words import reading_words

_TITLE, _LEAD, _BODY, _BODY_CAP = 4.0, 3.0, 1.0, 8.0
_WEIGHTS: Final = {"n": 1.0, "o": 1.0, "a": 0.9, "c": 0.8, "d": 0.35, "p": 0.4, "s": 0.5, "r": 1.0, "u": 0.0}
_SHARE: Final = 0.5
"""A partner counts as a party from this share of the most named one."""
_MANY: Final = 3
_PEOPLES: Final = frozenset({"土库曼", "哈萨克", "塔吉克", "乌兹别克", "吉尔吉斯"})
_HOMES: Final = frozenset({"IQ", "SY", "AF"})
_EARLY: Final = 4
_OVER: Final = 1.7
_OFTEN: Final = 3
_THIRD: Final = "第"
"""Before a word for three it makes a third party of them."""
_LEAD_LETTERS: Final = 220
_LEAD_HAN: Final = 60


@dataclass
class Standing:
    """How much a text speaks of each state or body: in all, in title and lead, and by which hits."""

    total: dict[str, float]
    front: dict[str, float]
    hits: dict[str, list[Hit]]

    def partners(self) -> list[str]:
        return [code for code in PARTNERS if self.total.get(code, 0) > 0]


def standing(scan: Scan) -> Standing:
    """Weigh the mentions: most in the title, much in the first two sentences."""
    title: defaultdict[str, float] = defaultdict(float)
    lead: defaultdict[str, float] = defaultdict(float)
    body: defaultdict[str, float] = defaultdict(float)
    hits: defaultdict[str, list[Hit]] = defaultdict(list)
    lead_end = _lead_end(scan)
    sure = {hit.code for hit in scan.named if hit.layer in ("state", "leader") and hit.kind not in ("s", "u", "p")}
    ethnic = _ethnic(scan)
    title_end = scan.layout.title_end
    spoken: dict[tuple[str, str, str], list[tuple[str, float]]] = {}
    for hit in _names(scan, lead_end):
        start, said = hit[0], hit[2:5]
        layer, of, _ = said
        if layer in ("trap", "project") or (layer == "state" and of in ethnic):
            continue
        if said not in spoken:
            spoken[said] = _speaks_of(hit, sure)
        for code, weight in spoken[said]:
            hits[code].append(hit)
            if start < title_end:
                title[code] = max(title[code], weight * _TITLE)
            elif start < lead_end:
                lead[code] = max(lead[code], weight * _LEAD)
            else:
                body[code] = min(body[code] + weight * _BODY, _BODY_CAP)
    codes = list(hits)  # in the order of first mention: of two that weigh the same, the first one counts
    front = {code: title[code] + lead[code] for code in codes}
    return Standing({code: front[code] + body[code] for code in codes}, front, dict(hits))


def _names(scan: Scan, lead_end: int) -> list[Hit]:
    """What is named; where three parties stand in front, a railway that bears the names of states names them too."""
    if not any(hit.layer == "project" for hit in scan.named):
        return scan.named
    if all(scan.folded.startswith(_THIRD, hit.start - 1) for hit in scan.hits("three", 0, lead_end)):
        return scan.named
    inside = {hit: scan.hits("state", hit.start, hit.end) for hit in scan.named if hit.layer == "project"}
    return [name for hit in scan.named for name in inside.get(hit, (hit,))]


def _lead_end(scan: Scan) -> int:
    """Where the lead ends: after two sentences, or more where these are as short as “Analysis.”"""
    if not scan.sentences:
        return 0
    enough = scan.sentences[0].start + (_LEAD_HAN if scan.language == "zh" else _LEAD_LETTERS)
    return next((one.end for one in scan.sentences[1:] if one.end >= enough), scan.sentences[-1].end)


def _ethnic(scan: Scan) -> set[str]:
    """Peoples who live beside Iraq's Kirkuk or in Afghanistan: named without their state where such a country is, they are no party."""
    elsewhere = any(hit[2] == "trap" or (hit[2] == "actor" and hit[3] in _HOMES) for hit in scan.named)
    if not elsewhere:
        return set()
    named: dict[str, bool] = {}
    for hit in scan.named:
        if hit.layer in ("state", "leader") and hit.code in PARTNERS:
            own = hit.layer == "leader" or (hit.kind != "a" and scan.folded[hit.start : hit.end] not in _PEOPLES)
            named[hit.code] = named.get(hit.code, False) or own
    return {code for code, own in named.items() if not own}


def _speaks_of(hit: Hit, sure: set[str]) -> list[tuple[str, float]]:
    if hit.layer in ("leader", "actor"):
        return [(hit.code, 1.0)]
    if hit.kind == "r" or (hit.kind == "u" and (hit.code in sure or CHINA in sure)):
        return [(CHINA, 1.0), (hit.code, 1.0)]
    if hit.kind in ("s", "u") and hit.code not in sure:
        return []
    return [(hit.code, _WEIGHTS.get(hit.kind, 1.0))]


def parties(scan: Scan, found: Standing) -> tuple[Value, ...]:
    """China and the partners that the text is about; all six where it speaks of the region or of most of the five."""
    partners = {code: found.total[code] for code in found.partners()}
    most = max(partners.values(), default=0.0)
    chosen = [code for code in PARTNERS if partners.get(code, 0) >= max(_SHARE * most, 2.0) and found.front.get(code, 0) > 0]
    if not chosen and partners:
        chosen = [max(partners, key=lambda code: partners[code])]
    front = [code for code in PARTNERS if found.front.get(code, 0) > 0]
    region = found.total.get(FIVE, 0)
    six = (
        (region >= most and found.front.get(FIVE, 0) > 0) or len(front) > _MANY or (found.front.get(FIVE, 0) >= _TITLE and len(front) != 1)
    )
    six = six or (len(_early(scan, found)) > _MANY and (region > 0 or _said_six(scan)))
    six = six or (len(partners) > _MANY and most < _OVER * sorted(partners.values())[-2] and (region > 0 or _said_six(scan)))
    six = six or (region > 0 and sum(hit.code == "all" for hit in scan.hits("together")) >= _OFTEN)
    if six:
        chosen = list(PARTNERS)
    rule = "six parties" if six else "party by name"
    values = [Value(CHINA, _shown(found.hits.get(CHINA, []), "party by name"))]
    values += [Value(code, _shown(found.hits.get(code) or found.hits.get(FIVE, []), rule)) for code in sorted(chosen)]
    return tuple(values)


def _early(scan: Scan, found: Standing) -> set[str]:
    """The partners named in title and first sentences."""
    last = scan.sentences[min(_EARLY, len(scan.sentences) - 1)].end if scan.sentences else 0
    return {code for code in PARTNERS if any(hit.start < last for hit in found.hits.get(code, []))}


def _said_six(scan: Scan) -> bool:
    last = scan.sentences[min(2, len(scan.sentences) - 1)].end if scan.sentences else 0
    return any(hit.code == "all" for hit in scan.hits("together", 0, last))


def _shown(hits: list[Hit], rule: str, most: int = 3) -> tuple[Evidence, ...]:
    return tuple(Evidence(hit.start, hit.end, rule) for hit in hits[:most])


def relevance(scan: Scan, found: Standing) -> Relevance:
    """Whether China and a partner both stand in front of the text, and no third party stands before one of them."""
    partners = found.partners()
    china = found.total.get(CHINA, 0)
    near = max([found.total.get(code, 0) for code in (*partners, FIVE)], default=0.0)
    if china and _only_places(scan, found.hits[CHINA]):
        china = 0.0
    if not china or not near:
        missing = "China" if not china else "a Central Asian state"
        return Relevance(0.0, f"{missing} is not named")
    evidence = (*_shown(found.hits[CHINA], "China", 2), *_shown(_most(found), "Central Asia", 2))
    rival, strength = _rival(found)
    weaker = min(china, near)
    if rival and strength > weaker:
        return Relevance(0.15, f"it is about {rival} more than about both", (*_shown(found.hits[rival], "third party", 2), *evidence))
    pair = _without_china(found)
    if pair:
        return Relevance(0.3, f"it is about {pair} among themselves", evidence)
    front = found.front.get(CHINA, 0) > 0 and any(found.front.get(code, 0) > 0 for code in (*partners, FIVE))
    together = _together(scan, found)
    score = min(1.0, 0.1 + (0.5 if front else 0.0) + 0.1 * min(together, 4) + (0.1 if weaker >= _TITLE else 0.0))
    reason = "both are named in title or lead" if front else f"both are named together in {together} sentences"
    return Relevance(round(score, 2), reason, evidence)


def _only_places(scan: Scan, hits: list[Hit]) -> bool:
    """China is named by a town or two of its own only: a match in Tianjin is no relation."""
    places = {scan.folded[hit.start : hit.end] for hit in hits if hit.kind == "p"}
    return all(hit.kind == "p" for hit in hits) and (len(places) < 2 or len(hits) < _OFTEN)


def _without_china(found: Standing) -> str:
    """Two Central Asian states that both stand far in front of China: what they agree on is not about China."""
    china = found.total[CHINA]
    before = [
        code for code in PARTNERS if found.total.get(code, 0) > _OVER * china and found.front.get(code, 0) > found.front.get(CHINA, 0)
    ]
    return " and ".join(before) if len(before) == 2 and not found.front.get(FIVE, 0) else ""


def _most(found: Standing) -> list[Hit]:
    code = max((*PARTNERS, FIVE), key=lambda code: found.total.get(code, 0))
    return found.hits.get(code, [])


def _rival(found: Standing) -> tuple[str | None, float]:
    forums = set(reading_words("others")["forums"])
    others = {code: total for code, total in found.total.items() if code not in (CHINA, FIVE, *PARTNERS)}
    others = {code: total * (0.8 if code in forums else 1.0) for code, total in others.items() if found.front.get(code, 0) > 0}
    best = max(others, key=lambda code: others[code], default=None)
    return best, others[best] if best else 0.0


def _together(scan: Scan, found: Standing) -> int:
    """In how many sentences China and a partner are named."""
    china = scan.sentences_of(found.hits.get(CHINA, []))
    return len(china & scan.sentences_of([hit for code in (*PARTNERS, FIVE) for hit in found.hits.get(code, [])]))
