"""The archive in Chromium while a capture fills it: nothing moves until the reader wants it."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from tests.browser.conftest import look_with_axe, open_context
from tests.web.hosting import (
    Host,
    Town,
    found_site,
    list_children,
    open_town,
    point_to,
    wait_until,
)
from tests.web.processes import Served, make_own_site
from tests.web.test_imports import APRIL, MARCH, write_csv
from tests.web.test_kills import list_shown, start_capture

pytestmark = pytest.mark.browser

LONG = "A1: " + "a long answer that takes some room on the page, " * 6


class Running(NamedTuple):
    """A site on which a chat is being captured."""

    served: Served
    host: Host
    town: Town
    archive: str

    def open(self, page: Page, path: str = "") -> None:
        page.goto(self.served.find_address() + (path or self.archive))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    site = make_own_site(tmp_path_factory.mktemp("running") / "site")
    with open_town() as town:
        point_to(site, town)
        with site.serve("--port", "0") as served:
            host = found_site(served)
            archive = f"/inkchat/{start_capture(host, site)}/archive/"
            town.write("Q1: What would you do with one empty room?", author="host")
            for number in range(12):
                town.write(f"{LONG}{number}", author=f"p{number}")
            wait_until(lambda: len(list_shown(host, archive)) == 13, "nothing came")
            yield Running(served, host, town, archive)


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    """Give a page that fails its test for whatever goes wrong on it, or leaves the site."""
    context = open_context(browser, viewport={"width": 900, "height": 700})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda fault: wrong.append(str(fault)))
    page.on("console", lambda said: wrong.append(said.text) if is_wrong(said) else None)
    address = running.served.find_address()
    page.on("request", lambda asked: wrong.append(asked.url) if leaves(asked, address) else None)
    yield page
    context.close()
    assert wrong == []


def is_wrong(said: Any) -> bool:
    """Return whether a message of the console is one; a stream that broke is to be expected."""
    is_broken_stream = "net::ERR" in said.text or "/live" in str(said.location)
    return said.type == "error" and not is_broken_stream


def leaves(asked: Request, address: str) -> bool:
    return not asked.url.startswith((address, "data:"))


def count(page: Page) -> int:
    return page.locator("[data-posts] > article").count()


def wait_for(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait while the browser goes on."""

    def look() -> bool:
        page.wait_for_timeout(20)
        return is_so()

    wait_until(look, "it never came to be")


def find_tray(page: Page, words: str) -> Any:
    tray = page.get_by_role("button", name=words, exact=True)
    expect(tray).to_be_visible()
    return tray


def test_new_posts_wait_in_a_tray_and_nothing_moves(running: Running, page: Page) -> None:
    running.open(page)
    before = count(page)
    page.locator("[data-posts] > article").nth(4).scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 200)")
    place = page.evaluate("scrollY")
    running.town.write("A1: the first one new", author="ana")
    find_tray(page, "Show 1 new post")
    running.town.write("A1: the second one new", author="ben")
    tray = find_tray(page, "Show 2 new posts")
    assert (count(page), page.evaluate("scrollY")) == (before, place)
    tray.click()
    assert count(page) == before + 2
    expect(page.locator("article:focus")).to_contain_text("the first one new")
    expect(tray).to_be_hidden()
    times = page.locator("[data-posts] > article time").evaluate_all(
        "all => all.map(one => one.dateTime)"
    )
    assert times == sorted(times)


