"""Which addresses a fetch may connect to. Checked on the resolved address at connect time, at every hop.

A feed's address is anybody's text: it must not reach this machine, its network or the metadata service of a cloud. Only
globally routable unicast addresses on ports 80 and 443 are open; `INGEST_ALLOW_NETS` opens networks on any port.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from relations.domain.links import article_link

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS: Final = (80, 443)

# What Python's `is_global` lets pass, or does in some versions. One line a kind: this network and shared addresses; protocol
# assignments, relays and sinks of the DNS; documentation; benchmarks and the future; then the same of IPv6, its tunnels and
# identifiers (2001::/23), segment routing, and the translators of a site's own (64:ff9b:1::/48).
_CLOSED: Final = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("0.0.0.0/8", "100.64.0.0/10"),
        *("192.0.0.0/24", "192.88.99.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24"),
        *("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),
        *("198.18.0.0/15", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "3fff::/20", "2620:4f:8000::/48", "5f00::/16", "64:ff9b:1::/48", "100::/64"),
    )
)
_GLOBAL_V6: Final = ipaddress.IPv6Network("2000::/3")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP: Final = (0x0000_5EFE, 0x0200_5EFE)
_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
_LAST_32: Final = 0xFFFF_FFFF


def permitted(address: Address, port: int, allowed: Iterable[Network] = ()) -> bool:
    """May a fetch connect to this address and port? `allowed` networks are open on any port."""
    if any(address.version == network.version and address in network for network in allowed):
        return True
    return port in PORTS and is_public(address)


def never_permitted(url: str, allowed: Collection[Network] = ()) -> bool:
    """Whether an address of the web is told to be closed by its host and port alone, before any name is resolved."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        address = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        # A name may lead to a network that is open.
        return not allowed and (port not in PORTS or not article_link(url))
    return not permitted(address, port, allowed)


def is_public(address: Address) -> bool:
    """A globally routable unicast address, with no other kind of address inside it."""
    inner = list(_embedded(address))
    # A translator or tunnel would carry the packets to the address inside.
    if not all(is_public(part) for part in inner) or _is_tunnel(address):
        return False
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address in _NAT64):
        return True  # nothing but its inner address
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback:
        return False
    if any(address.version == network.version and address in network for network in _CLOSED):
        return False
    return isinstance(address, ipaddress.IPv4Address) or (address in _GLOBAL_V6 and address.scope_id is None)


def _embedded(address: Address) -> Iterator[Address]:
    """The IPv4 addresses inside an IPv6 address: mapped, compatible, 6to4, Teredo, NAT64, ISATAP."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    elif address.sixtofour:
        yield address.sixtofour
    elif address.teredo:
        yield from address.teredo
    elif address in _COMPATIBLE or address in _NAT64 or (int(address) >> 32) & _LAST_32 in _ISATAP:
        yield ipaddress.IPv4Address(int(address) & _LAST_32)


def _is_tunnel(address: Address) -> bool:
    """Tunnels that nobody runs any more but that a router may still know."""
    return isinstance(address, ipaddress.IPv6Address) and bool(address.sixtofour or address.teredo or address in _COMPATIBLE)
