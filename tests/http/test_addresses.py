"""Which addresses lead to this machine or into a private network, however they are written."""

from __future__ import annotations

import asyncio

import pytest

from chinwag.errors import NetworkError
from chinwag.http.addresses import Names, find_name, is_private, resolve_host

NAMES = {
    "mastodon.example": ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
    "other.example": ["93.184.215.15"],
    "rebound.example": ["93.184.215.16", "10.0.0.7"],
    "intranet.example": ["192.168.1.20"],
}


async def resolve(host: str) -> list[str]:
    return NAMES.get(host, [])


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1",
        "169.254.169.254", "100.64.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_inside(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e", "a.example", ""]
)
def test_addresses_outside(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize(
    ("origin", "target", "ways"),
    [
        ("mastodon.example", "other.example", ["93.184.215.15"]),
        ("mastodon.example", "127.0.0.1", None),
        ("mastodon.example", "::1", None),
        ("mastodon.example", "169.254.169.254", None),
        ("mastodon.example", "intranet.example", None),
        ("mastodon.example", "rebound.example", ["93.184.215.16"]),
        ("mastodon.example", "unknown.example", []),
        ("rebound.example", "intranet.example", None),
        ("unknown.example", "intranet.example", None),
        ("intranet.example", "127.0.0.1", ["127.0.0.1"]),
        ("intranet.example", "intranet.example", ["192.168.1.20"]),
        ("127.0.0.1", "127.0.0.1", ["127.0.0.1"]),
    ],
)
def test_only_a_server_inside_leads_inside(
    origin: str, target: str, ways: list[str] | None
) -> None:
    names = Names(resolve)
    if ways is not None:
        assert asyncio.run(names.find_ways(target, origin)) == ways
        return
    with pytest.raises(
        NetworkError, match=f"{origin} redirects to {target}, which is in a private"
    ):
        asyncio.run(names.find_ways(target, origin))


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("mastodon.example", "mastodon.example"),
        ("HTTPS://Mastodon.Example:8443/tags?x", "mastodon.example"),
        ("https://bücher.example", "xn--bcher-kva.example"),
        ("http://[::1]:3000", "::1"),
        ("http://ana@127.0.0.1/", "127.0.0.1"),
        ("", ""),
    ],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert find_name(address) == host


def test_this_machines_names_are_resolved_and_unknown_ones_are_none() -> None:
    assert "127.0.0.1" in asyncio.run(resolve_host("localhost"))
    assert asyncio.run(resolve_host("nowhere.invalid")) == []
    assert asyncio.run(resolve_host("a" * 300)) == []
