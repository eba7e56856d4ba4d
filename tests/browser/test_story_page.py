"""The story's page in a real browser: by eye, by keyboard, by paper, and with no script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.conftest import look_with_axe, open_context

pytestmark = pytest.mark.browser

PHONE, DESK = (390, 844), (1280, 900)


@contextmanager
def show(browser: Browser, page: Path, size: tuple[int, int] = DESK, **more: Any) -> Iterator[Page]:
    context = open_context(browser, viewport={"width": size[0], "height": size[1]}, **more)
    try:
        shown = context.new_page()
        shown.goto(page.as_uri())
        yield shown
    finally:
        context.close()


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("opened", [False, True])
def test_axe_finds_nothing(
    browser: Browser, story_page: Path, size: tuple[int, int], scheme: str, opened: bool
) -> None:
    # axe must be let in by hand: the page's own policy lets no script run.
    with show(browser, story_page, size, color_scheme=scheme, bypass_csp=True) as page:
        if opened:
            open_all(page)
        look_with_axe(page)


def test_the_page_asks_for_nothing_and_complains_of_nothing(
    browser: Browser, story_page: Path
) -> None:
    context = open_context(browser, viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(story_page.as_uri())
    open_all(page)
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    context.close()
    assert (asked, said) == ([story_page.as_uri()], [])


def test_the_policy_lets_no_script_run_and_the_style_in(browser: Browser, story_page: Path) -> None:
    hostile = story_page.with_name("hostile.html")
    text = story_page.read_text(encoding="utf-8")
    script = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='y'\">"
    hostile.write_text(text.replace("</body>", f"{script}</body>"), encoding="utf-8")
    with show(browser, hostile) as page:
        assert page.title() == "Small libraries, big mornings · #quietpages"
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == "rgb(251, 249, 244)"


@pytest.mark.parametrize("opened", [False, True])
def test_nothing_runs_sideways_at_320_pixels(
    browser: Browser, story_page: Path, opened: bool
) -> None:
    with show(browser, story_page, (320, 640), bypass_csp=True) as page:
        if opened:
            open_all(page)
        page.add_style_tag(content=".archive .post { content-visibility: visible !important }")
        assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("size", [(640, 900), DESK])
def test_nothing_runs_sideways_at_twice_the_text(
    browser: Browser, story_page: Path, size: tuple[int, int]
) -> None:
    with show(browser, story_page, size, bypass_csp=True) as page:
        page.add_style_tag(
            content="html { font-size: 200% } .archive .post { content-visibility: visible }"
        )
        open_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_every_point_opens_by_tab_and_enter_with_a_visible_focus(
    browser: Browser, story_page: Path
) -> None:
    with show(browser, story_page) as page:
        points = page.locator(".points > li > details")
        opened = 0
        for _ in range(400):
            page.keyboard.press("Tab")
            on_point = page.evaluate(
                "document.activeElement.matches('.points > li > details > summary')"
            )
            if on_point:
                focus = page.evaluate(
                    "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
                    "(getComputedStyle(document.activeElement))"
                )
                assert focus == ["solid", "3px"]
                page.keyboard.press("Enter")
                opened += 1
            if opened == points.count():
                break
        assert (opened, page.locator(".points > li > details[open]").count()) == (11, 11)


def test_it_works_with_scripts_switched_off(browser: Browser, story_page: Path) -> None:
    with show(browser, story_page, java_script_enabled=False) as page:
        behind = page.locator(".behind").first
        assert not behind.is_visible()
        page.locator(".points summary").first.click()
        assert behind.is_visible()
        assert "a slow walk round" in behind.inner_text()


def test_a_link_into_the_archive_leads_to_the_post(browser: Browser, story_page: Path) -> None:
    with show(browser, story_page) as page:
        page.locator(".points summary").first.click()
        page.locator(".behind a", has_text="In the archive").first.click()
        place = page.locator("#post-900106").bounding_box()
        assert place
        assert 0 <= place["y"] < 900


@pytest.mark.parametrize(("size", "screens"), [(DESK, 1), ((1280, 800), 1), (PHONE, 2)])
def test_the_first_point_is_on_the_first_screen(
    browser: Browser, story_page: Path, size: tuple[int, int], screens: int
) -> None:
    with show(browser, story_page, size) as page:
        place = page.locator(".points .point").first.bounding_box()
        assert place
        assert place["y"] + place["height"] <= size[1] * screens


def test_the_address_of_a_question_is_its_label(browser: Browser, story_page: Path) -> None:
    with show(browser, story_page) as page:
        page.goto(f"{story_page.as_uri()}#q2")
        place = page.locator("#q2").bounding_box()
        assert place
        assert 0 <= place["y"] < 900


# What of these is on the paper: shown, and as high as something is.
ON_PAPER = """
(selector) => [...document.querySelectorAll(selector)].filter(
    one => one.checkVisibility({contentVisibilityAuto: true}) && one.getBoundingClientRect().height
).length
"""


def test_paper_holds_the_write_up_alone(browser: Browser, story_page: Path) -> None:
    with show(browser, story_page) as page:
        page.emulate_media(media="print")
        points = page.locator(".points .point").count()
        page.wait_for_function(f"({ON_PAPER})('.points .point') === {points}")
        rest = ".behind .words, .archive .words, .left-out .words, .contents a, .screen"
        assert page.evaluate(ON_PAPER, rest) == 0
        assert page.pdf(format="A4").startswith(b"%PDF-")


def test_paper_holds_the_archive_when_it_is_asked_for(browser: Browser, story_page: Path) -> None:
    with show(browser, story_page) as page:
        page.goto(f"{story_page.as_uri()}#archive")
        page.emulate_media(media="print")
        posts = page.locator(".archive .words").count()
        # What is out of sight is laid out for paper with one of the next frames.
        page.wait_for_function(f"({ON_PAPER})('.archive .words') === {posts}")
        address = page.evaluate(
            "getComputedStyle(document.querySelector('.archive .source a'), '::after').content"
        )
    assert address.startswith('" (https://books.example/')


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_axe_finds_nothing_in_an_edited_story(
    browser: Browser, edited_page: Path, size: tuple[int, int], scheme: str
) -> None:
    with show(browser, edited_page, size, color_scheme=scheme, bypass_csp=True) as page:
        open_all(page)
        look_with_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_an_edited_story_reads_in_the_hosts_order(browser: Browser, edited_page: Path) -> None:
    with show(browser, edited_page) as page:
        said = page.locator("main").inner_text()
        places = [
            said.index(words)
            for words in (
                "The hosts begin.",
                "A heading of their own",
                "How do you make a shy newcomer feel",
                "Worded by the hosts.",
                "worded by the host",
            )
        ]
        assert places == sorted(places)
        assert page.locator(".own em").inner_text() == "begin"
        page.locator(".points summary").first.click()
        assert page.locator(".behind .words").first.is_visible()
