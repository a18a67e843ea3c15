"""Which addresses may be reached for a user: public ones, and those of the operator's allow-list.

Every refusal has a reason that never changes once published (`REASONS`).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from ipaddress import (
    AddressValueError,
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

Address = IPv4Address | IPv6Address
SocketAddress = tuple[socket.AddressFamily, tuple[Any, ...]]

REASONS = {
    "url_invalid": "The address is not a URL that can be read in one way only.",
    "scheme_forbidden": "The address begins with http:// or https://.",
    "userinfo_forbidden": "The address may hold no user name and no password.",
    "host_ambiguous": "The host is a number that is not written as an IP address.",
    "host_unresolved": "The host's name is not known.",
    "address_unspecified": "The host lies at an address of “this network”.",
    "address_loopback": "The host lies on the machine itself.",
    "address_link_local": "The host lies at a link-local address.",
    "address_private": "The host lies at a private address.",
    "address_shared": "The host lies behind a carrier's NAT.",
    "address_multicast": "The host's address is one of many receivers.",
    "address_tunnelled": "The host lies behind a tunnel.",
    "address_reserved": "The host lies at an address that is reserved.",
}


class Forbidden(Exception):
    """Something must not be reached. Not an `OSError`: those are taken for failures of the network."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(REASONS[reason])


# IANA's special-purpose registries (RFC 6890 and those after it), first match wins.
_RANGES: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple(
    (ip_network(network), reason)
    for reason, networks in (
        ("address_unspecified", "0.0.0.0/8 ::/128"),
        ("address_loopback", "127.0.0.0/8 ::1/128"),
        ("address_link_local", "169.254.0.0/16 fe80::/10"),
        ("address_private", "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10"),
        ("address_shared", "100.64.0.0/10"),
        ("address_multicast", "224.0.0.0/4 ff00::/8"),
        ("address_tunnelled", "192.88.99.0/24 ::/96 64:ff9b:1::/48 2001::/32 2002::/16"),
        ("address_reserved", "192.0.0.0/24 192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24"),
        ("address_reserved", "240.0.0.0/4 2001::/23 2001:db8::/32 3fff::/20"),
    )
    for network in networks.split()
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def reason_against(address: Address) -> str:
    """Why nobody may be sent to `address`; empty if it is public or on the allow-list.

    IPv4 inside IPv6 (mapped, or translated by the well-known NAT64 prefix) is judged as what it stands for.
    """
    address = _meant(address)
    if any(address in network for network in settings.OUTBOUND_ALLOWED_NETWORKS):
        return ""
    for network, reason in _RANGES:
        if address in network:
            return reason
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return "address_reserved"
    return ""


def _meant(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def check_url(url: str) -> str:
    """Whether a URL may be sent to as it is written; the host is looked up later. Returns it as it is sent.

    Raises:
        Forbidden
    """
    if any(character <= " " or character in "\\\x7f" for character in url):
        raise Forbidden("url_invalid")
    try:
        written = urlsplit(url)
        if written.scheme not in ("http", "https"):
            raise Forbidden("scheme_forbidden")
        if "@" in written.netloc:
            raise Forbidden("userinfo_forbidden")
        prepared = str(requests.Request("POST", url).prepare().url)
        host, port = (parse_url(prepared).host or "").strip("[]").lower(), written.port
    except (requests.RequestException, LocationParseError, ValueError) as error:
        raise Forbidden("url_invalid") from error
    # Whatever two readers could read in two ways is not sent.
    if not host or "%" in written.netloc or port == 0 or host != urlsplit(prepared).hostname:
        raise Forbidden("url_invalid")
    _check_host(host)
    return prepared


def _check_host(host: str) -> None:
    if ":" in host:
        return
    # What a resolver takes for a number: 2130706433, 0x7f.1, 0177.0.0.1, 127.1 (WHATWG, "ends in a number").
    if _NUMBER.fullmatch(host.removesuffix(".").rpartition(".")[2]):
        try:
            IPv4Address(host)
        except AddressValueError as error:
            raise Forbidden("host_ambiguous") from error


def resolve(host: str, port: int) -> Sequence[SocketAddress]:
    """Where a host lies, looked up once, if every one of its addresses may be reached.

    Raises:
        Forbidden
    """
    try:
        found = socket.getaddrinfo(host.removesuffix("."), port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise Forbidden("host_unresolved") from error
    addresses: list[SocketAddress] = [(family, address) for family, _, _, _, address in found]
    for _, address in addresses:
        if reason := reason_against(ip_address(address[0])):
            raise Forbidden(reason)
    return addresses


def check_destination(url: str) -> None:
    """Whether a URL may be sent to, as its host's addresses are now.

    Raises:
        Forbidden
    """
    parts = parse_url(check_url(url))
    resolve(str(parts.host).strip("[]"), parts.port or (443 if parts.scheme == "https" else 80))
