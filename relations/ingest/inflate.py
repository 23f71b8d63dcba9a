"""The body of an answer, unpacked while it streams and never beyond a limit: a bomb is cut, not swallowed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any, Final, Protocol

import brotli  # type: ignore[import-untyped]

from relations.domain.failures import Failure, IngestError

ACCEPTED: Final = "gzip, deflate, br"

_BOMB: Final = 50
"""So many times its packed size no feed unpacks to: text shrinks to a fifth, a very even one to a twentieth."""


class _Unpacker(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """What `data` holds, at most `room` bytes of it."""


class _Plain:
    def feed(self, data: bytes, room: int) -> bytes:
        return data[:room]


class _Zlib:
    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._unpacker = zlib.decompressobj(bits)
        self._started = False
        self._further = self._over = False

    def feed(self, data: bytes, room: int) -> bytes:
        if self._over:
            return b""
        if not self._started and self._bits == zlib.MAX_WBITS and data and data[0] & 0x0F != 8:
            self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)  # "deflate" without its header, as some servers send it
        self._started = True
        unpacked = b""
        while True:
            try:
                unpacked += self._unpacker.decompress(data, room - len(unpacked))
            except zlib.error:
                if not self._further:
                    raise
                self._over = True  # what is no further piece is left behind
                return unpacked
            data = self._unpacker.unused_data if self._unpacker.eof else b""
            if not data or len(unpacked) >= room:
                return unpacked
            # Packed piece by piece, as some servers do.
            self._unpacker, self._further = zlib.decompressobj(self._bits), True


class _Brotli:
    def __init__(self) -> None:
        self._unpacker: Any = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        unpacked: bytes = self._unpacker.process(data, output_buffer_limit=room)
        return unpacked[:room]


def _unpacker(encoding: str) -> _Unpacker:
    match encoding.strip().lower():
        case "" | "identity" | "none":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Zlib(zlib.MAX_WBITS | 16)
        case "deflate":
            return _Zlib(zlib.MAX_WBITS)
        case "br":
            return _Brotli()
    raise IngestError(Failure.BAD_ENCODING, f"The server packs the feed as “{encoding[:40]}”, which was not asked for.")


def inflate(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The unpacked body, at most `limit` bytes. Raises IngestError: too large, a bomb, or not packed as the header says."""
    unpacker = _unpacker(encoding)
    body = bytearray()
    packed = 0
    for chunk in chunks:
        packed += len(chunk)
        try:
            body += unpacker.feed(chunk, limit + 1 - len(body))
        except (zlib.error, brotli.error) as error:
            raise IngestError(Failure.BAD_ENCODING, f"The body is not “{encoding[:40]}” as its header says: {error}") from None
        if len(body) > limit and len(body) > _BOMB * packed:
            raise IngestError(Failure.BOMB, f"{packed // 1024 or 1} KiB unpack to more than {limit // 1024} KiB.")
        if len(body) > limit or packed > limit:
            raise IngestError(Failure.TOO_LARGE, f"The feed has more than {limit // 1024} KiB.")
    return bytes(body)
