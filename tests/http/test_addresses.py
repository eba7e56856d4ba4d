"""Which addresses lead to this machine or into a private network, however they are written."""

from __future__ import annotations

import asyncio

import pytest

from chinwag.http.addresses import is_private, leads_inside, resolve_host

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
    ("origin", "target", "leads"),
    [
        ("https://mastodon.example", "https://other.example/x", False),
        ("https://mastodon.example", "http://127.0.0.1:8080/admin", True),
        ("https://mastodon.example", "http://[::1]/admin", True),
        ("https://mastodon.example", "http://169.254.169.254/latest/meta-data/", True),
        ("https://mastodon.example", "https://intranet.example/", True),
        ("https://mastodon.example", "https://rebound.example/", True),
        ("https://mastodon.example", "https://unknown.example/", False),
        ("https://intranet.example", "http://127.0.0.1:8080/", False),
        ("http://127.0.0.1:3000", "http://127.0.0.1:4000/", False),
        ("https://mastodon.example", "http://[not-an-address", False),
    ],
)
def test_only_a_server_outside_leads_inside(origin: str, target: str, leads: bool) -> None:
    assert asyncio.run(leads_inside(origin, target, resolve)) is leads


def test_this_machines_names_are_resolved_and_unknown_ones_are_none() -> None:
    assert "127.0.0.1" in asyncio.run(resolve_host("localhost"))
    assert asyncio.run(resolve_host("nowhere.invalid")) == []
    assert asyncio.run(resolve_host("a" * 300)) == []
