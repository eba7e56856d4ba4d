"""An owner's day in Chromium, from an empty folder to a site made again of its backup.

The owner is without JavaScript wherever pages are filled in; the helper has it, and sorts and moves
points by keys. People write meanwhile on a server of this machine.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import open_context
from tests.web.hosting import Town, open_town, point_to, wait_until
from tests.web.processes import OwnSite, Served, make_own_site
from tests.web.test_backup import do, find_differences
from tests.web.test_imports import APRIL, MARCH, SAID, write_csv

from chinwag.stores.folder import ChatFolder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TWARC = Path(__file__).parents[2] / "examples" / "formats" / "twarc.csv"
QUESTIONS = ("What would you do with one empty room?", "And what would you do with a second one?")
EXAMS = "A quiet room for exams, with the keys held by the students themselves"
CAFE = "We lent ours to a repair café, and two hundred people came in a month"
ANSWERS = (
    ("ana", f"A1: {EXAMS}"),
    ("ben", "A1: Fill it with comfortable chairs and turn the heating on before anybody comes"),
    ("cem", f"A1: {CAFE}"),
    ("host", f"Q2: {QUESTIONS[1]}"),
    ("ana", "A2: A kitchen for whoever works late, with a table long enough for twelve"),
    ("ben", "A2: Leave the second one empty, so that people can ask for it"),
)
REMARK = "Ask the caretaker first, who knows every room and every key in the house"
OPENING, LATER = "We met on a wet evening.", "More will come next month."
EXAMS_BY_HELPER = "A quiet room for exams, with the keys held by students"
EXAMS_BY_OWNER = "A quiet room for exams"


def test_an_owners_day(browser: Browser, tmp_path: Path) -> None:
    site = make_own_site(tmp_path / "site")
    with open_town() as town:
        point_to(site, town)
        with site.serve("--port", "0") as served, open_page(browser, served) as owner:
            become_owner(owner, served)
            bring_old_files(owner, tmp_path)
            find_remark(owner)
            desk = plan_chat(owner)
            with open_page(browser, served, script=True) as helper:
                join_by_mail(helper, served, invite_helper(owner))
                with open_page(browser, served, script=True, like=owner) as watching:
                    capture_chat(watching, helper, town, desk)
                sort_posts(helper, desk)
                write_story(owner, helper, desk)
                share_story(owner, helper, desk, tmp_path)
                remove_post(site, helper, desk)
        restore_backup(site, town, tmp_path)


@contextmanager
def open_page(
    browser: Browser, served: Served, *, script: bool = False, like: Page | None = None
) -> Iterator[Page]:
    """Give a page of a browser of its own, signed in as another page's is."""
    context = open_context(
        browser,
        base_url=served.find_address(),
        java_script_enabled=script,
        storage_state=like.context.storage_state() if like else None,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def see(found: Locator) -> Locator:
    """Return what is found once it is seen, however busy the machine."""
    expect(found.first).to_be_visible()
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def read(page: Page, path: str) -> str:
    """Return what the page's browser is given at a path."""
    return page.context.request.get(path).text()


def wait_for(page: Page, is_so: Callable[[], Any], what: str) -> None:
    """Wait while the browser goes on."""

    def look() -> Any:
        page.wait_for_timeout(100)
        return is_so()

    wait_until(look, what)


def become_owner(page: Page, served: Served) -> None:
    page.goto("/site/first/")
    page.get_by_label("Code").fill(served.wait_for(r"give: (\S+)"))
    page.get_by_label("Your e-mail address").fill("owner@example.org")
    page.get_by_label("Your name").fill("Ada")
    press(page, "Become the owner")
    page.get_by_label("Name", exact=True).fill("Ink")
    page.locator("[name=slug]").fill("inkchat")
    page.locator("[name=hashtag]").fill("inkchat")
    page.get_by_label("Time zone").select_option("UTC")
    press(page, "Make the series")
    see(page.get_by_role("heading", name="Plan a chat"))


def bring_old_files(page: Page, folder: Path) -> None:
    """Bring in what three tools saved: twarc, a spreadsheet, and a scrape of Storify."""
    files = [TWARC, folder / "march.csv", folder / "april.csv"]
    files[1].write_bytes(write_csv(MARCH))
    files[2].write_text(write_scrape(APRIL))
    page.goto("/desk/inkchat/import")
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_label("They hold several chats").check()
    press(page, "Look at the files")
    see(page.get_by_text("3 chats were found. Nothing is kept yet."))
    formats = page.locator("table tbody td:nth-child(2)").all_inner_texts()
    assert len(set(formats)) == 3
    press(page, "Keep them")
    see(page.get_by_text("3 chats are kept."))


def write_scrape(start: datetime) -> str:
    rows = StringIO()
    table = csv.writer(rows)
    table.writerow(("time", "username", "text"))
    for number, (author, text) in enumerate(SAID):
        table.writerow((f"{start + timedelta(minutes=5 * number):%m/%d/%y %H:%M}", author, text))
    return rows.getvalue()


def find_remark(page: Page) -> None:
    page.goto("/search")
    page.get_by_label("Words").fill('"carpet cleaner collection"')
    press(page, "Search the chats")
    see(page.locator("mark", has_text=re.compile("carpet", re.IGNORECASE)))


def plan_chat(page: Page) -> str:
    """Plan a chat that has just begun; return where its desk is."""
    begun = datetime.now(UTC) - timedelta(minutes=5)
    page.goto("/desk/inkchat/new")
    page.get_by_label("Title").fill("Rooms")
    page.locator("[name=starts_at]").fill(f"{begun:%Y-%m-%dT%H:%M}")
    page.get_by_label("Minutes").fill("300")
    page.locator("main form button").last.click()
    page.goto("/desk/")
    way = page.get_by_role("link", name="Capture it Rooms").get_attribute("href")
    assert way
    return way.removesuffix("/capture")


def invite_helper(page: Page) -> str:
    page.goto("/desk/inkchat/team")
    page.get_by_label("For whom").fill("Ben")
    press(page, "Make an invitation")
    return page.get_by_label("Address of the invitation").input_value()


def join_by_mail(page: Page, served: Served, invitation: str) -> None:
    page.goto(urlsplit(invitation).path)
    page.get_by_role("link", name="Make an account with codes by mail").click()
    page.get_by_label("E-mail address").fill("helper@example.org")
    press(page, "Make an account")
    page.get_by_label("Code").fill(served.wait_for(r"(?m)^([A-Z0-9]{2,}(?:-[A-Z0-9]{2,})+)$"))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Your name").fill("Hal")
    press(page, "Join the team")
    page.wait_for_url("**/desk/")


def capture_chat(owner: Page, helper: Page, town: Town, desk: str) -> None:
    """Capture what people write, while the helper reads along."""
    archive = f"{desk.removeprefix('/desk')}/archive/"
    owner.goto(f"{desk}/capture")
    owner.locator("[name=read-bluesky]").uncheck()  # nothing outside this machine is asked
    press(owner, "Start the capture")
    see(owner.get_by_text("All is well"))
    for author, text in (("host", f"Q1: {QUESTIONS[0]}"), *ANSWERS):
        town.write(text, author=author)
    wait_for(
        owner, lambda: all(text in read(owner, archive) for _, text in ANSWERS), "nothing came"
    )
    helper.goto(archive)
    town.write(REMARK, author="dee")
    press(helper, "Show 1 new post")
    see(helper.locator("article.post", has_text=REMARK))
    owner.goto(f"{desk}/capture")
    press(owner, "End the capture")
    see(owner.get_by_text("The capture has ended."))


def sort_posts(page: Page, desk: str) -> None:
    """Decide by keys: one post goes to another question, two stay where they are."""
    page.goto(f"{desk}/sort?words=caretaker")
    see(page.locator(".sorted:focus"))
    page.keyboard.press("2")
    expect(page.locator("#sort-status")).to_have_text("Placed: Q2")
    page.goto(f"{desk}/sort?words=second")
    see(page.locator(".sorted:focus"))
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".sorted.decided")).to_have_count(2)
    archive = f"{desk.removeprefix('/desk')}/archive/?question=2"
    wait_for(page, lambda: REMARK in read(page, archive), "the correction is not in the archive")


