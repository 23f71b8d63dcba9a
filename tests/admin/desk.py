"""An editor at the desk: opens a form, types into it, sends what a browser would send."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.forms import CheckboxInput, ModelMultipleChoiceField, MultipleChoiceField
from django.test import Client
from django.urls import reverse


def account(name: str, *groups: str) -> User:
    """Somebody in the groups, with access to the admin."""
    user = User.objects.create_user(name, password="a password for tests", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(model: str, what: str, *args: Any) -> str:
    """`url("declaration", "add")`, `url("visit", "change", 3)`."""
    return reverse(f"admin:relations_{model}_{what}", args=args)


def typed(response: Any) -> dict[str, Any]:
    """Everything that the page's form would send untouched."""
    data: dict[str, Any] = {}
    context = response.context
    formsets = [inline.formset for inline in context.get("inline_admin_formsets", ())]
    forms = [
        context["adminform"].form,
        *(form for formset in formsets for form in formset.forms),
        *(formset.management_form for formset in formsets),
    ]
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(bound.field.widget, CheckboxInput):
                if value:
                    data[bound.html_name] = "on"
            elif isinstance(bound.field, (MultipleChoiceField, ModelMultipleChoiceField)):
                data[bound.html_name] = [getattr(item, "pk", item) for item in value or ()]
            else:
                data[bound.html_name] = "" if value is None else value
    return data


def errors(response: Any) -> dict[str, list[str]]:
    """What the page refuses: field → messages; `provisions-2-side` for rows, `__all__` above the form."""
    assert response.status_code == 200, response.headers.get("Location")
    said = {name: list(map(str, messages)) for name, messages in response.context["adminform"].form.errors.items()}
    for inline in response.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            said |= {form.add_prefix(name): list(map(str, messages)) for name, messages in form.errors.items()}
        if inline.formset.non_form_errors():
            said[inline.formset.prefix] = list(map(str, inline.formset.non_form_errors()))
    return said


def messages(response: Any) -> list[str]:
    """What the page says above everything after a save that was followed."""
    return [str(message) for message in response.context["messages"]]


def add_row(data: dict[str, Any], prefix: str, **values: Any) -> int:
    """Type one more row; its number."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = number + 1
    data |= {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return number
