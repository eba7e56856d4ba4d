"""Chromium, and the invented library chat's page as a file on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.web.hosting import PATIENCE

from chinwag.model import (
    Chat,
    Edition,
    GoneBlock,
    HeadingBlock,
    Ledger,
    LinkBlock,
    Measures,
    ParagraphBlock,
    PictureBlock,
    Placement,
    Post,
    QuotationBlock,
    Quote,
    RuleBlock,
    Summary,
    make_note,
)
from chinwag.steps.editing import show_edition, summarise_edition, take_point
from chinwag.steps.publish import build_story, render_html

CHROMIUM = Path("/usr/bin/chromium")
CHAT = Path(__file__).parents[1] / "steps" / "publish" / "library_chat.json"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


class Parts(msgspec.Struct, frozen=True):
    chat: Chat
    posts: tuple[Post, ...]
    placements: tuple[Placement, ...]
    summary: Summary
    ledger: Ledger
    measures: Measures


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give Chromium, or skip with a sentence where there is none.

    It closes with the module's last test: while it runs, its event loop lets no other test have one.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"No browser is here ({CHROMIUM} does not exist).")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def story_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page of the chat, with a post that is as hard to set as a post can be."""
    parts = msgspec.json.decode(CHAT.read_bytes(), type=Parts)
    marks = "\u0338\u0322\u0321" * 300
    hard = f"{'x' * 5000} z{marks} \u202eturned https://x.example/{'y' * 400}"
    posts = tuple(
        msgspec.structs.replace(post, text=hard, author_name="n" * 300)
        if post.id == "900124"
        else post
        for post in parts.posts
    )
    story = build_story(
        parts.chat, posts, parts.placements, parts.summary, parts.ledger, parts.measures
    )
    path = tmp_path_factory.mktemp("story") / "index.html"
    path.write_text(render_html(story), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def edited_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the page of the chat as its hosts have edited it, with a block of every kind."""
    parts = msgspec.json.decode(CHAT.read_bytes(), type=Parts)
    second, third = parts.summary.questions[1:3]
    own = take_point(second.bullets[0])
    bullet = msgspec.structs.replace(own.bullet, text="Worded by the hosts.", origin="person")
    quoted = second.bullets[1]
    quote = Quote(post=quoted.quoted, author=quoted.author, text=quoted.text)
    edition = Edition(
        number=2,
        blocks=(
            ParagraphBlock(text="The hosts *begin*. [A link](https://own.example)\n\n- and a list"),
            HeadingBlock(text="A heading of their own"),
            PictureBlock(address="https://own.example/a.jpg", description="A full room"),
            HeadingBlock(text=second.text, question=second.label),
            msgspec.structs.replace(own, bullet=bullet),
            RuleBlock(),
            QuotationBlock(quote=quote),
            HeadingBlock(text="A part", level=3),
            LinkBlock(url="https://own.example", words="their own"),
            GoneBlock(why=make_note("edition-point-gone", posts=1)),
            HeadingBlock(text=third.text, question=third.label),
            *map(take_point, third.bullets),
        ),
    )
    story = build_story(
        parts.chat,
        parts.posts,
        parts.placements,
        summarise_edition(edition, parts.summary),
        parts.ledger,
        parts.measures,
        edition=show_edition(edition),
    )
    path = tmp_path_factory.mktemp("edited") / "index.html"
    path.write_text(render_html(story), encoding="utf-8")
    return path


def open_context(browser: Browser, **more: Any) -> BrowserContext:
    """Return a new context of the browser, which waits as long as a busy machine may need."""
    context = browser.new_context(**more)
    context.set_default_timeout(PATIENCE * 1000)
    return context


def look_with_axe(page: Page) -> None:
    """Hold that axe finds nothing on a page, by WCAG 2.2 AA and good practice."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert [
        (one["id"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in found.response["violations"]
    ] == []
