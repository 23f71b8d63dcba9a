"""How a worker and the process that reads its documents speak: a length, then a pickle of plain values.

The process handles what strangers write, so it is not trusted: of what it sends nothing is built but text, numbers, moments and
the containers of them, whatever else it may name.
"""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import replace
from operator import attrgetter
from typing import IO, Any, Final, NamedTuple

from relations.domain.feed_entry import Entry
from relations.domain.gist import Gist
from relations.domain.stories import Sketch
from relations.ingest.document import Document

OUT_OF_MEMORY: Final = 77
"""The exit code of the process where a document takes more memory than it may."""

LARGEST_ANSWER: Final = 256 * 1024 * 1024
"""Bytes. Five hundred entries, each with its article whole in letters of three bytes, are what a document can come to."""

_HEAD: Final = struct.Struct("!Q?")
_BUILT: Final = {("datetime", name) for name in ("datetime", "timedelta", "timezone")}
_ABOUT: Final = attrgetter(*(name for name in Document.__dataclass_fields__ if name not in {"entries", "gists"}))


class Asked(NamedTuple):
    """Bytes to be read: those of a feed, or those of a page with an article."""

    body: bytes
    content_type: str
    url: str = ""
    article: bool = False
    with_gists: bool = False
    """Of the entries of a feed,"""
    language: str = ""
    """and in which language it is, as far as that is known."""


class Failed(NamedTuple):
    """What was foreseen: the name of the exception, its kind and what it says; without a name, what nobody foresaw."""

    name: str
    kind: str
    detail: str


def request(asked: Asked) -> bytes:
    """A request as it is sent."""
    return pickle.dumps(tuple(asked), pickle.HIGHEST_PROTOCOL)


def asked(message: bytes) -> Asked:
    """What a request asks for. Only the worker's own are read, by the process that it has started."""
    return Asked(*pickle.loads(message))


def answer(value: Document | Failed | str) -> bytes:
    """An answer as it is sent: a document, the text of an article, or why there is neither."""
    plain: Any = value
    if isinstance(value, Document):
        gists = [(key, gist.dyads, tuple(gist.sketch)) for key, gist in value.gists.items()]
        plain = (_ABOUT(value), list(map(tuple, value.entries)), gists)
    elif isinstance(value, Failed):
        plain = list(value)
    return pickle.dumps(plain, pickle.HIGHEST_PROTOCOL)


def answered(message: bytes) -> Document | Failed | str:
    """What an answer says. Raises pickle.UnpicklingError, TypeError and ValueError where it is none."""
    plain = _Plain(io.BytesIO(message)).load()
    if isinstance(plain, str):
        return plain
    if isinstance(plain, list):
        return Failed(*plain)
    about, entries, gists = plain
    by_key = {key: Gist(dyads, Sketch._make(sketch)) for key, dyads, sketch in gists}
    return replace(Document(*about), entries=tuple(map(Entry._make, entries)), gists=by_key)


def send(stream: IO[bytes], message: bytes, *, last: bool = False) -> None:
    """Write one message; `last` says that the sender ends after it."""
    stream.write(_HEAD.pack(len(message), last))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bool] | None:
    """Read one message, and whether it is the last; None where the other side has ended.

    Raises ValueError for a message that is longer than any can be.
    """
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    length, last = _HEAD.unpack(head)
    if length > LARGEST_ANSWER:
        raise ValueError(f"a message of {length} bytes")
    message = stream.read(length)
    return (message, last) if len(message) == length else None


class _Plain(pickle.Unpickler):
    """Builds plain values and moments, nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _BUILT:
            raise pickle.UnpicklingError(f"an answer names {module}.{name}")
        return super().find_class(module, name)
