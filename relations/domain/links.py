"""Addresses of articles: which may be shown, and when two are the same."""

from __future__ import annotations

import functools
import ipaddress
import re
import unicodedata
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

LONGEST: Final = 2000
_TRACKING: Final = re.compile(
    r"utm_\w*|fbclid|gclid|dclid|yclid|ysclid|msclkid|igshid|mc_[ce]id|_openstat|_hs(enc|mi)|mkt_tok|xtor|at_(medium|campaign)\w*|ncid|cmpid|wt\.mc_id",
    re.I,
)
_ABSOLUTE: Final = ("https://", "http://")
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_PRIVATE_NAMES: Final = (".local", ".localhost", ".internal", ".lan", ".home.arpa", ".intranet", ".corp", ".home", ".onion")
_NUMERIC_END: Final = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")
_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a character: nothing can be made of it, and no database takes it."""
_CONTROL: Final = re.compile(r"[\x00-\x20\x7f\\]")
# What nearly every address looks like, read at once: nothing in it is special to anybody. The rest goes the long way.
_USUAL: Final = re.compile(
    r"(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(/[^\x00-\x20\x7f\\?#]*)?(?:\?([^\x00-\x20\x7f\\#]*))?(?:#([^\x00-\x20\x7f\\]*))?"
)


def article_link(link: str | None, base: str = "") -> str:
    """The address of an article as it may be shown and followed, without tracking parameters; empty where there is none.

    Only http and https, to a named or a public host; a relative address is read from `base`. `javascript:`, `data:`,
    names of this machine and addresses with an account in them are dropped.
    """
    text = (link or "").strip()
    if not text or (not text.isascii() and _HALF.search(text)):
        return ""
    if usual := _USUAL.fullmatch(text):
        scheme, host, path, query, fragment = usual.groups()
        if not _is_public_name(host):
            return ""
        query = _without_tracking(query) if query else ""
        url = f"{scheme}://{host}{path or ''}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment or ''}"
        return url if len(url) <= LONGEST else ""
    try:
        parts = urlsplit(urljoin(base, text) if base and not text.startswith(_ABSOLUTE) else text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc or not _is_public_name(host):
        return ""
    url = urlunsplit(parts._replace(query=_without_tracking(parts.query)))
    url = _CONTROL.sub(lambda match: f"%{ord(match.group()):02X}", url)
    return url if len(url) <= LONGEST else ""


def canonical(url: str) -> str:
    """The form by which two addresses are compared: no fragment, no default port, no `www.`, no tracking, http as https."""
    if not url:
        return ""
    if usual := _USUAL.fullmatch(url):
        _scheme, host, path, query, _fragment = usual.groups()
        query = _without_tracking(query) if query else ""
        return f"https://{host.removeprefix('www.')}{path or '/'}{'?' if query else ''}{query}"
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    return urlunsplit(SplitResult("https", host + port, parts.path or "/", _without_tracking(parts.query), ""))


def host_of(url: str) -> str:
    """The host of an address without `www.`, empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _without_tracking(query: str) -> str:
    if "=" not in query:
        return query
    # The rest keeps its own spelling: some servers compare it letter by letter.
    return "&".join([part for part in query.split("&") if not _TRACKING.fullmatch(part.partition("=")[0])])


@functools.lru_cache(maxsize=4096)
def _is_public_name(host: str) -> bool:
    """A name of the public web, or a public address in its usual form: browsers read `127.1`, `0x7f.1` and `１２７.0.0.1` as addresses."""
    host = unicodedata.normalize("NFKC", host).rstrip(".").lower()
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith(_PRIVATE_NAMES) and not _NUMERIC_END.search(host)
