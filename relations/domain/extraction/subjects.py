"""Who speaks in a sentence: the first party named as its subject, alone, with another, or by a pronoun."""

from __future__ import annotations

import functools
import re
from typing import Final, NamedTuple

from relations.domain.extraction import russian
from relations.domain.extraction.patterns import Hit, longest
from relations.domain.extraction.scan import Scan
from relations.reference.parties import ALL, BOTH, CHINA, FIVE
from relations.reference.reading_words import reading_words


def _several(words: str) -> tuple[str, ...]:
    return tuple(words.split())


# What stands before a name that is no subject.
_OBLIQUE: Final = {
    "en": re.compile(
        r"\b(?:of|with|in|to|by|from|for|on|between|against|at|into|towards?|within|through|across|about|over|than|via|under|near|among|"
        r"around|outside|throughout|like|link|linking|links|connect|connecting|connects|and in|between .{3,30} and)\s+"
        r"(?:the\s+|its\s+|neighbouring\s+|neighboring\s+)?$"
    ),
    "fr": re.compile(
        r"(?:\b(?:de|du|des|a|au|aux|avec|en|par|pour|vers|entre|contre|dans|sur|envers|depuis|chez|sous|relier|reliant|reliera|"
        r"entre .{3,30} et)\s+(?:la |le |les |l'|leur |son )?|\bd'|\bd'l')$"
    ),
    "ru": re.compile(r"(?:^|[\s(\"])(?:в|во|на|с|со|из|от|к|ко|по|для|между|через|за|о|об|при|до|у|без|из-за|против|над|под|перед|про)\s$"),
}
_OBLIQUE_ZH: Final = _several("与 同 和 跟 对 向 为 给 在 从 支持 帮助 协助 邀请 使 以 把 至 到 赴 访 于 及 是 的 尊重 承认 损害 据 受")
_PLACE_ZH: Final = _several("至 到 - — 直飞 飞往 机场 地铁 市 郊 近郊 一位 一名 街 大学 居民")
# With what words such as those above end: mostly none stands there, and no expression has to be tried.
_LAST: Final = {
    "en": _several(
        "of with in to by from for on between against at into toward towards within through across about over than via under near among "
        "around outside throughout like link linking links connect connecting connects and the its neighbouring neighboring"
    ),
    "fr": _several(
        "de du des a au aux avec en par pour vers entre contre dans sur envers depuis chez sous relier reliant reliera "
        "et la le les l' leur son d'"
    ),
    "ru": _several("в во на с со из от к ко по для между через за о об при до у без из-за против над под перед про"),
}
_POSSESSIVE: Final = re.compile(r"^(?:'s?\b|-\w| - [a-zа-я])")
_JOINED: Final = {
    "en": re.compile(r"^,?\s*(?:and|&|as well as|along with|together with)\s+(?:the\s+)?$"),
    "fr": re.compile(r"^,?\s*(?:et|ainsi que|comme|avec)\s+(?:la |le |les |l')?$"),
    "zh": re.compile(r"^(?:和|与|同|、|以及|及)$"),
    "ru": re.compile(r"^,?\s*(?:и|а также|с|со|вместе с)\s+$"),
}
_COMMA: Final = re.compile(r"^,\s(?:la |le |les |l'|the )?$")
_ZH_START: Final = re.compile(
    r"(?:^|[，。；：、,;:!?（()）”\"\s]|其中|同时|此外|另外|而|但|并|且|则|说|称|指出|强调|明确|规定|提到|写道|方面|文件|据公报|根据协定|会上|"
    r"今后|未来|还|也|表示|认为|为此|对此|因此|内|年|间|后|前|中|时|下|确认|重申|显示|载明|约定|要求|上)$"
)
_FR_PEOPLE: Final = re.compile(r"(?:^|[\s,;.])les $")
_EN_VERB: Final = re.compile(
    r"^,? (?:will|would|have|had|are|were|also|did|agreed|pledged|promised|undertook|offered|want|wanted|said|intend|must|shall)\b"
)
_SEVERAL: Final = 3
_ONE_CHINA: Final = re.compile(r"(?:\b(?:one|single|two|une seule|seule|deux|один|единого|одного|двух|единый)[\s-]|一个|两个|一中)$")
_ONES: Final = ("one", "single", "two", "seule", "deux", "один", "единого", "одного", "двух", "единый")
_ONES_ZH: Final = ("一个", "两个", "一中")
"""With which words such as those above end."""
_SOLE_WORD: Final = re.compile("sole|only le|seul |unique |единственн|唯一")
_SOLE: Final = re.compile(r"^.{0,34}(?:\bsole\b|only legal|only legitimate|seul |unique |единственн|唯一)")
_ZH_OFFICE: Final = ("政府", "总统", "总理", "外长", "外交部")
_AGENT: Final = re.compile(r"\b(?:by|par)\s+(?:the |la |le |l')?$")
_RELATIVE: Final = {
    "en": re.compile(r"\b(?:where|in which|which|whose|who|whom|if|when|because|since|although)\s+(?:\w+\s){0,1}$"),
    "fr": re.compile(r"\b(?:dont|ou|lequel|laquelle|qui|si|quand|lorsque|puisque)\s+(?:la |le |les |l')?$"),
    "ru": re.compile(r"\b(?:котор\w+|где|когда|если|куда|откуда|чтобы)\s+(?:\w+\s){0,2}$"),
}
_BEFORE_PRONOUN: Final = re.compile(r"^[\w' -]+,\s$|^(?:de |from |on )?(?:the |)\w+ $")
_TIME_BEFORE: Final = re.compile(
    r"^(?:over|in|by|within|this|next|during|until|from|starting|en|au|d'ici|cette|des|durant|pendant|dans)(?: [\w'-]+){1,5} $"
)
"""What may stand before a pronoun that is the subject: “Over the next three years it …”. Who “he” is, a speech tells."""
_EXPENSE: Final = re.compile(r"^'s (?:expense|cost|account)\b")
_PAYING: Final = re.compile(r"^ (?:covering|bearing|paying|footing|meeting|providing|financing|funding|supplying|contributing)\b")
_AT_ITS_COST: Final = re.compile(r"\b(?:at the (?:expense|cost) of (?:the )?|(?:aux frais|a la charge) (?:de |du |de la |d'))$")
_IMPERSONAL: Final = re.compile(
    r"^(?:il|it|on)\s+(?:est (?!oppos|favorable|pret|dispos)|ressort|s'agit|y a|faut|a ete|existe|reste|(?:is|"
    r"was|has been|will be) (?:also |further )?(?:plan|expect|foresee|envisag|not|agree|necess|import|stat|"
    r"said|decid|resolv|stress|emphas|propos|provid|stipulat|"
    r"underlin|record|recall|mention|specif|confirm|recommend|point)|also (?:says|adds|notes)|says|adds|notes|states|said|added)"
)


