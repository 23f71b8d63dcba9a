"""What the machine read, in words."""

from __future__ import annotations

import re

import pytest

from relations.models.choices import LinkKind, LinkState
from relations.templatetags.reading import KINDS, RULES, link_kind, link_state, rule_words
from tests.fixtures.processes import ROOT


def test_every_kind_and_state_has_words() -> None:
    assert set(KINDS) == set(LinkKind)
    assert link_kind("mechanism") == "Mechanisms"
    assert {link_state(state) for state in LinkState} == {"Read by the machine", "Confirmed by an editor", "Rejected by an editor"}


@pytest.mark.parametrize("module", ["named.py", "people.py"])
def test_every_rule_by_which_a_name_is_read_has_words(module: str) -> None:
    text = (ROOT / "relations" / "domain" / "extraction" / module).read_text("utf-8")
    rules = set(re.findall(r'"([a-z ]+ by name|named together)"', text))
    assert rules and rules <= set(RULES)


def test_a_rule_of_another_reader_keeps_its_name() -> None:
    assert rule_words("party by name").startswith("A name, an adjective")
    assert rule_words("their own rule") == "their own rule"
