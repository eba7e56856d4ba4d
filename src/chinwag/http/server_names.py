"""The addresses of servers: in one spelling, with the host and port in them."""

from __future__ import annotations

import httpx2

from chinwag.errors import InputError
from chinwag.http.bodies import clean_words

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def name_server(server: str) -> str:
    """Return a server's address without a slash at its end, with https unless it says otherwise.

    Raises InputError for anything else, and for an address with a user, a path or a query in it.
    """
    address = server.strip().rstrip("/")
    if "://" not in address:
        address = f"https://{address}"
    try:
        parsed = httpx2.URL(address)
    except httpx2.InvalidURL:
        parsed = httpx2.URL("")
    more = parsed.userinfo or parsed.query or parsed.fragment or parsed.path.strip("/")
    bare = not more and "%" not in parsed.host  # such as a space
    if parsed.scheme not in ("http", "https") or not parsed.host or not bare:
        raise InputError(
            "{server!r} is not the address of a server.",
            code="server-invalid",
            server=clean_words(server),
        )
    return str(parsed).rstrip("/")


def name_origin(address: httpx2.URL) -> tuple[str, str, int | None]:
    """Return what tells one server from another: scheme, host and port."""
    return address.scheme, address.host, address.port


def find_host(address: str) -> str:
    """Return an address's host, with its port where that is not the usual one."""
    try:
        return httpx2.URL(address).netloc.decode("ascii", "replace")
    except httpx2.InvalidURL:
        return address


def is_loopback(address: str) -> bool:
    """Return whether an address is this machine's own."""
    return httpx2.URL(address).host in _LOOPBACK
