"""Which addresses belong to this machine or to a private network.

A server on the internet must not lead Chinwag there by a redirect or by an address that it names:
services behind a firewall trust whoever asks from inside.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

Resolve = Callable[[str], Awaitable[Iterable[str]]]  # a host's name: its IP addresses

_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


async def resolve_host(host: str) -> list[str]:
    """Return the IP addresses of a host, none for a name that nobody knows."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(address[0]) for *_, address in found]


async def leads_inside(origin: str, target: str, resolve: Resolve = resolve_host) -> bool:
    """Tell whether following `target`, an address named by the server at `origin`, leads inside.

    It does where the target is on this machine or in a private network, and the origin is not.
    """
    if not await _is_inside(target, resolve):
        return False
    return not await _is_inside(origin, resolve)


def is_private(address: str) -> bool:
    """Tell whether an IP address is of this machine, of a private network or of no network."""
    try:
        ip = ip_address(address.partition("%")[0])  # without an IPv6 zone
    except ValueError:
        return False
    return not _unwrap(ip).is_global


def _unwrap(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip


async def _is_inside(address: str, resolve: Resolve) -> bool:
    try:
        host = httpx2.URL(address).host
    except httpx2.InvalidURL:
        return False
    return any(map(is_private, [host, *await resolve(host)]))
