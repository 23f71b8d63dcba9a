"""A list of feeds as somebody sends it: bytes of any charset in, proposals out, and what is wrong with it in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relations.domain import opml
from relations.domain.failures import Failure, IngestError
from relations.domain.opml import Flaw, OpmlError, Refusal
from relations.ingest.decode import decode
from relations.ingest.guard import never_permitted
from relations.services.opml import Imported, propose

FLAWS: Final[dict[Flaw, str | Promise]] = {
    Flaw.EMPTY: _("The file is empty."),
    Flaw.TOO_LARGE: _("The file is larger than 1 MiB."),
    Flaw.NOT_XML: _("The file is not well-formed XML."),
    Flaw.NOT_OPML: _("The file is no list of feeds in OPML."),
    Flaw.ENTITIES: _("The file has a document type or entities of its own, which are not read."),
    Flaw.TOO_DEEP: _("The outlines stand one within the other more than twenty deep."),
    Flaw.TOO_MANY: _("The file has more than 5,000 outlines."),
}
REFUSALS: Final[dict[Refusal, str | Promise]] = {
    Refusal.NO_ADDRESS: _("names no address of a feed"),
    Refusal.OTHER_LIST: _("leads to a page or another list"),
    Refusal.NOT_WEB: _("not an address of the web"),
    Refusal.ACCOUNT: _("has an account in its address"),
    Refusal.TOO_LONG: _("the address is too long"),
    Refusal.CLOSED: _("never fetched: in a private network, or on a port other than those of the web"),
}


def import_opml(body: bytes, file_name: str, user: object | None = None) -> Imported:
    """Propose the feeds of a file: it is read to its end before anything is written. Raises OpmlError where it cannot be used."""
    if len(body) > opml.LARGEST:
        raise OpmlError(Flaw.TOO_LARGE)
    try:
        text = decode(body)
    except IngestError as error:
        raise OpmlError(Flaw.EMPTY if error.kind is Failure.EMPTY else Flaw.NOT_XML) from None
    outlines = [replace(each, refusal=Refusal.CLOSED) if _is_closed(each) else each for each in opml.read(text)]
    return propose(outlines, PurePath(file_name).name or file_name, user)


def _is_closed(outline: opml.Outline) -> bool:
    return outline.refusal is None and never_permitted(outline.address, settings.INGEST_ALLOW_NETS)


def flaw_in_words(error: OpmlError) -> str:
    """Why a file is refused, with what the parser says where it says where."""
    words = str(FLAWS[error.flaw])
    return f"{words} ({error.detail})" if error.detail else words


def refusal_in_words(refusal: Refusal) -> str:
    """Why an outline proposes no feed."""
    return str(REFUSALS[refusal])
