"""Which items the editors' rules keep and which they block. Pure.

A rule matches an item that fulfils all the conditions it gives: one of its words, one of its entities, one of its
languages. Words are compared as the lexicon's `meta.matching` says; a `*` at the end of a word stands for any ending.

An item is blocked by a blocking rule that matches it, whatever else does; and where a scope (all feeds, or the item's
feed) has keeping rules, by matching none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from relations.domain.spelling import exact, is_chinese, tidy

KEEP: Final = "keep"
BLOCK: Final = "block"

# A Chinese character is no part of a word: `访问Kazakhstan` holds the word.
_BEFORE: Final = r"(?<![^\W\u2e80-\u9fff])"
_AFTER: Final = r"(?![^\W\u2e80-\u9fff])"


@dataclass(frozen=True, slots=True)
class RuleItem:
    """What of an item rules look at. `entities` are the codes of what it names: relationships, states, initiatives …"""

    text: str
    language: str
    feed: int | None
    entities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as editors write it; `feed` is None for all feeds."""

    pk: int
    action: str
    feed: int | None = None
    phrases: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an item is hidden, and by which rule: of keeping rules, by the first of those that do not match."""

    hidden: bool = False
    rule: int | None = None


@dataclass(frozen=True, slots=True)
class _Made:
    rule: Rule
    words: re.Pattern[str] | None
    spelled: re.Pattern[str] | None

    def matches(self, item: RuleItem, tidied: str) -> bool:
        rule = self.rule
        if rule.languages and item.language not in rule.languages:
            return False
        if rule.entities and item.entities.isdisjoint(rule.entities):
            return False
        if self.words is None and self.spelled is None:
            return bool(rule.languages or rule.entities)
        return any(pattern is not None and pattern.search(tidied) for pattern in (self.words, self.spelled))


class Rules:
    """Rules made ready for many items."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        made = [_made(rule) for rule in rules]
        self._blocking = [each for each in made if each.rule.action == BLOCK]
        self._keeping = [each for each in made if each.rule.action == KEEP]
        self.wants_entities = any(each.rule.entities for each in made)

    def __bool__(self) -> bool:
        return bool(self._blocking or self._keeping)

    def judge(self, item: RuleItem) -> Verdict:
        """What the rules say of an item."""
        tidied = tidy(item.text)
        for each in _of(self._blocking, item):
            if each.matches(item, tidied):
                return Verdict(True, each.rule.pk)
        for scope in (None, item.feed):
            keeping = [each for each in self._keeping if each.rule.feed == scope]
            if keeping and not any(each.matches(item, tidied) for each in keeping):
                return Verdict(True, keeping[0].rule.pk)
            if item.feed is None:
                break
        return Verdict()


def _of(rules: Sequence[_Made], item: RuleItem) -> Iterable[_Made]:
    return (each for each in rules if each.rule.feed in (None, item.feed))


def _made(rule: Rule) -> _Made:
    phrases = [phrase for phrase in (tidy(phrase).strip() for phrase in rule.phrases) if phrase.strip("* ")]
    spelled = [phrase for phrase in phrases if exact(phrase)]
    return _Made(rule, _pattern([phrase for phrase in phrases if not exact(phrase)], re.IGNORECASE), _pattern(spelled, re.NOFLAG))


def _pattern(phrases: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str] | None:
    return re.compile("|".join(map(_phrase, phrases)), flags) if phrases else None


def _phrase(phrase: str) -> str:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()]
    pattern = r"\s+".join(words)
    return pattern if is_chinese(phrase) else f"{_BEFORE}{pattern}{_AFTER}"
