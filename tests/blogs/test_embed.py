"""A story and a point inside pages of a real WordPress: framed, and pasted as plain HTML."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.blogs.local_wordpress import LocalWordPress
from tests.blogs.test_wordpress import Reader
from tests.browser.conftest import browser
from tests.web.conftest import sample_folder
from tests.web.processes import Served, make_own_site

from chinwag.steps.publish import render_fragment
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.publish_chat import read_story

__all__ = ["browser", "sample_folder"]
pytestmark = [pytest.mark.networks, pytest.mark.browser]

STORY = "/stackschat/2026-10-13/story/"
PATIENCE = 120_000.0  # milliseconds for a machine that is busy with other tests


@pytest.fixture
def served(sample_folder: Path, tmp_path: Path) -> Iterator[Served]:
    """Return a site that runs by itself, with the sample chat on it for everybody."""
    site = make_own_site(tmp_path / "site")
    chat = shutil.copytree(sample_folder, tmp_path / "chat")
    site.run("admin", "add", str(chat), "--publish")
    with site.serve("--port", "0") as served:
        yield served


@contextmanager
def open_post(
    browser: Browser, blog: LocalWordPress, user: str, title: str, content: str
) -> Iterator[Page]:
    """Write a page on the blog as somebody, and open it as a reader does."""
    writer, keeper = Reader(blog, user), Reader(blog)
    post = writer.ask("/posts", "POST", title=title, content=content, status="publish")
    page = browser.new_page(viewport={"width": 900, "height": 1400})
    try:
        page.goto(post["link"])
        yield page
    finally:
        page.close()
        keeper.ask(f"/posts/{post['id']}", "DELETE", force="true")


def ask_oembed(served: Served, path: str) -> str:
    """Return the HTML by which an address of the site is shown elsewhere."""
    address = quote(served.find_address() + path, safe="")
    status, told = served.fetch(f"/oembed?url={address}")
    assert status == 200, told
    html: str = json.loads(told)["html"]
    return html


def test_a_story_and_a_point_are_framed_inside_a_blog(
    browser: Browser, wordpress: LocalWordPress, served: Served, tmp_path: Path
) -> None:
    _, story = served.fetch(STORY)
    point = re.findall(r'href="(?:http://[^"/]+)?(/p/\w+)"', served.fetch("/search?q=kettle")[1])[0]
    frames = [ask_oembed(served, path) for path in (STORY, point)]
    content = "".join(f"<!-- wp:html -->{one}<!-- /wp:html -->" for one in frames)
    with open_post(browser, wordpress, "administrator", "Our chats", content) as page:
        first, second = (page.frame_locator("iframe").nth(place) for place in (0, 1))
        expect(first.get_by_role("heading", name="Libraries after dark")).to_be_visible(
            timeout=PATIENCE
        )
        expect(second.locator("body")).to_contain_text("kettle", ignore_case=True, timeout=PATIENCE)
        heading = page.get_by_role("heading", name="Our chats").first
        expect(heading).to_be_visible(timeout=PATIENCE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 900
        assert page.context.cookies(served.find_address()) == []
        page.screenshot(path=tmp_path / "framed.png", full_page=True)
    assert "kettle" in story.casefold()


def test_a_story_is_pasted_as_plain_html_by_whoever_may_write_no_frames(
    browser: Browser, wordpress: LocalWordPress, sample_folder: Path, tmp_path: Path
) -> None:
    pasted = render_fragment(read_story(ChatFolder.open(sample_folder)))
    with open_post(browser, wordpress, "author", "Libraries after dark", pasted) as page:
        said = read_letters(page.locator("body").inner_text())
        parts = re.findall(r"<(?:h2|li|p)[^>]*>(.*?)</(?:h2|li|p)>", pasted, re.DOTALL)
        wanted = [read_letters(one) for one in parts]
        assert len(wanted) > 50
        assert [words for words in wanted if words not in said] == []
        assert page.locator("h2").count() >= pasted.count("<h2") > 5
        assert page.evaluate("document.documentElement.scrollWidth") <= 900
        page.screenshot(path=tmp_path / "pasted.png", full_page=True)


def read_letters(text: str) -> str:
    """Return the letters and digits alone: a blog sets its own quotation marks and dashes."""
    return re.sub(r"\W+", "", unescape(re.sub(r"<[^>]*>", "", text)))