class Subject(NamedTuple):
    """Who speaks: a side, where the words stand, and how they were read."""

    start: int
    end: int
    side: str
    rule: str


def subjects(scan: Scan, start: int, end: int) -> list[Subject]:
    """Every party that is the subject of some clause of a span, in order; partners joined by “and” as one."""
    language = scan.language
    if language not in _JOINED:
        return []
    found = [*_collectives(scan, start, end), *_named(scan, start, end)]
    if not found:
        return found
    found.sort(key=_order)
    kept: list[Subject] = []
    for subject in found:
        if kept and subject.start < kept[-1].end:
            continue
        kept.append(subject)
    return _joined(scan, kept)


def _order(subject: Subject) -> tuple[int, int]:
    return subject[0], -subject[1]


def _oblique(language: str, before: str) -> bool:
    """Whether what follows is no subject, by the words before it."""
    if language == "zh":
        return before.endswith(_OBLIQUE_ZH)
    return before.rstrip().endswith(_LAST[language]) and _OBLIQUE[language].search(before) is not None


def _collectives(scan: Scan, start: int, end: int) -> list[Subject]:
    found: list[Subject] = []
    together = scan.hits("together", start, end)
    if not together:
        return found
    for hit in longest(together):
        before = scan.folded[max(start, hit.start - 40) : hit.start]
        if scan.language == "ru" and scan.folded[hit.start : hit.end] == "стороны" and russian.ONES_OWN.search(before):
            continue
        if scan.language == "ru" and scan.folded[hit.start : hit.end] in russian.EITHER and not russian.CLAUSE.search(before):
            continue
        if not _oblique(scan.language, before):
            found.append(Subject(hit.start, hit.end, hit.code, "the sides together"))
    return found


