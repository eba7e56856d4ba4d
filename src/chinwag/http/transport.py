"""Connections to addresses that were judged: a name is resolved once, and not by whoever connects.

The request still names its host: in its Host header, in the name that a server's certificate is
held against, and in everything that the caller sees.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx2
import websockets
from websockets.asyncio.client import ClientConnection, connect

from chinwag.http.addresses import NAMES, Names, find_name

TRY_FOR = 4.0  # seconds until the next address of a host is tried, where there is another

_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_PROXIES = {  # the environment's names for one, the best first
    "http": ("http", "all"),
    "https": ("https", "all"),
    "ws": ("ws", "socks", "https", "http"),
    "wss": ("wss", "socks", "https"),
}
_UNREACHED = (httpx2.ConnectError, httpx2.ConnectTimeout)


class JudgedTransport(httpx2.AsyncBaseTransport):
    """Sends requests to the addresses that `names` lets a server, and what it names, lead to.

    A proxy that the environment names resolves names itself; they are judged all the same, as far
    as they are known here. Raises NetworkError for a host that leads inside, besides the library's
    own errors.
    """

    def __init__(self, server: str, names: Names, limits: httpx2.Limits) -> None:
        self._origin = find_name(server)
        self._names = names
        self._limits = limits
        self._trust: ssl.SSLContext = httpx2.create_ssl_context()
        # a pool for each host: two hosts at one address share no connection, as each has to show
        # a certificate of its own
        self._pools: dict[tuple[str, str | None], httpx2.AsyncHTTPTransport] = {}
        self._ways: dict[str, list[str]] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request to the first address of its host that answers."""
        address = str(request.url)
        host, proxy = find_name(address), find_proxy(address)
        ways = await self._find_ways(host)
        pool = self._open_pool(host, proxy)
        if proxy:
            return await pool.handle_async_request(request)
        if not ways:
            raise httpx2.ConnectError("no such name") from socket.gaierror(socket.EAI_NONAME)
        return await self._send(request, pool, host, ways)

    async def aclose(self) -> None:
        """Close the connections."""
        for pool in self._pools.values():
            await pool.aclose()

    async def _send(
        self, request: httpx2.Request, pool: httpx2.AsyncHTTPTransport, host: str, ways: list[str]
    ) -> httpx2.Response:
        *others, last = ways
        for way in others:
            try:
                answer = await pool.handle_async_request(_aim(request, host, way, TRY_FOR))
            except _UNREACHED:
                continue
            ways.remove(way)
            ways.insert(0, way)
            return answer
        try:
            return await pool.handle_async_request(_aim(request, host, last))
        except _UNREACHED:
            self._ways.pop(host, None)  # the name may lead elsewhere by now
            raise

    async def _find_ways(self, host: str) -> list[str]:
        if host not in self._ways:
            self._ways[host] = list(await self._names.find_ways(host, self._origin))
        return self._ways[host]

    def _open_pool(self, host: str, proxy: str | None) -> httpx2.AsyncHTTPTransport:
        if (host, proxy) not in self._pools:
            self._pools[host, proxy] = httpx2.AsyncHTTPTransport(
                verify=self._trust, limits=self._limits, proxy=proxy
            )
        return self._pools[host, proxy]


def _aim(
    request: httpx2.Request, host: str, way: str, longest: float | None = None
) -> httpx2.Request:
    """Return a request that goes to an address of its host, and is the same otherwise."""
    extensions = dict(request.extensions)
    if way != host:
        extensions["sni_hostname"] = host
    if longest is not None:
        allowed = dict(extensions.get("timeout", {}))
        allowed["connect"] = min(longest, allowed.get("connect") or longest)
        extensions["timeout"] = allowed
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=way),
        headers=request.headers,
        stream=request.stream,
        extensions=extensions,
    )


async def connect_socket(
    address: str, origin: str, *, names: Names = NAMES, **options: Any
) -> ClientConnection:
    """Return a web socket to an address that a server, `origin`, has named.

    It follows redirects to the same server only. Raises NetworkError where the address leads
    inside a private network and its server does not belong there, OSError where it cannot be
    reached, and WebSocketException.
    """
    proxy = find_proxy(address)
    ways = await names.find_ways(find_name(address), find_name(origin))
    if proxy:
        return await connect(address, proxy=proxy, **options)
    if not ways:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    *others, last = ways
    for way in others:
        with suppress(OSError):  # TimeoutError is one
            return await _connect_to(way, address, options)
    return await _connect_to(last, address, options)


async def _connect_to(way: str, address: str, options: Mapping[str, Any]) -> ClientConnection:
    try:
        return await connect(address, host=way, proxy=None, **options)
    except ValueError as elsewhere:  # a redirect to another server
        raise websockets.SecurityError(str(elsewhere)) from None


def find_proxy(address: str) -> str | None:
    """Return the proxy that the environment names for an address, None for none."""
    url = httpx2.URL(address)
    port = url.port or _PORTS.get(url.scheme, 0)
    if proxy_bypass(f"{find_name(address)}:{port}"):
        return None
    known = getproxies()
    named = (known[name] for name in _PROXIES.get(url.scheme, ()) if known.get(name))
    proxy = next(named, None)
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"
