"""Mechanisms, initiatives, documents that are referred to, and people: what an article names."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from relations.domain.extraction.article import Evidence, KnownMechanism, NamedMechanism, Value
from relations.domain.extraction.document import Mention
from relations.domain.extraction.patterns import Hit, Place, longest
from relations.domain.extraction.scan import Scan
from relations.domain.naming import Mentions
from relations.reference.parties import CHINA, FIVE, PARTNERS, dyad_of, partner_of

_new: Final = tuple.__new__  # dozens of named tuples an article: this way they cost a half
_MOST: Final = 4
_NEAR: Final = 60
_AFTER: Final = 44
_COMBINATIONS: Final = 2000
_KINDS: Final = ("n", "o", "a", "c", "d", "r", "u")
_GENERIC_SUMMIT: Final = re.compile(r"^(?:the |)(?:summit|sommet|саммит|峰会)\w{0,3}(?: \w+)?$")
_OF_THE_SIX: Final = re.compile(
    "china.{1,4}central asia|central asia.{1,4}china|chine.{1,4}asie centrale|asie centrale.{1,4}chine|"
    "中亚|c5|китай.{1,4}центральн|центральн.{1,12}китай"
)
_OF_OTHERS: Final = re.compile(
    r" (?:(?:of (?:the )?(?:member states of the )?|du |de l'|de la |des )(?:sco|cis|brics|csto|cica|ots|un|united nations|eaeu|ocs|cei|"
    r"otsc|onu|shanghai\w*|turkic|groupe de shanghai|organisation de|etats turciques)|"
    r"(?:государств - членов |стран |)(?:шос|снг|одкб|брикс|отг|еаэс|свмда|оон|шанхайск\w+|тюркск\w+))\b"
)
_OTHERS_ZH: Final = re.compile("(?:上合组织|上海合作组织|独联体|金砖国家|金砖|突厥国家组织|亚信|联合国|集安组织)$")
_FORMER: Final = ("экс-", "бывший ", "бывшая ", "бывшего ", "ex-", "former ", "ancien ", "ancienne ")
"""Before a minister who no longer is one."""
_OTHERS_END_ZH: Final = frozenset("织体家砖信国")
_PROPER_TREATY: Final = re.compile(
    r"(?:treaty (?:on|of) (?:permanent |eternal |)(?:good|friend)|traite (?:de|d') ?(?:bon voisinage|amitie)|"
    r"《[^》]{0,24}条约|договор\w* о (?:вечн\w+ |постоянн\w+ |)(?:добрососедств|дружб|дружественн))"
)
_INVOKED: Final = re.compile(
    r"(?:根据|遵循|恪守|落实|依据|基于|以|按照)[^。；，]{0,6}《[^》]{0,40}$|"
    r"\b(?:принцип\w+|положени\w+|дух\w*|букв\w+|соответствии с|на основе|верност\w+|закрепленн\w+ в|исходя из|опираясь на)\s(?:\w+ ){0,2}$"
)
"""Before a document that the reported one builds on."""
_JOINT: Final = ("treaty", "joint_declaration", "joint_statement", "joint_communique")
_TREATY_KINDS: Final = ("treaty", "joint_declaration", "joint_statement", "agreement", "joint_communique")


def grouped(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Hits by code, in the order of first mention."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        code = hit[3]
        if code in found:
            found[code].append(hit)
        else:
            found[code] = [hit]
    return found


def evidence(hits: list[Hit], rule: str) -> tuple[Evidence, ...]:
    """The first few places as evidence."""
    return tuple([_new(Evidence, (hit[0], hit[1], rule)) for hit in hits[:_MOST]])


def mechanism_hits(hits: list[Hit], foreign: list[Hit], folded: str, *, six: bool) -> dict[str, list[Hit]]:
    """Mechanisms of the six by kind; meetings of other bodies and a bare “summit” between two states are none."""
    kept = []
    for hit in longest(hits):
        start, end = hit[0], hit[1]
        if foreign and any(other[0] < end and start < other[1] for other in foreign):
            continue
        if _OF_OTHERS.match(folded, end, end + _AFTER):
            continue
        if start and folded[start - 1] in _OTHERS_END_ZH and _OTHERS_ZH.search(folded, max(0, start - 12), start):
            continue
        if folded.endswith(_FORMER, 0, start):
            continue
        if hit[3] == "summit" and not six and _generic(hit, folded):
            continue
        kept.append(hit)
    return grouped(kept)


def _generic(hit: Hit, folded: str) -> bool:
    """A summit of nobody in particular: not that of China and Central Asia."""
    around = folded[max(0, hit.start - 24) : hit.end + 28]
    return bool(_GENERIC_SUMMIT.match(folded[hit.start : hit.end])) and not _OF_THE_SIX.search(around)


def resolved(found: dict[str, list[Hit]], partners: frozenset[str], known: tuple[KnownMechanism, ...]) -> tuple[NamedMechanism, ...]:
    """Each kind with the very record, where just one record of these parties is of this kind."""
    named = []
    for kind, hits in found.items():
        fitting = [one for one in known if one.kind == kind and one.parties == partners]
        slug = fitting[0].slug if len(fitting) == 1 else None
        named.append(NamedMechanism(kind, slug, evidence(hits, "mechanism by name")))
    return tuple(named)


def initiative_hits(hits: list[Hit], national: list[Hit], states: Sequence[Hit | Place], parties: frozenset[str]) -> dict[str, list[Hit]]:
    """Initiatives by code; a “national development strategy” is that of the party beside it."""
    found = grouped(longest(hits)) if hits else {}
    for hit in national:
        owner = _owner(hit, states, parties)
        code = {"TJ": "TJ_STRATEGY_2030", "KG": "KG_NATIONAL_STRATEGY"}.get(owner or "")
        if code:
            found.setdefault(code, []).append(hit)
    return found


def _owner(hit: Hit, states: Sequence[Hit | Place], parties: frozenset[str]) -> str | None:
    first = bisect_left(states, (hit[0] - _NEAR + 1,))  # they stand in order
    near = states[first : bisect_left(states, (hit[0] + _NEAR,), first)]
    closest = min(((abs(state[0] - hit[0]), state[3]) for state in near if state[3] in PARTNERS), default=None, key=itemgetter(0))
    if closest and (closest[1] in parties or not parties):
        return closest[1]
    partners = [code for code in parties if code != "CN"]
    return partners[0] if len(partners) == 1 else None


def reference_hits(scan: Scan) -> dict[str, list[Hit]]:
    """Documents invoked by code, as far as they have a name of their own."""
    return grouped(longest(scan.hits("reference")))


def earlier_documents(scan: Scan, found: list[Mention], kind: str | None) -> list[Hit]:
    """Bilateral documents of earlier years, or named in full beside the reported one: references of the code TREATY."""
    hits = []
    for mention in found:
        if mention.hit.start < scan.layout.title_end or mention.kind not in _TREATY_KINDS:
            continue
        around = scan.folded[max(0, mention.hit.start - 26) : mention.hit.end + 30]
        before = scan.folded[max(0, mention.hit.start - 48) : mention.hit.start]
        other = kind is not None and mention.kind != kind and not mention.issued
        if (
            mention.earlier
            or (mention.kind == "treaty" and kind != "treaty" and _PROPER_TREATY.search(around))
            or (other and mention.kind in _JOINT and _INVOKED.search(before))
        ):
            hits.append(mention.hit)
    return hits


def dyads(layers: Mapping[str, list[Place]]) -> tuple[Value, ...]:
    """The relationships that a text names, by the rules of `domain.naming`, each with the words that name it."""
    states = layers.get("state")
    if not states:
        return ()
    others = [*layers.get("trap", ()), *layers.get("project", ())]
    hits = longest([*states, *others] if others else states)
    said = [hit[3:5] for hit in hits if hit[2] == "state"] if others else [hit[3:5] for hit in hits]
    return tuple([_new(Value, (dyad, _telling(hits, partner_of(dyad)))) for dyad in _related(frozenset(said))])


@functools.lru_cache(_COMBINATIONS)
def _related(states: frozenset[tuple[str, str]]) -> tuple[str, ...]:
    """The relationships of states by code and kind of word: a few combinations are nearly all that there are."""
    said: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for code, kind in states:
        if kind in said:
            said[kind].add(code)
    pairs = said["r"]
    plain = (said["n"] | said["o"] | said["a"]) - {FIVE} | (pairs - {FIVE}) | ({CHINA} if pairs else set())
    return Mentions(
        named=frozenset(plain),
        places=frozenset((said["c"] | said["d"]) - plain),
        unsure=frozenset(dyad_of(code) for code in said["u"] if code != FIVE),
        region=any(FIVE in said[kind] for kind in ("n", "o", "a", "r")),
        six_party=FIVE in pairs,
    ).dyads()


def _telling(hits: list[Place], partner: str) -> tuple[Evidence, ...]:
    telling: list[Evidence] = []
    for hit in hits:
        code = hit[3]
        if code in (CHINA, partner):
            telling.append(_new(Evidence, (hit[0], hit[1], "named together")))
            if len(telling) == _MOST:
                break
    return tuple(telling)


def values(found: dict[str, list[Hit]], rule: str) -> tuple[Value, ...]:
    """Codes with evidence."""
    return tuple([_new(Value, (code, evidence(hits, rule))) for code, hits in found.items()])
