"""What the constraints of the database say, in words, beside the field that mends it.

A constraint without an entry here is held by the field itself (lists of codes, forms of dates), or by the rule that is
named in `HELD_ELSEWHERE`; a test goes through every constraint.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

_TWO_PARTIES: Final = _("Choose at least two parties.")

WORDS: Final[dict[str, tuple[str | None, Any]]] = {
    "declaration_has_two_parties": ("parties", _TWO_PARTIES),
    "event_has_two_parties": ("parties", _TWO_PARTIES),
    "mechanism_has_two_parties": ("parties", _TWO_PARTIES),
    "provision_one_to_three_topics": ("topics", _("Choose one to three topics.")),
    "provision_span_has_length": ("end", _("Give both ends of the passage, the second after the first, or neither.")),
    "declaration_text_once_a_language": ("language", _("The document already has a text in this language.")),
    "signatory_once": ("name", _("This person already signs for this side.")),
    "chair_once": ("name", _("This person already chairs for this side.")),
    "reference_names_one_document": (None, _("Name one document: an earlier declaration, a code or another name.")),
    "reference_not_to_itself": ("target", _("A document cannot refer to itself.")),
    "status_level_once_a_dyad": ("level", _("The relationship already has this status: change that record instead.")),
    "visit_once": ("date_start", _("This visit is already recorded: same visitor, host and first day.")),
    "visit_ends_after_it_starts": ("date_end", _("The last day must come after the first; leave it empty where one day is known.")),
    "event_once": ("title_en", _("An event with this title is already recorded on this date.")),
    "anniversary_once": ("title_en", _("This anniversary is already recorded.")),
    "person_once_a_side": ("name_en", _("A person of this side with this name is already recorded.")),
    "term_ends_after_it_starts": ("end", _("The end must not come before the start.")),
    "session_once": ("date", _("This session is already recorded: same mechanism, date and number.")),
    "session_number_once": ("number", _("The mechanism already has a session with this number.")),
    "mechanism_not_its_own_parent": ("parent", _("A mechanism cannot be part of itself.")),
    "mechanism_rhythm_positive": ("periodicity_months", _("Write a number of months from 1, or leave it empty.")),
    "observation_once_a_series": ("period", _("This series already has a value for this period.")),
    "rule_has_a_condition": ("words", _("Give words, entities or languages: without any, the rule would match every item.")),
    "observation_year_possible": ("year", _("Write a year from 1900 to 2200.")),
}
"""Name of the constraint → the field beside which it is said (None: above the form), and the words."""

HELD_ELSEWHERE: Final = {
    "provision_number_once": "rows are numbered, and moved out of each other's way, by the formset",
    "provision_number_from_one": "the field begins at 1",
    "anniversary_day_form": "the field has the same pattern",
    "observation_period_form": "the field has the same pattern",
    "source_url_is_http": "the validator of the address",
    "index_weight_within_scale": "the field has the same bounds",
    "item_reading_score_range": "readings are written by the machine alone",
    "news_link_once": "links are written by the machine; an editor only decides on them",
    "candidate_once_an_item": "candidates are written by the machine; an editor only decides on them",
    "news_item_once_an_outlet": "outlet and key of an item cannot be edited",
}
