"""What all forms of the editors' desk share: constraints in words, a version that guards against overwriting, numbered rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, Model
from django.forms.models import BaseInlineFormSet
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from relations.models.fields import CodesField

from . import versions
from .widgets import KnownSelect, KnownSelectMultiple
from .words import WORDS

REASON_LENGTH = 100
"""Characters that the reason of an entry in a history holds."""

AWAY = 10_000
"""Rows that change places are first moved this far, so that no two ever hold the same number."""


class WordedForm(forms.ModelForm):
    """A form that says a broken constraint in words beside its field, and keeps the order of codes."""

    def _post_clean(self) -> None:
        self.instance.validate_constraints = self._say_constraints
        try:
            super()._post_clean()  # type: ignore[misc]
        finally:
            del self.instance.validate_constraints

    def _say_constraints(self, exclude: Iterable[str] | None = None) -> None:
        """The constraints that an editor can break. Raises ValidationError with the words of `words.WORDS`."""
        errors: dict[str, list[Any]] = {}
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if isinstance(constraint, CheckConstraint) and constraint.name not in WORDS:
                    continue  # the field itself holds it
                try:
                    constraint.validate(model, self.instance, exclude=exclude)
                except ValidationError as error:
                    if constraint.name not in WORDS:
                        error.update_error_dict(errors)
                        continue
                    field, words = WORDS[constraint.name]
                    errors.setdefault(field if field in self.fields else NON_FIELD_ERRORS, []).append(words)
        if errors:
            raise ValidationError(errors)

    def _clean_fields(self) -> None:
        before = {name: tuple(getattr(self.instance, name) or ()) for name in self._code_fields()}
        super()._clean_fields()  # type: ignore[misc]
        for name, codes in before.items():
            chosen = self.cleaned_data.get(name)
            if chosen and set(chosen) == set(codes):
                self.cleaned_data[name] = list(codes)  # the same choice: the page's order of options is no change

    def save(self, commit: bool = True) -> Any:
        """Lists of other records have no column that a history could keep: what changed in them stands in the entry's reason."""
        if reason := "; ".join(self._changed_lists()):
            self.instance._change_reason = Truncator(reason).chars(REASON_LENGTH)
        return super().save(commit=commit)

    def _changed_lists(self) -> list[str]:
        """“Initiatives: A, B → A, C” for each list of records that the form changes."""
        told = []
        for column in self.instance._meta.many_to_many:
            if column.name in self.changed_data and column.name in self.cleaned_data:
                before = [str(row) for row in getattr(self.instance, column.name).all()] if self.instance.pk else []
                after = [str(row) for row in self.cleaned_data[column.name]]
                told.append(f"{capfirst(str(column.verbose_name))}: {', '.join(before) or '–'} → {', '.join(after) or '–'}")
        return told

    def _code_fields(self) -> list[str]:
        return [field.name for field in self.instance._meta.fields if isinstance(field, CodesField) and field.name in self.fields]


class VersionField(forms.CharField):
    """What the record was when the page was opened. It is no part of the record, so it never counts as a change."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RecordForm(WordedForm):
    """The form of a record with a history: refused where somebody saved the record after the page was opened.

    The refusal says who changed what and when; everything typed stays, and saving once more replaces the other's text.
    """

    tables: tuple[versions.Table, ...] = ()
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None and not self.is_bound:
            self.initial["version"] = versions.current(self.tables, self.instance.pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk is not None and self.tables:
            self._refuse_to_overwrite()
        return cleaned

    def _refuse_to_overwrite(self) -> None:
        opened = self.data.get("version", "")
        versions.lock(type(self.instance), self.instance.pk)
        now = versions.current(self.tables, self.instance.pk)
        if opened == now:
            return
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, which cannot be changed itself
        self.data["version"] = now  # type: ignore[index]
        self.add_error(None, versions.explain(self.tables, self.instance, opened))


class RowForm(WordedForm):
    """One row of a list within a record. `label_from` rows fetched with it cost no query of their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, (KnownSelect, KnownSelectMultiple)):
                widget.known = {str(row.pk): str(row) for row in _fetched(self.instance, name)}


def _fetched(instance: Model, name: str) -> list[Any]:
    """The related rows that came along with the instance, without asking the database."""
    one = instance._state.fields_cache.get(name)
    if one is not None:
        return [one]
    return list(getattr(instance, "_prefetched_objects_cache", {}).get(name, ()))


class NumberedRows(BaseInlineFormSet):
    """Rows with a `position`: left empty it becomes the next number, in the order of the page.

    A row that somebody else deleted meanwhile is said on that row, with its text kept.
    """

    first = 0
    model: Any
    _should_delete_form: Any

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "position" in form.fields:
            form.fields["position"].required = False
            form.fields["position"].initial = None

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        setattr(form.instance, self.fk.name, self.instance)
        return form

    def get_queryset(self) -> Any:
        """The rows of the page, one for each form: a row that is gone keeps its place, so that its text is shown again."""
        if self.is_bound and "forms" in self.__dict__:
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def clean(self) -> None:
        self._say_deleted_rows()
        super().clean()
        rows = [form for form in self.forms if self._counts(form)]
        given = [form.cleaned_data["position"] for form in rows if form.cleaned_data.get("position") is not None]
        following = max(given, default=self.first - 1) + 1
        for form in rows:
            if form.cleaned_data.get("position") is None:
                form.cleaned_data["position"] = form.instance.position = following
                following += 1

    def _counts(self, form: Any) -> bool:
        """Whether the row will be stored: filled in, without errors, and not to be deleted."""
        return hasattr(form, "cleaned_data") and "position" in form.fields and not self._should_delete_form(form) and (
            form.instance.pk is not None or form.has_changed()
        )  # fmt: skip

    def _say_deleted_rows(self) -> None:
        forms_of_stored_rows: list[Any] = self.initial_forms
        for form in forms_of_stored_rows:
            if form.instance.pk is None and not self._should_delete_form(form):
                form._errors.pop(form.instance._meta.pk.name, None)
                form.add_error(
                    None,
                    _("Somebody deleted this row after you opened the page. Copy what you need into a new row, then tick Delete here."),
                )

    def save(self, commit: bool = True) -> Any:
        if commit:
            self._make_way()
        return super().save(commit=commit)

    def _make_way(self) -> None:
        """Move the rows that get another number, or go, out of the way of the others."""
        moving = [form.instance.pk for form in self.initial_forms if "position" in form.changed_data or self._should_delete_form(form)]
        if moving:
            self.model._default_manager.filter(pk__in=moving).update(position=F("position") + AWAY)


class LanguagesForm(RecordForm):
    """A form whose field `languages` takes two-letter codes: there is no fixed list of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["languages"] = " ".join(self.initial.get("languages") or ())

    def clean_languages(self) -> list[str]:
        codes = self.cleaned_data["languages"].replace(",", " ").lower().split()
        wrong = [code for code in codes if not (code.isalpha() and code.isascii() and len(code) == 2)]
        if wrong:
            raise ValidationError(_("Not a code of two letters: %(codes)s") % {"codes": ", ".join(wrong)})
        return list(dict.fromkeys(codes))
