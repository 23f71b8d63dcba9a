"""Columns of our own: partial dates and ordered lists of codes, and the checks that the database holds on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from relations.reference.dates import MONTH_DAY, PARTIAL_DATE


def validate_possible_day(value: str) -> None:
    """Refuse days that no calendar has, such as 30 February. Raises ValidationError."""
    parts = [int(part) for part in value.split("-")] if value.replace("-", "").isdigit() else []
    try:
        dt.date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError) as error:
        raise ValidationError(_("There is no such day: %(value)s"), params={"value": value}) from error


class PartialDateField(models.CharField):
    """A date with the precision that is known, as ISO text: `2022-09-14`, `2022-09` or `2022`.

    Text of this form sorts in the order of time, so ranges and indexes work as for dates (`querysets.between`).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        kwargs.setdefault("help_text", _("2022-09-14, 2022-09 or 2022: write only what is known."))
        super().__init__(*args, **kwargs)
        self.validators = [
            *self.validators,
            RegexValidator(PARTIAL_DATE, _("Write 2022-09-14, 2022-09 or 2022.")),
            validate_possible_day,
        ]


class MonthDayField(models.CharField):
    """A day of the year without a year, `09-14`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 5
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, RegexValidator(MONTH_DAY, _("Write month and day as 09-14."))]


class CodesField(models.CharField):
    """An ordered list of codes, a tuple in Python and `" CN KZ "` in the database.

    The space on either side makes `has(code)` an exact match of one code. The list of codes is fixed, short and
    belongs to the row alone, so a join table would only cost queries.
    """

    # What a row takes and gives, for the type checker.
    _pyi_private_set_type: Iterable[str]  # type: ignore[assignment]
    _pyi_private_get_type: tuple[str, ...]  # type: ignore[assignment]

    def __init__(self, *args: Any, codes: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        self.codes = list(codes)
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs  # the codes are data of the form, not of the schema

    def from_db_value(self, value: str | None, *_: Any) -> tuple[str, ...]:
        return tuple((value or "").split())

    def to_python(self, value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            return tuple(value.split())
        return tuple(value or ())

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str):  # a needle of `has`, already in the form of the column
            return value
        return f" {' '.join(value)} " if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not value and not self.blank:
            raise ValidationError(_("Choose at least one."))
        unknown = [code for code in value if code not in dict(self.codes)] if self.codes else []
        if unknown:
            raise ValidationError(_("Unknown codes: %(codes)s"), params={"codes": ", ".join(unknown)})
        if len(set(value)) != len(value):
            raise ValidationError(_("The same code stands twice."))

    def run_validators(self, value: Any) -> None:
        """The length of the text is the database's business; the list is checked in `validate`."""

    def formfield(self, **kwargs: Any) -> Any:
        return forms.TypedMultipleChoiceField(
            choices=self.codes,
            coerce=str,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            widget=kwargs.get("widget") or forms.CheckboxSelectMultiple,
        )


def has(field: str, code: str) -> Q:
    """The condition that a CodesField holds a code, for `filter(has("topics", "water"))`."""
    return Q(**{f"{field}__contains": f" {code} "})


def has_any(field: str, codes: Iterable[str]) -> Q:
    """The condition that a CodesField holds at least one of these codes; no code matches nothing."""
    condition = Q(pk__in=())
    for code in codes:
        condition |= has(field, code)
    return condition


def partial_date_check(field: str, name: str, *, null: bool = False) -> models.CheckConstraint:
    """A column of dates holds dates of the known forms only (and NULL where `null`)."""
    condition = Q(**{f"{field}__regex": PARTIAL_DATE})
    return models.CheckConstraint(condition=condition | Q(**{f"{field}__isnull": True}) if null else condition, name=name)


def in_choices(field: str, choices: type[models.TextChoices], name: str, *, empty: bool = False) -> models.CheckConstraint:
    """A column of codes holds codes of its list only (and the empty text where `empty`)."""
    values = [*choices.values, ""] if empty else list(choices.values)
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)
