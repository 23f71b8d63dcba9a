"""Accounts that the program makes by itself."""

import secrets

from django.contrib.auth.models import Group, User
from django.db import transaction

FIRST_EDITOR = "editor"


@transaction.atomic
def create_first_editor() -> str | None:
    """Make the account `editor` in the group Editor, with access to the admin, in a database without any account.

    Gives the generated password, which is kept nowhere, or None where there is an account already.
    Raises Group.DoesNotExist where the migrations that make the groups have not run.
    """
    if User.objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(FIRST_EDITOR, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name="Editor"))
    return password
