"""What every test shares: hypothesis profiles, where real chats may lie, and real servers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.networks.local_servers import LocalServers, are_installed

_quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
# What lands is judged by the same inputs each time; new ones are for scripts/test-thorough.
settings.register_profile(
    "quick", max_examples=60, deadline=None, derandomize=True, suppress_health_check=_quiet
)
settings.register_profile(
    "thorough", max_examples=10_000, deadline=None, suppress_health_check=_quiet
)
settings.load_profile(os.environ.get("CHINWAG_TEST_PROFILE", "quick"))

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call bytes by their argument's name: packed ones hold the time, and would rename tests."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real chats, or skip with a sentence where there is none."""
    if not SHARED.is_dir():
        pytest.skip(f"Real chats are not here ({SHARED} does not exist).")
    return SHARED


@pytest.fixture(scope="session")
def local_servers() -> Iterator[LocalServers]:
    """Give a whole AT Protocol network and a Mastodon-compatible server, or skip without them."""
    if not are_installed():
        pytest.skip("The servers are not installed here: scripts/test-networks does that.")
    with LocalServers() as servers:
        yield servers
