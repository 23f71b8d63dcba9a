"""The figures of the labelled articles, as floors: reading is deterministic, so they only fall when a rule gets worse."""

from __future__ import annotations

import functools

import pytest

from tests.quality.reading import drafted, labelled, scored
from tests.quality.scores import Score, matched

DEVELOPMENT = {
    "language": 0.97, "relevant": 0.97, "kind": 0.97, "date": 0.92, "occasion": 0.92, "parties": 0.98, "mechanisms": 0.92,
    "initiatives": 0.95, "references": 0.95, "provisions_recall": 0.92, "provisions_precision": 0.88, "side": 0.92, "topics": 0.80,
}  # fmt: skip
TUNING = DEVELOPMENT | {"topics": 0.80}
LATER = DEVELOPMENT | {"kind": 0.95, "topics": 0.80}
LATEST = LATER | {"mechanisms": 0.90, "provisions_recall": 0.89, "topics": 0.88}
STRANGERS = LATER | {"date": 0.92, "topics": 0.83}
NEWEST = LATER | {"provisions_recall": 0.88, "topics": 0.80}


@functools.cache
def figures(part: str) -> dict[str, float]:
    return scored(part).figures()


@pytest.mark.parametrize("figure", DEVELOPMENT)
def test_the_development_set_is_read_as_well_as_promised(figure: str) -> None:
    assert figures("development")[figure] >= DEVELOPMENT[figure]


@pytest.mark.parametrize("figure", TUNING)
def test_the_articles_of_other_authors_are_read_as_well(figure: str) -> None:
    assert figures("tuning")[figure] >= TUNING[figure]


@pytest.mark.parametrize("part", ["held", "fresh"])
@pytest.mark.parametrize("figure", LATER)
def test_articles_written_after_the_rules_stay_read(part: str, figure: str) -> None:
    assert figures(part)[figure] >= LATER[figure]


@pytest.mark.parametrize("part", ["fresh-2", "fresh-3", "fresh-4"])
@pytest.mark.parametrize("figure", LATEST)
def test_the_latest_articles_stay_read(part: str, figure: str) -> None:
    assert figures(part)[figure] >= LATEST[figure]


@pytest.mark.parametrize("figure", NEWEST)
def test_the_newest_articles_stay_read(figure: str) -> None:
    assert figures("fresh-5")[figure] >= NEWEST[figure]


@pytest.mark.parametrize("figure", STRANGERS)
def test_the_articles_of_strangers_stay_read(figure: str) -> None:
    assert figures("fresh-6")[figure] >= STRANGERS[figure]


def test_the_same_article_is_always_read_the_same() -> None:
    for _name, text, gold in list(labelled("development"))[:4]:
        assert drafted(text, gold["published"]) == drafted(text, gold["published"])


def test_every_piece_of_evidence_lies_in_the_article() -> None:
    for name, text, gold in labelled("development"):
        draft = drafted(text, gold["published"])
        for provision in draft["provisions"]:
            assert text[provision["start"] : provision["end"]] == provision["text"], name
            for one in provision["evidence"]:
                assert 0 <= one["start"] < one["end"] <= len(text), name


def gold(cue: str, side: str = "both") -> dict[str, object]:
    return {"cue": cue, "side": side, "topics": ["trade"]}


def draft(start: int, end: int, side: str = "both") -> dict[str, object]:
    return {"start": start, "end": end, "side": side, "topics": ["trade", "energy"], "text": "…", "rule": "r"}


TEXT = "Both sides will trade more. China will build a road. It rained."


def test_a_provision_counts_when_it_covers_the_labelled_words() -> None:
    assert len(matched([gold("will trade")], [draft(0, 27)], TEXT)) == 1
    assert matched([gold("will trade")], [draft(28, 52)], TEXT) == []


def test_a_drafted_provision_is_used_once() -> None:
    assert len(matched([gold("will trade"), gold("trade more")], [draft(0, 27)], TEXT)) == 1


def test_the_score_of_half_a_draft_is_what_one_counts_by_hand() -> None:
    score = Score()
    wanted = {"language": "en", "relevant": True, "parties": ["CN", "KZ"], "provisions": [gold("will trade"), gold("build a road", "CN")]}
    got = {"language": "en", "relevant": True, "parties": ["CN"], "provisions": [draft(0, 27, "CN"), draft(53, 63)]}
    score.add("a", TEXT, wanted, got)
    figures = score.figures()
    assert figures["language"] == 1.0
    assert figures["parties"] == pytest.approx(2 / 3)  # one found, one missed
    assert (figures["provisions_recall"], figures["provisions_precision"], figures["side"]) == (0.5, 0.5, 0.0)
    assert figures["topics"] == pytest.approx(2 / 3)  # trade found, energy extra
