"""The key in the address of the calendar file, since a calendar program cannot log in.

It is signed with the secret of the site and what stands for the user's password, so it needs no column: it ends when the
account is closed or its password is changed.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare


def key_of(user: Any) -> str:
    """The key of a user who is logged in, `12.q7…`."""
    return f"{user.pk}.{_signature(user)}"


def is_valid(key: str) -> bool:
    """Whether it is the key of an open account. One query, none for a text that cannot be a key."""
    number, _dot, signature = key.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 12 and signature):
        return False
    user = get_user_model().objects.filter(pk=int(number), is_active=True).first()
    return user is not None and constant_time_compare(_signature(user), signature)


def _signature(user: Any) -> str:
    return Signer(salt=f"relations.web.calendar_key:{user.get_session_auth_hash()}").signature(str(user.pk))
