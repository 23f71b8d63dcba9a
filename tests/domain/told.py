"""Short news texts in four languages, as items of `domain.stories`, and what belongs together among them."""

from __future__ import annotations

import datetime as dt
import functools
import json
from pathlib import Path
from typing import Final

from relations.domain import facts, stories
from relations.domain.naming import dyads_of

NOON: Final = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
_PEOPLE: Final = Path(__file__).parents[2] / "relations" / "dataset" / "people.json"


@functools.cache
def gazetteer() -> facts.Gazetteer:
    """The names of the lexicon and of the people of the records."""
    people = json.loads(_PEOPLE.read_text("utf-8"))["people"]
    return facts.Gazetteer(
        {
            each["slug"]: [*filter(None, each["name"].values()), *(name for names in each["aliases"].values() for name in names)]
            for each in people
        }
    )


def told(outlet: int, language: str, title: str, summary: str = "", *, hours: float = 0, story: int | None = None, edited: bool = False):
    """An item of an outlet, so many hours after noon."""
    text = f"{title}\n{summary}"
    dyads = frozenset(dyads_of(text))
    named = stories.facts_with_figures(gazetteer().facts(text), facts.numbers(text)) if dyads else frozenset()
    sketch = stories.sketches([(title, summary)])[0]
    return stories.Telling(outlet, language, NOON + dt.timedelta(hours=hours), title, sketch, dyads, named, story, edited)


SIGNING: Final = {
    "en": (
        "Xi, Tokayev sign joint statement in Astana",
        "ASTANA -- Chinese President Xi Jinping and Kazakh President Kassym-Jomart Tokayev on Wednesday signed a joint statement on"
        " deepening the permanent comprehensive strategic partnership and witnessed the exchange of 35 cooperation documents.",
    ),
    "en again": (
        "Leaders of China and Kazakhstan adopt statement",
        "Chinese President Xi Jinping and Kazakh President Kassym-Jomart Tokayev on Wednesday signed a joint statement on deepening"
        " the permanent comprehensive strategic partnership and witnessed the exchange of 35 cooperation documents. The post Leaders"
        " of China and Kazakhstan adopt statement first appeared on Steppe Daily.",
    ),
    "ru": (
        "Си Цзиньпин и Токаев подписали совместное заявление",
        "По итогам переговоров в Астане Касым-Жомарт Токаев и председатель КНР Си Цзиньпин подписали совместное заявление."
        " Казахстан и Китай обменялись 35 документами.",
    ),
    "zh": (
        "习近平同托卡耶夫签署联合声明",
        "国家主席习近平同哈萨克斯坦总统托卡耶夫在阿斯塔纳签署中国和哈萨克斯坦联合声明，并共同见证交换35份合作文件。",
    ),
    "fr": (
        "Xi Jinping et Tokaïev signent une déclaration conjointe",
        "Le président chinois Xi Jinping et son homologue kazakh Kassym-Jomart Tokaïev ont signé mercredi à Astana une déclaration"
        " conjointe ; la Chine et le Kazakhstan ont échangé 35 documents.",
    ),
}
"""One event as five outlets tell it."""


def signing(which: str, outlet: int, hours: float = 0) -> stories.Telling:
    """One item of the event."""
    return told(outlet, which[:2], *SIGNING[which], hours=hours)