def _named(scan: Scan, start: int, end: int) -> list[Subject]:
    found: list[Subject] = []
    named = scan.named_in(start, end)
    if not named:
        return found
    inside = scan.names_in(start, end)
    for hit in named:
        first, last, layer = hit[0], hit[1], hit[2]
        if layer == "leader":
            subject = _leader(scan, hit, start)
        elif layer != "state" or (inside and any(a <= first and last <= b for a, b in inside)):
            continue
        else:
            subject = _state(scan, hit, start, end)
        if subject:
            found.append(subject)
    return found


def _leader(scan: Scan, hit: Hit, start: int) -> Subject | None:
    before = scan.folded[max(start, hit.start - 40) : hit.start]
    if _oblique(scan.language, before):
        return None
    return Subject(hit.start, hit.end, hit.code, "leader")


def _state(scan: Scan, hit: Hit, start: int, end: int) -> Subject | None:
    folded, language = scan.folded, scan.language
    before = folded[max(start, hit.start - 40) : hit.start]
    after = folded[hit.end : min(end, hit.end + 40)]
    if hit.kind == "a":
        return _adjective(scan, hit, before, after)
    if hit.code == CHINA and (_one_china(before) or (_SOLE_WORD.search(after) and _SOLE.match(after))):
        return None
    if language == "ru" and hit.kind == "d" and russian.CAPITAL.search(before) and russian.FROM_CAPITAL.match(after):
        return Subject(hit.start, hit.end, hit.code, "side named")
    if language == "ru" and hit.kind in ("o", "d") and russian.DONE.match(after) and folded[: hit.end].endswith(("ом", "ем")):
        return None if _oblique("ru", before) else Subject(hit.start, hit.end, hit.code, "agent")
    office = _office(scan, hit, before)
    if office:
        return office
    if language == "en" and (_EXPENSE.match(after) or (before.endswith("with ") and _PAYING.match(after))):
        return Subject(hit.start, hit.end, hit.code, "agent")
    if before.rstrip().endswith(_LAST.get(language, ())) and _AT_ITS_COST.search(before):
        return Subject(hit.start, hit.end, hit.code, "agent")
    if hit.kind not in ("n", "c", "s") or _POSSESSIVE.match(after):
        return None
    if language == "ru" and folded[hit.start : hit.end] in russian.SHORT and not russian.CLAUSE.search(before):
        return None
    if language == "zh":
        if before.endswith(("由", "将由")):
            return Subject(hit.start, hit.end, hit.code, "agent")
        if _oblique("zh", before) or not (before == "" or _ZH_START.search(before)) or (hit.kind == "c" and after.startswith(_PLACE_ZH)):
            return None
        return Subject(hit.start, hit.end, hit.code, "side named")
    if ("by" in before or "par" in before) and _AGENT.search(before):
        return Subject(hit.start, hit.end, hit.code, "agent")
    if _oblique(language, before) or _subordinate(language, before):
        return None
    return Subject(hit.start, hit.end, hit.code, "side named")


def _one_china(before: str) -> bool:
    return (before.endswith(_ONES_ZH) or before[:-1].endswith(_ONES)) and _ONE_CHINA.search(before) is not None


def _office(scan: Scan, hit: Hit, before: str) -> Subject | None:
    """“The President of Kazakhstan”, « le gouvernement du Tadjikistan », «правительство КНР»: the office speaks for the state."""
    language = scan.language
    if language == "ru" and before.endswith("со стороны "):
        return Subject(hit.start, hit.end, hit.code, "agent")
    link = _OF.get(language)
    if link is None:
        return None
    near = before.rstrip().endswith(_LINKS[language]) or "министерство " in before
    match = _offices(language, link).search(before) if near else None
    if not match:
        return None
    lead = before[: match.start()]
    start = hit.start - (len(before) - match.start())
    if re.search(r"\b(?:by|par)\s+(?:the |la |le |les |l')?$", lead):
        return Subject(start, hit.end, hit.code, "agent")
    if _oblique(language, lead) or _subordinate(language, lead):
        return None
    return Subject(start, hit.end, hit.code, "side named")


