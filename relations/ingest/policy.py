"""How this installation fetches, from its settings."""

from __future__ import annotations

from django.conf import settings

from relations.ingest.fetch import Policy


def policy() -> Policy:
    """The User-Agent, with the contact that INGEST_CONTACT names, and the networks of INGEST_ALLOW_NETS."""
    contact = f"; +{settings.INGEST_CONTACT}" if settings.INGEST_CONTACT else ""
    return Policy(f"Tianshan/0.1 (feed reader{contact})", tuple(settings.INGEST_ALLOW_NETS))
