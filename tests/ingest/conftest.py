"""A server of feeds, and the network that has to be open to reach it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from relations.ingest.fetch import Policy
from tests.ingest.feed_server import FeedServer, start

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """A server of feeds on 127.0.0.1."""
    server, stop = start()
    yield server
    stop()


@pytest.fixture(autouse=True)
def open_loopback(settings: Settings) -> None:
    """The servers of the tests may be fetched from."""
    settings.INGEST_ALLOW_NETS = [LOOPBACK]
    settings.INGEST_CONTACT = "mailto:desk@example.org"
    settings.INGEST_HOST_GAP = 0.0  # one server plays all hosts


@pytest.fixture
def policy() -> Policy:
    """How a test fetches."""
    return Policy("Tianshan/test", (LOOPBACK,))
