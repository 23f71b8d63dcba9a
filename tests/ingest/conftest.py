"""A server of feeds, and the network that has to be open to reach it."""

from __future__ import annotations

import ipaddress
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from relations.ingest import client
from relations.ingest.fetch import Policy
from tests.fixtures.processes import program
from tests.ingest.feed_server import FeedServer, start

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """A server of feeds on 127.0.0.1."""
    server, stop = start()
    yield server
    stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 that nobody but the tests trusts, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    files = (folder / "cert.pem", folder / "key.pem")
    words = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=feeds"]
    words += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", str(files[0]), "-keyout", str(files[1])]
    subprocess.run([program(["openssl"], "openssl"), *words], check=True, capture_output=True)
    return files


@pytest.fixture
def secure_feeds(certificate: tuple[Path, Path]) -> Iterator[FeedServer]:
    """A server of feeds behind TLS on 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server, stop = start(context)
    yield server
    stop()


@pytest.fixture
def trusted(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The certificate of `secure_feeds` is trusted."""
    monkeypatch.setattr(client.certifi, "where", lambda: str(certificate[0]))
    client._made.cache_clear()
    yield
    client._made.cache_clear()


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
