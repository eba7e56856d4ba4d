"""The write-up on paper: a few sheets, as the browser prints them."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.browser.conftest import CHAT, Parts, open_context

from chinwag.steps.publish import build_story, render_print

pytestmark = pytest.mark.browser


def test_a_small_write_up_fits_on_two_sheets(browser: Browser, tmp_path: Path) -> None:
    parts = msgspec.json.decode(CHAT.read_bytes(), type=Parts)
    story = build_story(
        parts.chat, parts.posts, parts.placements, parts.summary, parts.ledger, parts.measures
    )
    path = tmp_path / "print.html"
    path.write_text(render_print(story), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) in (1, 2)
    assert asked == [path.as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_page_to_print(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    parts = msgspec.json.decode(CHAT.read_bytes(), type=Parts)
    story = build_story(
        parts.chat, parts.posts, parts.placements, parts.summary, parts.ledger, parts.measures
    )
    path = tmp_path / "print.html"
    path.write_text(render_print(story), encoding="utf-8")
    context = open_context(browser, bypass_csp=True, viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(path.as_uri())
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
