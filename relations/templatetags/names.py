"""Who is meant, in words: relationships, sides, kinds, languages. The words of single codes stand in `models.choices`."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from relations.models import choices
from relations.reference.parties import ALL, BOTH, CHINA, DYADS, FIVE, PARTNERS, partner_of

KINDS: Final = {
    "status": _("Status"),
    "document": _("Document"),
    "visit": _("Visit"),
    "session": pgettext_lazy("of a mechanism", "Session"),
    "landmark": _("Landmark"),
    "friction": _("Friction"),
}
"""What a mark of the timeline stands for."""

PLURALS: Final = {
    "status": _("Statuses"),
    "document": _("Documents"),
    "visit": _("Visits"),
    "session": pgettext_lazy("of a mechanism", "Sessions"),
    "landmark": _("Landmarks"),
    "friction": _("Frictions"),
}

LANGUAGE_NAMES: Final = {
    "en": _("English"),
    "fr": _("French"),
    "zh": _("Chinese"),
    "ru": _("Russian"),
    "kk": _("Kazakh"),
    "ky": _("Kyrgyz"),
    "tg": _("Tajik"),
    "tk": _("Turkmen"),
    "uz": _("Uzbek"),
    "ja": _("Japanese"),
    "de": _("German"),
    "ar": _("Arabic"),
    "tl": _("Tagalog"),
    "uk": _("Ukrainian"),
    "it": _("Italian"),
    "hi": _("Hindi"),
    "es": _("Spanish"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "sr": _("Serbian"),
    "hu": _("Hungarian"),
    "fa": _("Persian"),
    "cs": _("Czech"),
    "mn": _("Mongolian"),
    "ur": _("Urdu"),
    "da": _("Danish"),
    "ko": _("Korean"),
    "tr": _("Turkish"),
}

_MEANINGS: Final = {
    "official": _("a government, its press service, the text itself"),
    "multiple": _("two or more independent reports"),
    "single": _("one outlet or office"),
    "memory": _("told from memory, to be confirmed"),
}

_CODES: Final = {
    "verification": choices.Verification,
    "topic": choices.Topic,
    "level": choices.Level,
    "declaration_kind": choices.DeclarationKind,
    "declaration_level": choices.DeclarationLevel,
    "mechanism_kind": choices.MechanismKind,
    "mechanism_status": choices.MechanismStatus,
    "session_format": choices.SessionFormat,
    "visit_kind": choices.VisitKind,
    "event_kind": choices.EventKind,
    "qualifier": choices.Qualifier,
    "index_kind": choices.IndexKind,
}


def code_name(group: str, code: str | None) -> str:
    """The word of a code of `models.choices`, by group (`topic`, `event_kind` …); an unknown code is shown as it is."""
    if not code:
        return ""
    member = _CODES[group]._value2member_map_.get(code)
    return str(member.label) if member is not None else str(code)  # type: ignore[attr-defined]


def dyad_title(code: str | None) -> str:
    """`CN-KZ` → `China–Kazakhstan`; an unknown code is shown as it is, none is empty."""
    if not code:
        return ""
    return str(choices.DyadCode(code).label) if code in DYADS else str(code)


def dyad_short(code: str | None) -> str:
    """The partner alone, for lists that are about China anyway: `Kazakhstan`; `Six-party format`."""
    if not code:
        return ""
    partner = partner_of(code)
    if partner == FIVE:
        return gettext("Six-party format")
    return state_name(partner)


def state_name(code: str) -> str:
    """A country's name; the five together for C5."""
    if code == FIVE:
        return gettext("The five together")
    return str(choices.State(code).label) if code in choices.State.values else code


def country_name(code: str | None) -> str:
    """The country of an outlet: the six by the words of the house, the others by those of Unicode's tables; INT is international."""
    if not code:
        return ""
    if code == "INT":
        return gettext("International")
    return state_name(code) if code in choices.State.values else _territories(get_language() or "en").get(code, code)


@functools.cache
def _territories(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").territories)
    except (ValueError, UnknownLocaleError):
        return {}


def side_title(side: str | None, parties: Sequence[str] = ()) -> str:
    """Who states something: `China`, `Kazakhstan`, `Both sides`, `All six`, `The five together`."""
    if not side:
        return ""
    if side == BOTH:
        return gettext("Both sides")
    if side == ALL:
        six = not parties or set(parties) == {CHINA, *PARTNERS}
        return gettext("All six") if six else gettext("All parties")
    return state_name(side)


def side_alone(side: str | None, parties: Sequence[str] = ()) -> str:
    """The heading of a group of provisions: `China alone`, `Kazakhstan alone`; together as in `side_title`."""
    if not side or side in (BOTH, ALL, FIVE):
        return side_title(side, parties)
    return gettext("%(side)s alone") % {"side": state_name(side)}


def kind_name(kind: str) -> str:
    """The word of a mark's kind."""
    return str(KINDS.get(kind, kind))


def language_name(code: str | None) -> str:
    """The language of a source in the language of the page; empty where it is not known."""
    if not code:
        return ""
    return str(LANGUAGE_NAMES.get(code.split("-")[0], code))


def language_spoken(code: str) -> str:
    """The same within a sentence, where English alone writes it with a capital."""
    name = language_name(code)
    return name if (get_language() or "en").startswith("en") else name[:1].lower() + name[1:]


def verification_meaning(code: str) -> str:
    """What a level of verification means, in a few words."""
    return str(_MEANINGS.get(code, ""))


_LABELS: Final = {"both": gettext_lazy("both sides"), "all": gettext_lazy("all parties"), "C5": gettext_lazy("the five together")}


def side_spoken(side: str) -> str:
    """The accessible name of a side's mark beside a number: `both sides`, `China alone`."""
    return str(_LABELS.get(side, side_alone(side)))
