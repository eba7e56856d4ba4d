"""The evening of two hosts once more, with a real WordPress as one of the places it goes to."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.blogs.local_wordpress import LocalWordPress
from tests.browser.conftest import browser
from tests.browser.test_evening import run_evening

__all__ = ["browser"]
pytestmark = [pytest.mark.networks, pytest.mark.browser]


def test_an_evening_of_two_hosts_reaches_a_blog_and_leaves_it(
    browser: Browser, wordpress: LocalWordPress, tmp_path: Path
) -> None:
    run_evening(browser, tmp_path, wordpress)
