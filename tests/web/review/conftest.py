"""The desk at a moment of its own, and a candidate on it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.test import Client

from relations.models import Candidate
from tests.factories import (
    DraftedCandidateFactory,
)
from tests.web.review.browser import NOW, account


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client: Client) -> Client:
    """The browser of Ana, an editor."""
    client.force_login(account("ana", "Editor"))
    return client


@pytest.fixture
def candidate() -> Candidate:
    made: Candidate = DraftedCandidateFactory(item__outlet__name="Agency")
    return made