def _subordinate(language: str, before: str) -> bool:
    """In a relative clause. What follows “that” is what is stated: its subject counts."""
    pattern = _RELATIVE.get(language) if before else None
    return bool(pattern and pattern.search(before))


@functools.cache
def _nouns(language: str, key: str = "side_nouns") -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, reading_words("sides")[key][language]), key=len, reverse=True))
    if language == "fr":
        return re.compile(rf"\b({nouns})\s+$")
    if language == "zh":
        return re.compile(rf"^({nouns})")
    return re.compile(rf"^,?\s+(?:\w+\s+)?({nouns})\b")


_OF: Final = {
    "en": r"\s+of\s+(?:the\s+)?$",
    "fr": r"\s+(?:du|de la|de l'|de|d')\s?$",
    "ru": r"(?:(?<=министерство)(?:\s[\w-]+){1,4}?)?\s+(?:республики\s+)?$",
}


_LINKS: Final = {
    "en": ("of", "the"),
    "fr": ("du", "de la", "l'", "de", "d'"),
    "ru": ("республики", *reading_words("sides")["side_nouns"]["ru"]),
}
"""With what stands between an office and its state, or with what its name, words before a state have to end."""


@functools.cache
def _offices(language: str, link: str) -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, reading_words("sides")["side_nouns"][language]), key=len, reverse=True))
    return re.compile(rf"\b(?:{nouns}){link}")


def _people(scan: Scan, hit: Hit, before: str, after: str) -> bool:
    """“The Chinese will …”, « les Chinois … », «китайцы …»: a people as a subject."""
    word = scan.folded[hit.start : hit.end]
    if scan.language == "fr":
        return scan.text[hit.start].isupper() and bool(_FR_PEOPLE.search(before)) and not _oblique("fr", before)
    if scan.language == "en":
        return before.endswith("the ") and bool(_EN_VERB.match(after)) and not _oblique("en", before)
    return word.endswith(("йцы", "анцы")) and not _oblique("ru", before)


def _adjective(scan: Scan, hit: Hit, before: str, after: str) -> Subject | None:
    """“The Kazakh side”, « la partie kazakhe », «казахстанская сторона», 哈政府."""
    language = scan.language
    word = scan.folded[hit.start : hit.end]
    if word[0] in "对访驻在赴来输":
        return None
    if language != "zh" and _people(scan, hit, before, after):
        return Subject(hit.start, hit.end, hit.code, "side named")
    if language == "ru":
        if russian.AGENT.search(word) and russian.FROM.search(before) and after.startswith(" стороны"):
            return Subject(hit.start, hit.end, hit.code, "agent")
        if russian.AGENT.search(word) and russian.AGENT_NOUN.match(after):
            return Subject(hit.start, hit.end, hit.code, "agent")
        if russian.NOMINATIVE.search(word) and (_nouns("ru").match(after) or after.startswith(",")) and not _oblique("ru", before):
            noun = _nouns("ru").match(after)
            return Subject(hit.start, hit.end + (noun.end() if noun else 0), hit.code, "side named")
        return None
    if language == "fr":
        noun = _nouns("fr").search(before)
        if not noun:
            return None
        lead = before[: noun.start()]
        if re.search(r"\bpar (?:la |le |les |l')?$", lead):
            return Subject(hit.start - (len(before) - noun.start()), hit.end, hit.code, "agent")
        if noun.group(1) == "cote" and not lead.endswith("le "):
            return Subject(hit.start - (len(before) - noun.start()), hit.end, hit.code, "side named")
        if _oblique("fr", lead) or _subordinate("fr", lead):
            return None
        return Subject(hit.start - (len(before) - noun.start()), hit.end, hit.code, "side named")
    if language == "zh" and word.endswith(_ZH_OFFICE):
        start = before == "" or _ZH_START.search(before)
        return Subject(hit.start, hit.end, hit.code, "side named") if start and not _oblique("zh", before) else None
    noun = _nouns(language).match(after)
    if not noun:
        return None
    if language == "en" and re.search(r"\bby (?:the )?$", before):
        return Subject(hit.start, hit.end + noun.end(), hit.code, "agent")
    if _oblique(language, before) or (language == "zh" and not (before == "" or _ZH_START.search(before))):
        return None
    if _subordinate(language, before):
        return None
    return Subject(hit.start, hit.end + noun.end(), hit.code, "side named")