def write_story(owner: Page, helper: Page, desk: str) -> None:
    """Write as two: the helper moves and words, the owner adds a paragraph and comes second."""
    helper.goto(f"{desk}/write")
    owner.goto(f"{desk}/write")
    cafe = helper.locator(".block.is-point", has_text=CAFE)
    before = number(helper, CAFE)
    cafe.focus()
    cafe.press("Alt+ArrowUp")
    wait_for(helper, lambda: number(helper, CAFE) == before - 1, "the point did not move")
    word(helper, EXAMS, EXAMS_BY_HELPER)
    see(helper.locator(".block .shown", has_text=EXAMS_BY_HELPER))
    word(owner, EXAMS, EXAMS_BY_OWNER)
    see(owner.get_by_text("Hal changed this block while you wrote."))
    assert owner.locator("blockquote").inner_text() == EXAMS_BY_HELPER
    assert owner.get_by_label("Words").input_value() == EXAMS_BY_OWNER
    press(owner, "Keep mine instead")
    add_paragraph(owner, OPENING)
    see(helper.locator(".block", has_text=OPENING))
    see(helper.locator(".block .cited", has_text=re.compile(f"^{EXAMS_BY_OWNER}$")))


def number(page: Page, words: str) -> int:
    """Return which block holds the words, from 0 on."""
    blocks = page.locator(".block .shown").all_inner_texts()
    return next(place for place, block in enumerate(blocks) if words in block)


