"""Who says what, as a sentence: `{% who_says page.says %}` → “Together the two sides state 17 provisions. Kazakhstan alone
adds three, all on Taiwan; China alone adds two, on the development path and sovereignty.”

Every msgid is a whole clause, so that a language may order it in its own way; a clause ends without its full stop. Numbers
up to twelve are words. Translators find a comment with each msgid that leaves a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

from relations.domain.provisions import Part, Says
from relations.reference.parties import FIVE
from relations.templatetags import joins, names

register = template.Library()

# Translators: how many provisions, as the object of “states” or “adds”. Each stands for “… provisions”, so give it the
# gender and case of that word.
NUMBERS: Final = {
    1: pgettext_lazy("so many provisions", "one"),
    2: pgettext_lazy("so many provisions", "two"),
    3: pgettext_lazy("so many provisions", "three"),
    4: pgettext_lazy("so many provisions", "four"),
    5: pgettext_lazy("so many provisions", "five"),
    6: pgettext_lazy("so many provisions", "six"),
    7: pgettext_lazy("so many provisions", "seven"),
    8: pgettext_lazy("so many provisions", "eight"),
    9: pgettext_lazy("so many provisions", "nine"),
    10: pgettext_lazy("so many provisions", "ten"),
    11: pgettext_lazy("so many provisions", "eleven"),
    12: pgettext_lazy("so many provisions", "twelve"),
}

# Translators: all parties of a document, as the subject of “state”; it may begin the sentence and then gets its capital.
_PARTIES: Final = {
    2: pgettext_lazy("who states, as a subject", "the two sides"),
    3: pgettext_lazy("who states, as a subject", "the three parties"),
    4: pgettext_lazy("who states, as a subject", "the four parties"),
    5: pgettext_lazy("who states, as a subject", "the five parties"),
    6: pgettext_lazy("who states, as a subject", "the six parties"),
}

# Translators: what a side speaks about. It follows “on”: give it the article and the case that your word for “on” needs.
TOPICS: Final = {
    "relations": pgettext_lazy("follows “on”", "relations"),
    "taiwan": pgettext_lazy("follows “on”", "Taiwan"),
    "sovereignty": pgettext_lazy("follows “on”", "sovereignty"),
    "development_path": pgettext_lazy("follows “on”", "the development path"),
    "summitry": pgettext_lazy("follows “on”", "summit diplomacy"),
    "mechanisms": pgettext_lazy("follows “on”", "mechanisms"),
    "belt_and_road": pgettext_lazy("follows “on”", "the Belt and Road"),
    "trade": pgettext_lazy("follows “on”", "trade"),
    "investment": pgettext_lazy("follows “on”", "investment"),
    "energy": pgettext_lazy("follows “on”", "energy"),
    "transport": pgettext_lazy("follows “on”", "transport"),
    "agriculture": pgettext_lazy("follows “on”", "agriculture"),
    "water": pgettext_lazy("follows “on”", "water"),
    "environment": pgettext_lazy("follows “on”", "the environment"),
    "security": pgettext_lazy("follows “on”", "security"),
    "counter_terrorism": pgettext_lazy("follows “on”", "counter-terrorism"),
    "defence": pgettext_lazy("follows “on”", "defence"),
    "borders": pgettext_lazy("follows “on”", "borders"),
    "culture": pgettext_lazy("follows “on”", "culture"),
    "education": pgettext_lazy("follows “on”", "education"),
    "health": pgettext_lazy("follows “on”", "health"),
    "science_tech": pgettext_lazy("follows “on”", "science and technology"),
    "digital": pgettext_lazy("follows “on”", "digital matters"),
    "space": pgettext_lazy("follows “on”", "outer space"),
    "tourism": pgettext_lazy("follows “on”", "tourism"),
    "media": pgettext_lazy("follows “on”", "the media"),
    "local_cooperation": pgettext_lazy("follows “on”", "local cooperation"),
    "multilateral": pgettext_lazy("follows “on”", "multilateral bodies"),
    "global_governance": pgettext_lazy("follows “on”", "global governance"),
    "afghanistan": pgettext_lazy("follows “on”", "Afghanistan"),
    "human_rights": pgettext_lazy("follows “on”", "human rights"),
    "other": pgettext_lazy("follows “on”", "other topics"),
}


def number_word(count: int) -> str:
    """`three`; `17` beyond twelve."""
    return str(NUMBERS.get(count, count))


@register.simple_tag
def who_says(says: Says) -> str:
    """The sentence of a document; empty where it has no provisions."""
    sentences = [_together(says)] if says.together else []
    if says.alone:
        sentences.append(joins.clauses(_alone(part, adds=bool(says.together), first=index == 0) for index, part in enumerate(says.alone)))
    return joins.sentences(f"{capfirst(sentence)}{joins.stop()}" for sentence in sentences)


def _together(says: Says) -> str:
    everybody = str(_PARTIES.get(says.parties) or gettext("all parties"))
    values = {"who": everybody, "count": number_word(says.together)}
    if says.alone:
        return ngettext("together %(who)s state %(count)s provision", "together %(who)s state %(count)s provisions", says.together) % values
    if says.together == 1:
        return gettext("%(who)s state one provision together") % values
    return (
        ngettext("%(who)s state all %(count)s provisions together", "%(who)s state all %(count)s provisions together", says.together)
        % values
    )


def _alone(part: Part, *, adds: bool, first: bool) -> str:
    values = {"side": names.state_name(part.side), "count": number_word(part.count)}
    if part.side == FIVE:
        claim = _five(part.count, adds=adds, first=first) % values
    else:
        claim = _one(part.count, adds=adds, first=first) % values
    if not part.topics:
        return claim
    about = {"claim": claim, "topics": topic_phrase(part.topics, more=part.more)}
    if len(part.topics) > 1 or part.count == 1:
        # Translators: %(claim)s is “China alone adds two”, %(topics)s “the development path and sovereignty”.
        return gettext("%(claim)s, on %(topics)s") % about
    if part.count == 2:
        return gettext("%(claim)s, both on %(topics)s") % about
    return gettext("%(claim)s, all on %(topics)s") % about


def _one(count: int, *, adds: bool, first: bool) -> str:
    if adds:
        return ngettext("%(side)s alone adds %(count)s", "%(side)s alone adds %(count)s", count)
    if first:
        return ngettext("%(side)s alone states %(count)s provision", "%(side)s alone states %(count)s provisions", count)
    return ngettext("%(side)s alone states %(count)s", "%(side)s alone states %(count)s", count)


def _five(count: int, *, adds: bool, first: bool) -> str:
    if adds:
        return ngettext(
            "the five Central Asian states together add %(count)s", "the five Central Asian states together add %(count)s", count
        )
    if first:
        return ngettext(
            "the five Central Asian states together state %(count)s provision",
            "the five Central Asian states together state %(count)s provisions",
            count,
        )
    return ngettext(
        "the five Central Asian states together state %(count)s", "the five Central Asian states together state %(count)s", count
    )


def topic_phrase(topics: Sequence[str], *, more: bool = False) -> str:
    """`Taiwan`, `the development path and sovereignty`, `trade, energy and other topics`."""
    words = [str(TOPICS.get(topic, names.code_name("topic", topic))) for topic in topics]
    if more:
        words.append(str(TOPICS["other"]))
    if len(words) < 2:
        return "".join(words)
    # Translators: several topics, as in “trade, energy and transport”.
    several = pgettext("the last of several topics", "%(topics)s and %(last)s")
    return several % {"topics": joins.listed(words[:-1]), "last": words[-1]}