def _joined(scan: Scan, found: list[Subject]) -> list[Subject]:
    """“China and Kazakhstan” is one subject; so are several partners in a row: the five together."""
    kept: list[Subject] = []
    named: list[set[str]] = []
    pattern = _JOINED[scan.language]
    for subject in found:
        if kept and subject.rule != "the sides together" and named[-1] and subject.side not in named[-1]:
            between = scan.folded[kept[-1].end : subject.start]
            if pattern.match(between) or _COMMA.match(between):
                named[-1].add(subject.side)
                several = FIVE if CHINA not in named[-1] and len(named[-1]) >= _SEVERAL else BOTH
                kept[-1] = Subject(kept[-1].start, subject.end, several, "the sides together")
                continue
        kept.append(subject)
        named.append({subject.side} if subject.rule != "the sides together" else set())
    return kept


def pronoun(scan: Scan, start: int, end: int, last: str | None, partner: str | None) -> Subject | None:
    """The party that a pronoun at the head of a sentence stands for, given the side that spoke last."""
    window = scan.folded[start : min(end, start + 40)]
    head = window.lstrip("\"' -")
    if _IMPERSONAL.match(head):
        return None
    shift = start + len(window) - len(head)
    limit = shift + (4 if scan.language == "zh" else 34)
    for hit in scan.hits("pronoun", start, end):
        if hit.code == "own":
            if not subjects(scan, start, end) and (side := _referent(hit, scan.folded[hit.start : hit.end], last, partner)):
                return Subject(hit.start, hit.end, side, "pronoun")
            continue
        if hit.kind != scan.language or hit.start > limit or _IMPERSONAL.match(scan.folded[hit.start : hit.start + 60]):
            continue
        between = scan.folded[shift : hit.start]
        if between and not (
            re.match(r"^[^,，]{1,14}[,，]\s?$", between)
            if scan.language == "zh"
            else _BEFORE_PRONOUN.match(between) or (_TIME_BEFORE.match(between) and scan.folded[hit.start : hit.end] not in ("he", "she"))
        ):
            continue
        if between and _named(scan, shift, hit.start):  # « La Chine, elle, … »: the name speaks
            continue
        side = _referent(hit, scan.folded[hit.start : hit.end], last, partner)
        if side:
            return Subject(hit.start, hit.end, side, "pronoun")
    return _behind(scan, start, end, last, partner)


_BY: Final = {"en": "by ", "fr": "par "}
_BY_IT: Final = {
    "en": re.compile(r"\bby (?:the (?:country|republic|latter)|it)\b"),
    "fr": re.compile(r"\bpar (?:le pays|la republique|ce dernier|cette derniere|celui-ci|celle-ci)\b"),
}


def _behind(scan: Scan, start: int, end: int, last: str | None, partner: str | None) -> Subject | None:
    """The party behind a passive: “is rejected by the country”."""
    by = _BY.get(scan.language)
    if by is None or scan.folded.find(by, start, end) < 0:
        return None
    match = _BY_IT[scan.language].search(scan.folded, start, end)
    side = (last if last not in (BOTH, ALL, FIVE) else None) or partner
    return Subject(match.start(), match.end(), side, "agent") if match and side else None


def _referent(hit: Hit, word: str, last: str | None, partner: str | None) -> str | None:
    if hit.code == "home":
        return partner
    if hit.code == "several":
        return BOTH
    single = last if last not in (BOTH, ALL, FIVE) else None
    if hit.code == "other":
        return CHINA if single and single != CHINA else partner if single else None
    if single is None and len(word) > 5:  # “the country”, « le pays »: as a rule the partner
        return partner
    return single
