"""Editors for the tests of the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.desk import account, at_desk


@pytest.fixture
def ana(db: None) -> User:
    return account("ana", "Editor")


@pytest.fixture
def desk(ana: User) -> Client:
    """The browser of Ana, an editor."""
    return at_desk(ana)