def test_a_post_that_is_taken_back_goes_at_once_and_nothing_moves(
    running: Running, page: Page
) -> None:
    running.town.write("A1: I should not have said this", author="cem")
    shown = lambda: "not have said" in running.host.read(f"{running.archive}?page=1")  # noqa: E731
    wait_until(shown, "it never came")
    running.open(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    said = page.get_by_text("I should not have said this")
    expect(said).to_be_visible()
    running.town.delete("A1: I should not have said this")
    expect(said).to_have_count(0)
    expect(page.get_by_text("This post was taken out.").first).to_be_attached()


def test_a_page_catches_up_when_the_site_was_away(running: Running, page: Page) -> None:
    running.open(page)
    running.town.write("A1: before", author="dee")
    find_tray(page, "Show 1 new post")
    children = list_children(running.served.process.pid).items()
    os.kill(next(pid for pid, words in children if "web" in words), signal.SIGKILL)
    running.town.write("A1: after", author="dee")
    find_tray(page, "Show 2 new posts").click()
    assert page.get_by_text("A1: after", exact=False).count() == 1


def test_a_screen_reader_is_told_at_most_now_and_then(running: Running, page: Page) -> None:
    running.open(page)
    status = page.locator("[data-status]")
    assert status.get_attribute("role") == "status"
    running.town.write("A1: to be told", author="eve")
    expect(status).to_have_text("Show 1 new post")
    running.town.write("A1: to be told later", author="eve")
    find_tray(page, "Show 2 new posts")
    assert status.text_content() == "Show 1 new post"


def test_another_page_of_the_browser_takes_the_stream(running: Running, page: Page) -> None:
    streams: list[str] = []
    page.context.on("request", lambda one: streams.append(one.url) if "/live?" in one.url else None)
    running.open(page)
    wait_for(page, lambda: len(streams) == 1)
    other = page.context.new_page()
    running.open(other)
    wait_for(page, lambda: len(streams) == 2)
    held = "navigator.locks.query().then(found => found.held.length)"
    assert other.evaluate(held) == 1
    running.town.write("A1: for the page in front", author="fay")
    find_tray(other, "Show 1 new post")
    other.close()


def test_a_filtered_page_leads_to_the_new_posts(running: Running, page: Page) -> None:
    running.open(page, f"{running.archive}?person=p1")
    before = count(page)
    running.town.write("A1: elsewhere", author="gus")
    link = page.get_by_role("link", name="Show 1 new post", exact=True)
    expect(link).to_be_visible()
    assert count(page) == before
    link.click()
    expect(page.get_by_text("A1: elsewhere")).to_be_visible()


def test_without_javascript_the_archive_is_all_there(running: Running, browser: Browser) -> None:
    context = open_context(browser, java_script_enabled=False)
    page = context.new_page()
    running.open(page)
    assert count(page) >= 13
    assert re.search("What would you do with one empty room", page.inner_text("main"))
    expect(page.locator("[data-tray]")).to_be_hidden()
    context.close()


def test_the_desk_follows_the_capture(running: Running, page: Page) -> None:
    sign_in(running, page.context)
    day = Path(running.archive).parts[2]
    running.open(page, f"/desk/inkchat/{day}/capture")
    expect(page.get_by_text("All is well")).to_be_visible()
    posts = page.locator(".figures dd").first
    before = int(posts.inner_text())
    running.town.write("A1: seen on the desk", author="hal")
    expect(posts).to_have_text(str(before + 1))


def sign_in(running: Running, context: BrowserContext) -> None:
    """Let a browser be the host's."""
    address = running.served.find_address()
    for cookie in running.host.list_cookies():
        context.add_cookies([{"name": cookie["name"], "value": cookie["value"], "url": address}])


def test_files_are_chosen_looked_at_and_kept_without_loading_the_page_anew(
    running: Running, page: Page, tmp_path: Path
) -> None:
    sign_in(running, page.context)
    files = [tmp_path / "march.csv", tmp_path / "april.csv"]
    for file, start in zip(files, (MARCH, APRIL), strict=True):
        file.write_bytes(write_csv(start))
    running.open(page, "/desk/inkchat/import")
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_label("They hold several chats").check()
    page.get_by_role("button", name="Look at the files").click()
    keep = page.get_by_role("button", name="Keep them")
    expect(keep).to_be_visible()
    assert page.locator("select").filter(has_text="A chat of its own").count() == 2
    look_with_axe(page)
    keep.click()
    said = page.locator("[data-said]")
    expect(said).to_contain_text("2 chats are kept.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_while_a_chat_runs(
    running: Running, browser: Browser, width: int, scheme: str
) -> None:
    colours: Any = scheme
    context = open_context(
        browser, viewport={"width": width, "height": 900}, color_scheme=colours, bypass_csp=True
    )
    sign_in(running, context)
    page = context.new_page()
    desk = f"/desk/inkchat/{Path(running.archive).parts[2]}"
    for path in (running.archive, f"{desk}/capture", f"{desk}/import", "/desk/inkchat/import"):
        running.open(page, path)
        look_with_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_a_team_marks_posts_while_the_archive_fills(running: Running, page: Page) -> None:
    running.open(page)
    expect(page.locator(".marking")).to_have_count(0)
    sign_in(running, page.context)
    running.open(page)
    spoken = page.locator("[data-posts] > article:not(:has(.gone))")
    assert page.locator("[data-posts] > article > .marking").count() == spoken.count()
    running.town.write("A1: worth coming back to", author="ida")
    find_tray(page, "Show 1 new post").click()
    new = page.locator("article", has_text="worth coming back to")
    idea = new.get_by_role("button", name="Idea", exact=True)
    idea.click()
    expect(idea).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(idea).to_have_attribute("aria-pressed", "true")
    running.town.delete("A1: worth coming back to")
    expect(new).to_have_count(0)
    stones = page.locator("article:has(.gone)")
    expect(stones.first).to_be_attached()
    expect(stones.locator(".marking")).to_have_count(0)
