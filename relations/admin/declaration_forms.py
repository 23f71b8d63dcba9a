"""Forms of a declaration and of what stands in it: signatories, provisions, references."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.manager import SIMPLE_HISTORY_REVERSE_ATTR_NAME

from relations.models import Declaration
from relations.models.choices import Side, State
from relations.reference.languages import LANGUAGES
from relations.reference.parties import sides_open_to
from relations.services import editing

from .forms import NumberedRows, RecordForm, RowForm

MOST_TOPICS = 3


class DeclarationForm(RecordForm):
    """Parties follow the relationship and the slug follows the title where they are left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parties" in self.fields:
            self.fields["parties"].required = False
            self.fields["parties"].help_text = gettext_lazy("Left empty, the parties are those of the relationship.")
            if not self.is_bound and self.initial.get("dyad") and not self.initial.get("parties"):
                self.initial["parties"] = _known_parties(str(self.initial["dyad"]))
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = gettext_lazy(
                "The address of the page. Left empty: relationship, date and the first words of the title."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        dyad = cleaned.get("dyad")
        if "parties" in self.fields and "parties" not in self.errors and not cleaned.get("parties"):
            if dyad is None:
                self.add_error("parties", _("Choose the parties."))
            else:
                cleaned["parties"] = list(editing.parties_of(dyad.pk))
        if "slug" in self.fields and "slug" not in self.errors and not cleaned.get("slug") and dyad is not None and cleaned.get("date"):
            cleaned["slug"] = self.instance.slug or editing.proposed_slug(dyad.pk, cleaned["date"], cleaned.get("title_en") or "")
        if hasattr(self.instance, SIMPLE_HISTORY_REVERSE_ATTR_NAME):
            self._provisions_keep_their_sides(cleaned)
        else:
            self._some_party_stays(cleaned)
        return cleaned

    def _provisions_keep_their_sides(self, cleaned: dict[str, Any]) -> None:
        """An earlier version comes back without the provisions of its day: those of today have to fit it."""
        lost = editing.sides_lost(self.instance.pk, tuple(cleaned.get("parties") or ()))
        if lost and "parties" not in self.errors:
            words = ", ".join(str(Side(side).label) for side in lost)
            self.add_error(
                "parties", _("Provisions of today are stated by a side that these parties leave out: %(sides)s.") % {"sides": words}
            )

    def _some_party_stays(self, cleaned: dict[str, Any]) -> None:
        before, after = self.instance.parties, cleaned.get("parties")
        if self.instance.pk and before and after and not set(before) & set(after):
            self.add_error("parties", _("At least one of the former parties has to stay while the document has provisions."))


def _known_parties(dyad: str) -> tuple[str, ...]:
    parties = editing.parties_of(dyad)
    return parties if set(parties) <= set(State.values) else ()


class PersonRowForm(RowForm):
    """Somebody who signs or chairs: a known person gives the side, the name and the office of that day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("side", "name", "office"):
            self.fields[name].required = False

    def has_changed(self) -> bool:
        """A new row in which only the side is chosen is an empty row: sides are filled in beforehand."""
        changed = set(self.changed_data)
        return bool(changed - {"side"}) if self.instance.pk is None else bool(changed)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        person = cleaned.get("person")
        if person is not None:
            cleaned["side"] = cleaned.get("side") or person.side
            cleaned["name"] = cleaned.get("name") or person.name_en or ""
            cleaned["office"] = cleaned.get("office") or editing.office_at(person, self.day())
        for name, words in (
            ("side", _("Choose the side.")),
            ("name", _("Choose a person or write a name.")),
            ("office", _("Write the office held on that day: the record of the person does not tell it.")),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        return cleaned

    def day(self) -> str:
        """The date of the record in which the row stands; empty where it is not known yet."""
        raise NotImplementedError


class SignatoryForm(PersonRowForm):
    def day(self) -> str:
        return str(self.instance.declaration.date or "")


class ProvisionForm(RowForm):
    """One provision. Its side is one of the document's parties, or what they are together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "topics" in self.fields:
            self.fields["topics"].widget.attrs.update(
                {"data-most": str(MOST_TOPICS), "data-most-message": _("A provision has three topics at most.")}
            )

    def narrow_sides(self, parties: tuple[str, ...]) -> None:
        """Offer the sides of these parties, and the one that the provision has; with typed text all, to be told what is wrong."""
        if self.is_bound or not parties or "side" not in self.fields:
            return
        sides = (*sides_open_to(parties), self.instance.side)
        side: Any = self.fields["side"]
        side.choices = [("", "---------"), *((code, word) for code, word in Side.choices if code in sides)]

    def clean_topics(self) -> list[str]:
        topics: list[str] = self.cleaned_data["topics"]
        if len(topics) > MOST_TOPICS:
            raise ValidationError(_("A provision has three topics at most; this one has %(count)s.") % {"count": len(topics)})
        return topics

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        declaration = self.instance.declaration if self.instance.declaration_id is None else None
        # A document that is stored already is asked by the model itself.
        if declaration is not None and declaration.parties and cleaned.get("side"):
            side = cleaned["side"]
            if side not in sides_open_to(declaration.parties):
                self.add_error("side", _("%(side)s is not among the parties of this declaration.") % {"side": Side(side).label})
        return cleaned


class ProvisionRows(NumberedRows):
    first = 1

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.narrow_sides(self.parties())
        return form

    @property
    def empty_form(self) -> Any:
        form: Any = super().empty_form
        form.narrow_sides(self.parties())
        return form

    def parties(self) -> tuple[str, ...]:
        """The parties of the document, or those that the address of the page proposes."""
        return tuple(self.instance.parties or self.proposed_parties)

    proposed_parties: tuple[str, ...] = ()


class ReferenceForm(RowForm):
    def clean_target(self) -> Declaration | None:
        target: Declaration | None = self.cleaned_data["target"]
        if target is not None and target.pk == self.instance.declaration_id:
            raise ValidationError(_("A document cannot refer to itself."))
        return target


class TextForm(RowForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = ", ".join(code[:2] for code in LANGUAGES)
        self.fields["language"].help_text = _("Two letters: %(codes)s …") % {"codes": codes}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("source") and not cleaned.get("text"):
            raise forms.ValidationError(_("Give the text, or the source where it can be read."))
        return cleaned
