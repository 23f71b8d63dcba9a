"""Accounts: administrators give them a group; the group decides what they may do and whether they enter the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

DESK_GROUPS = ("Editor", "Administrator")
"""Groups whose members enter the admin."""

admin.site.unregister([User, Group])


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts without the means to raise oneself above the administrators: superusers are made on the command line only."""

    list_display = ("username", "email", "first_name", "last_name", "groups_in_words", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (
            _("Rights"),
            {
                "fields": ("is_active", "groups"),
                "description": _("Editors and administrators enter the admin; viewers read the dashboard."),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2", "groups")}),)
    readonly_fields = ("last_login", "date_joined")

    def get_queryset(self, request: HttpRequest) -> Any:
        users = super().get_queryset(request).prefetch_related("groups")
        return users if request.user.is_superuser else users.filter(is_superuser=False)

    @admin.display(description=_("groups"))
    def groups_in_words(self, obj: User) -> str:
        return ", ".join(group.name for group in obj.groups.all())

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        user: User = form.instance
        staff = user.is_superuser or user.groups.filter(name__in=DESK_GROUPS).exists()
        if user.is_staff != staff:
            user.is_staff = staff
            user.save(update_fields=["is_staff"])


admin.site.register(Group, DjangoGroupAdmin)
