"""The real servers, once for all tests that are marked `networks`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.networks.local_servers import LocalServers, are_installed


@pytest.fixture(scope="session")
def local_servers() -> Iterator[LocalServers]:
    """Give a whole AT Protocol network and a Mastodon-compatible server, both empty at first."""
    if not are_installed():
        pytest.skip(
            "The servers to test against are not here: scripts/test-networks installs them."
        )
    with LocalServers() as servers:
        yield servers
