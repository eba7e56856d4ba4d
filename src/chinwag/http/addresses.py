"""Where names of hosts lead, and which of those addresses Chinwag may connect to.

A server on the internet must not lead Chinwag into a private network by a redirect, by an address
that it names, or by a name that is answered otherwise from one look to the next (DNS rebinding):
services behind a firewall trust whoever asks from inside. So a name is resolved once, what it leads
to is judged, and the connection goes to an address that was judged.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

from chinwag.errors import NetworkError

Resolve = Callable[[str], Awaitable[Iterable[str]]]  # a host's name: its IP addresses

_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


async def resolve_host(host: str) -> list[str]:
    """Return the IP addresses of a host, none for a name that nobody knows."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(address[0]) for *_, address in found]


def is_private(address: str) -> bool:
    """Return whether an IP address is of this machine, of a private network or of no network."""
    try:
        ip = ip_address(address.partition("%")[0])  # without an IPv6 zone
    except ValueError:
        return False
    return not _unwrap(ip).is_global


class Names:
    """Where hosts' names lead. A host that was seen on the internet has to stay there.

    `is_inside` tells whether an IP address is inside a private network.
    """

    def __init__(
        self, resolve: Resolve = resolve_host, is_inside: Callable[[str], bool] = is_private
    ) -> None:
        self._resolve = resolve
        self._is_inside = is_inside
        self._outside: set[str] = set()

    async def find_ways(self, host: str, origin: str) -> Sequence[str]:
        """Return the IP addresses to connect to for a host that `origin`, a host, has named.

        Those outside, where there are any; none for a name that nobody knows. Raises NetworkError
        where a host leads inside, and its origin or the host itself does not belong there. A server
        that a person named is its own origin.
        """
        ways = list(dict.fromkeys(await self._look_up(host)))
        outside = [way for way in ways if not self._is_inside(way)]
        if outside:
            self._outside.add(host)
            return outside
        if ways and host in self._outside:
            raise NetworkError(
                "{host} was on the internet, and leads into a private network now.",
                code="server-moved-inside",
                host=host,
            )
        if ways and host != origin and not await self._belongs_inside(origin):
            raise NetworkError(
                "{host} redirects to {target}, which is in a private network.",
                code="redirect-into-private-network",
                is_final=True,
                host=origin,
                target=host,
            )
        return ways

    async def stays_outside(self, host: str) -> bool:
        """Return whether a host is outside every private network, and hold it to that from now on.

        A host whose name nobody knows counts as outside: whatever it leads to later has to be.
        """
        if any(map(self._is_inside, await self._look_up(host))):
            return False
        self._outside.add(host)
        return True

    async def _belongs_inside(self, host: str) -> bool:
        if host in self._outside:
            return False
        ways = list(await self._look_up(host))
        return bool(ways) and all(map(self._is_inside, ways))

    async def _look_up(self, host: str) -> Iterable[str]:
        return [host] if _is_number(host) else await self._resolve(host)


NAMES = Names()  # what this process has seen of the names of hosts


def find_name(address: str) -> str:
    """Return an address's host as a resolver takes it, "" where there is none; https is assumed."""
    try:
        parsed = httpx2.URL(address if "://" in address else f"https://{address}")
    except httpx2.InvalidURL:
        return ""
    return parsed.raw_host.decode("ascii")


def _is_number(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _unwrap(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
