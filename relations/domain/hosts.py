"""Which addresses belong to one host, as far as politeness goes: those below one name that somebody registered.

`news.example.co.uk` and `www.example.co.uk` are one host, `a.github.io` and `b.github.io` are two. The list of public suffixes
comes with the package and is renewed with it: no network is asked.
"""

from __future__ import annotations

import functools
import ipaddress
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


def registrable(url: str) -> str:
    """The registrable host of an address; the host itself where it is a number or below no public suffix; empty for none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
    return _registrable(host) if host else ""


@functools.lru_cache(maxsize=4096)
def _registrable(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        name = host
    return _suffixes().privatesuffix(name) or name


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=True)