def word(page: Page, words: str, instead: str) -> None:
    block = page.locator(".block.is-point", has_text=words)
    block.get_by_text("Change the words").click()
    block.locator(".wording textarea").fill(instead)
    block.get_by_role("button", name="Keep these words").click()


def add_paragraph(page: Page, text: str) -> None:
    new = page.locator("details.new").first
    new.get_by_text("Write something here").click()
    new.locator("textarea").fill(text)
    new.get_by_role("button", name="Add it").click()
    see(page.locator(".block.is-paragraph", has_text=text))


def share_story(owner: Page, helper: Page, desk: str, folder: Path) -> None:
    """Publish it; what is out stays as it is while the draft goes on."""
    chat = desk.removeprefix("/desk")
    owner.goto(f"{desk}/share")
    press(owner, "Publish the story")
    share, story = f"{desk}/share", f"{chat}/story/"
    wait_for(owner, lambda: "story.zip" in read(owner, share), "it was never published")
    assert OPENING in read(owner, story)
    owner.goto(share)
    with owner.expect_download() as coming:
        owner.get_by_role("link", name="The whole story with its archive").click()
    open_zip(helper, coming.value.path(), folder / "stick")
    helper.goto(f"{desk}/write")
    add_paragraph(helper, LATER)
    told = "The draft has changed since."
    wait_for(owner, lambda: told in read(owner, share), "the draft was never kept")
    assert [words in read(owner, story) for words in (OPENING, LATER)] == [True, False]


def open_zip(page: Page, file: Path, folder: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        packed.extractall(folder)
    (index,) = folder.rglob("index.html")
    page.goto(index.as_uri())
    assert page.locator("h1").inner_text() == "Rooms"
    see(page.get_by_text(OPENING))


def remove_post(site: OwnSite, page: Page, desk: str) -> None:
    """Take a post out by the command; it goes wherever it was read."""
    chat = desk.removeprefix("/desk")
    root = site.folder / "chats" / chat.strip("/")
    shown = (f"{chat}/archive/", f"{chat}/story/", f"{chat}/story/story.md", f"{desk}/write",
             "/search?q=repair")  # fmt: skip
    assert [path for path in shown if CAFE not in read(page, path)] == ["/search?q=repair"]
    assert "two hundred" in read(page, "/search?q=repair")
    (post,) = [one.id for one in ChatFolder.open(root).read_posts() if CAFE in one.text]
    command = [sys.executable, "-m", "chinwag.cli", "remove", str(root), post]
    subprocess.run(command, env=site.environment, check=True, capture_output=True)
    wait_for(
        page, lambda: not any("two hundred" in read(page, one) for one in shown), "it is there"
    )
    assert OPENING in read(page, f"{chat}/story/")


def restore_backup(site: OwnSite, town: Town, folder: Path) -> None:
    """Make the site again in another folder: page by page it is the same."""
    site.run("backup", str(folder / "place"))
    other = make_own_site(folder / "other")
    point_to(other, town)
    assert other.run("restore", str(folder / "place"))["chats"] == 4
    shown, before = do(other, "show"), do(site, "show")
    for pages in (shown, before):
        del pages["/site/"]  # tells how each site runs just now
    assert OPENING in "".join(shown.values())
    assert find_differences(shown, before) == []
    assert other.run("admin", "check") == []
