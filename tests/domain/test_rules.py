"""What rules keep and block."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relations.domain.rules import BLOCK, KEEP, Rule, RuleItem, Rules, Verdict


def item(text: str = "", language: str = "en", feed: int | None = 1, *entities: str) -> RuleItem:
    return RuleItem(text, language, feed, frozenset(entities))


def rule(pk: int = 1, action: str = BLOCK, **conditions: Any) -> Rule:
    return Rule(pk, action, **conditions)


def blocked(text: str, *phrases: str) -> bool:
    return Rules([rule(phrases=phrases)]).judge(item(text)).hidden


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Horse racing in Osh", "horse racing"),
        ("HORSE  RACING", "Horse Racing"),
        ("Скачки в Оше", "скачк*"),
        ("the president's horse", "president's"),
        ("the president’s horse", "president's"),
        ("Kazakh–Chinese talks", "kazakh-chinese"),
        ("今日赛马比赛", "赛马"),
        ("访问Kazakhstan后", "Kazakhstan"),
        ("GDI and GSI", "GDI"),
        ("rates of exchange", "rate* of exchange"),
        ("a.b", "a.b"),
        ("C++ course", "C++"),
    ],
)
def test_a_phrase_is_found(text: str, phrase: str) -> None:
    assert blocked(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Racehorses", "horse"),
        ("horses", "horse"),
        ("racing of a horse", "horse racing"),
        ("gdi is a word", "GDI"),
        ("axb", "a.b"),
        ("nothing", "*"),
        ("", "horse"),
    ],
)
def test_a_phrase_is_not_found(text: str, phrase: str) -> None:
    assert not blocked(text, phrase)


def test_one_phrase_of_several_suffices() -> None:
    assert blocked("Rail", "horse", "rail")


def test_all_conditions_that_are_given_must_hold() -> None:
    rules = Rules([rule(phrases=("rail",), languages=("ru",), entities=("CN-KZ", "CN-UZ"))])
    assert rules.judge(item("rail", "ru", 1, "CN-UZ")).hidden
    assert not rules.judge(item("rail", "en", 1, "CN-UZ")).hidden
    assert not rules.judge(item("rail", "ru", 1, "CN-TM")).hidden
    assert not rules.judge(item("road", "ru", 1, "CN-UZ")).hidden


def test_a_language_or_an_entity_alone_is_a_condition() -> None:
    assert Rules([rule(languages=("fr",))]).judge(item("x", "fr")).hidden
    assert Rules([rule(entities=("i:BRI",))]).judge(item("x", "fr", 1, "i:BRI", "CN-KZ")).hidden


def test_a_rule_without_any_condition_matches_nothing() -> None:
    assert not Rules([rule()]).judge(item("x")).hidden


def test_the_rule_of_a_feed_counts_for_its_items_alone() -> None:
    rules = Rules([rule(feed=1, phrases=("rail",))])
    assert rules.judge(item("rail", feed=1)).hidden
    assert not rules.judge(item("rail", feed=2)).hidden
    assert not rules.judge(item("rail", feed=None)).hidden


def test_where_something_is_to_be_kept_the_rest_of_the_scope_is_blocked() -> None:
    rules = Rules([rule(7, KEEP, phrases=("china",)), rule(8, KEEP, phrases=("kazakhstan",))])
    assert rules.judge(item("China")) == rules.judge(item("Kazakhstan")) == Verdict()
    assert rules.judge(item("Snow")) == Verdict(True, 7)


def test_keeping_rules_of_all_feeds_and_of_one_must_both_be_met() -> None:
    rules = Rules([rule(7, KEEP, phrases=("china",)), rule(8, KEEP, feed=1, phrases=("rail",))])
    assert rules.judge(item("China rail", feed=1)) == Verdict()
    assert rules.judge(item("China road", feed=1)) == Verdict(True, 8)
    assert rules.judge(item("rail", feed=1)) == Verdict(True, 7)
    assert rules.judge(item("China road", feed=2)) == Verdict()
    assert rules.judge(item("road", feed=None)) == Verdict(True, 7)


def test_what_is_blocked_is_blocked_though_another_rule_keeps_it() -> None:
    rules = Rules([rule(1, KEEP, phrases=("china",)), rule(2, BLOCK, phrases=("horse",))])
    assert rules.judge(item("A horse from China")) == Verdict(True, 2)


def test_without_rules_nothing_is_hidden() -> None:
    assert not Rules([])
    assert Rules([]).judge(item("x")) == Verdict()


@given(st.text(max_size=40), st.lists(st.text(max_size=12), max_size=4))
def test_any_phrase_makes_a_rule_that_can_be_asked(text: str, phrases: list[str]) -> None:
    assert Rules([rule(phrases=tuple(phrases))]).judge(item(text)).rule in (None, 1)
