"""The usual ways of saying things, by language: who states what, which names, when, why and between whom.

Each line of `phrasings/` is one way; its sentences were made up for this purpose.
"""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path

import pytest

from relations.domain.extraction import Article, LexiconReader, as_json
from tests.quality.scores import Record

FOLDER = Path(__file__).with_name("phrasings")
DAY = dt.date(2024, 7, 4)
FRAME = {
    "en": (
        "China, Kazakhstan issue joint statement",
        "ASTANA, July 3 (Newswire) -- China and Kazakhstan on Wednesday issued a joint statement after talks between the two presidents "
        "in Astana.\n\nAccording to the statement, the two sides will deepen their partnership.",
        "The two sides will also expand trade in grain.",
    ),
    "fr": (
        "La Chine et le Kazakhstan publient une déclaration commune",
        "ASTANA, 3 juillet (Agence) -- La Chine et le Kazakhstan ont publié mercredi une déclaration commune à l'issue d'entretiens entre "
        "les deux présidents à Astana.\n\nSelon le texte, les deux parties approfondiront leur partenariat.",
        "Les deux parties développeront aussi le commerce des céréales.",
    ),
    "zh": (
        "中哈发表联合声明",
        "新华社阿斯塔纳7月3日电　中国和哈萨克斯坦3日在阿斯塔纳发表联合声明。\n\n声明说，双方将深化伙伴关系。",
        "双方还将扩大粮食贸易。",
    ),
    "ru": (
        "Китай и Казахстан приняли совместное заявление",
        "АСТАНА, 3 июля. Китай и Казахстан в среду приняли в Астане совместное заявление по итогам переговоров двух президентов.\n\n"
        "Согласно документу, стороны углубят партнерство.",
        "Стороны также расширят торговлю зерном.",
    ),
}
"""Title, what stands before a sentence, and after."""


def ways(name: str) -> list[list[str]]:
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


@functools.cache
def reader() -> LexiconReader:
    return LexiconReader()


def framed(language: str, sentence: str) -> tuple[str, Record]:
    title, before, after = FRAME[language]
    article = Article(title, f"{before}\n\n{sentence}\n\n{after}", DAY)
    return article.whole, as_json(reader().read(article))


@pytest.mark.parametrize(("language", "side", "topics", "sentence"), ways("side"))
def test_a_sentence_is_a_provision_of_its_side_on_its_matter(language: str, side: str, topics: str, sentence: str) -> None:
    text, draft = framed(language, sentence)
    start = text.index(sentence)
    found = [one for one in draft["provisions"] if one["start"] < start + len(sentence) and start < one["end"]]
    if side == "-":
        assert found == []
        return
    assert found[0]["side"] == side
    assert not topics or set(topics.split()) & set(found[0]["topics"])


@pytest.mark.parametrize(("language", "topics", "sentence"), ways("topics"))
def test_a_provision_has_the_topics_that_it_is_about_and_no_others(language: str, topics: str, sentence: str) -> None:
    text, draft = framed(language, sentence)
    start = text.index(sentence)
    found = [one for one in draft["provisions"] if start <= one["start"] < start + len(sentence)]
    assert found[0]["topics"] and sorted(found[0]["topics"]) == sorted(topics.split())


@pytest.mark.parametrize(("language", "codes", "sentence"), ways("named"))
def test_mechanisms_initiatives_and_references_are_known_by_every_name(language: str, codes: str, sentence: str) -> None:
    _text, draft = framed(language, sentence)
    assert {*draft["mechanisms"], *draft["initiatives"], *draft["references"]} == set(codes.split())


@pytest.mark.parametrize(("language", "published", "kind", "date", "occasion", "parties", "title", "body"), ways("leads"))
def test_first_sentences_tell_kind_date_occasion_and_parties(
    language: str, published: str, kind: str, date: str, occasion: str, parties: str, title: str, body: str
) -> None:
    draft = as_json(reader().read(Article(title, body, dt.date.fromisoformat(published))))
    years = draft["occasion"]["years"]
    assert draft["language"] == language
    assert (draft["kind"] or "null", str(draft["date"])) == (kind, date)
    assert (draft["occasion"]["kind"] or "null") + (str(years) if years else "") == occasion
    assert draft["parties"] == parties.split()
