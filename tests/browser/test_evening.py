"""Two hosts and a reader, from the close of a captured chat to a removal that reaches everything.

Ben works by keys alone; Ada has a mouse. The figures of what it took are printed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from tests.blogs.local_wordpress import LocalWordPress
from tests.browser.evening import Effort, Keyboard, Mouse, find_point, read_points
from tests.browser.test_owner_day import (
    become_owner,
    join_by_mail,
    open_page,
    plan_chat,
    press,
    read,
    see,
    wait_for,
)
from tests.web.hosting import Town, open_town, point_to
from tests.web.processes import OwnSite, make_own_site

from chinwag.stores.folder import ChatFolder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTIONS = ("What would you do with one empty room?", "And what would you do with a second one?")
ANSWERS = {
    "1": (
        "A quiet place for exams, with the keys held by the students themselves all year",
        "We lent ours to a repair café, and two hundred people came within a month",
        "Put a piano in, tune it twice a year, and let nobody tell anybody to play softly",
        "Nothing for half a year: watch who tries the handle, and then ask those people",
    ),
    "2": (
        "A kitchen for whoever works late, with one table long enough for twelve",
        "Cots, soft light and a kettle, since the parents had nowhere to feed a child",
        "Our archive of seeds needs a cold dry cupboard more than it needs visitors",
        "Give it to the town band, who have practised in a garage since the flood",
    ),
}
THINGS = (
    "The loom", "The fish tank", "The big map", "Our printer", "The lost property",
    "The puppet stage", "A workbench", "The old globe", "The telescope", "The coat rack",
    "The chess club", "The sewing circle", "Homework help", "The dictionary", "The tax clinic",
    "The choir", "The plant swap", "The model railway", "The press of 1890", "The toy shelf",
)  # fmt: skip
REMARKS = {
    f"{thing} belongs in the {which} room, {why}": label
    for number, thing in enumerate(THINGS)
    for label, which, why in (
        ("1", "first", ("by the window", "near the stairs", "beside the door")[number % 3]),
        ("2", "second", ("away from noise", "next to a sink", "under a lamp")[number % 3]),
    )
}
CORRECTIONS = 40
OPENING = "We met on a wet evening, and two rooms were filled within the hour."
BY_BEN, BY_ADA = "Exams need quiet, and a key.", "Exams need quiet, a key and a lamp."
PICTURE = "Two empty rooms, seen from the corridor"


def test_an_evening_of_two_hosts(browser: Browser, tmp_path: Path) -> None:
    run_evening(browser, tmp_path)


def run_evening(browser: Browser, folder: Path, blog: LocalWordPress | None = None) -> None:
    """Do the evening's work, on a blog as well where there is one, and print what it took."""
    site = make_own_site(folder / "site")
    with ExitStack() as open_:
        town = open_.enter_context(open_town())
        point_to(site, town)
        if blog:
            site.environment["CHINWAG_WORDPRESS_ADDRESS"] = blog.address
        served = open_.enter_context(site.serve("--port", "0"))
        plain = open_.enter_context(open_page(browser, served))
        become_owner(plain, served)
        desk = plan_chat(plain)
        pages = [
            open_.enter_context(open_page(browser, served, script=True, like=like))
            for like in (plain, None, None)
        ]
        evening = Evening(site, desk, pages, folder)
        join_by_mail(pages[1], served, invite_host(plain))
        evening.capture(town)
        evening.close()
        evening.sort()
        evening.write()
        evening.share()
        if blog:
            evening.put_on_blog(blog)
        evening.remove()
    sys.stdout.write(json.dumps({"evening": evening.effort.tell()}) + "\n")


def draw_rooms() -> bytes:
    """Return a picture of two rooms."""
    picture = Image.new("RGB", (640, 360), "#88a")
    picture.paste("#dcb", (320, 0, 640, 360))
    held = BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


def invite_host(page: Page) -> str:
    page.goto("/desk/inkchat/team")
    page.get_by_label("Role", exact=True).select_option("host")
    page.get_by_label("For whom").fill("Ben")
    press(page, "Make an invitation")
    return page.get_by_label("Address of the invitation").input_value()


class Evening:
    """The work: Ada (a mouse), Ben (keys), and a reader of no team."""

    def __init__(self, site: OwnSite, desk: str, pages: list[Page], folder: Path) -> None:
        self.effort = Effort()
        self.ada, self.ben = Mouse(pages[0], self.effort), Keyboard(pages[1], self.effort)
        self.reader = pages[2]
        self._desk, self._chat = desk, desk.removeprefix("/desk")
        self._root = site.folder / "chats" / self._chat.strip("/")
        self._site, self._folder = site, folder
        self._post_on_blog = ""

    # --- the close of the chat

    def capture(self, town: Town) -> None:
        """Capture what people write."""
        page = self.ada.page
        page.goto(f"{self._desk}/capture")
        page.locator("[name=read-bluesky]").uncheck()  # nothing outside this machine is asked
        press(page, "Start the capture")
        see(page.get_by_text("All is well"))
        for label, question in enumerate(QUESTIONS, 1):
            town.write(f"Q{label}: {question}", author="host")
            for number, answer in enumerate(ANSWERS[str(label)]):
                town.write(f"A{label}: {answer}", author=f"speaker{number}")
        for number, remark in enumerate(REMARKS):
            town.write(remark, author=f"guest{number % 11}")
        archive = f"{self._chat}/archive/?page="
        *_, last = REMARKS
        wait_for(page, lambda: last in read(page, f"{archive}1") + read(page, f"{archive}2"),
                 "nothing came")  # fmt: skip

    def close(self) -> None:
        """End the capture: from here on it is counted."""
        self.effort.end_step("before the close")
        self.ada.open(f"{self._desk}/capture")
        self.ada.press("End the capture")
        see(self.ada.page.get_by_text("The capture has ended."))
        page, way = self.ada.page, f"{self._desk}/write"
        wait_for(page, lambda: 'id="blocks"' in read(page, way), "there is no draft")
        self.effort.end_step("close")

    # --- sort

    def sort(self) -> None:
        """Forty corrections, a key each; each stands in the folder as Ben said."""
        self.ben.open(f"{self._desk}/sort")
        decided: set[str] = set()
        number = 0
        while True:
            self._decide_page(decided)
            if len(decided) == CORRECTIONS:
                break
            number += 1
            self.ben.open(f"{self._desk}/sort?words=belongs&page={number}")
        self._wait(lambda: len(self._read_corrections()) == CORRECTIONS, "not all were noted")
        assert self._read_corrections() == REMARKS
        sort = f"{self._desk}/sort"
        page = self.ben.page
        self._wait(lambda: "is being made again" not in read(page, sort), "nothing followed")
        self.effort.end_step("sort: 40 corrections")

    def _decide_page(self, decided: set[str]) -> None:
        """Press the key of every post of the page that is to be decided; the others are passed."""
        page = self.ben.page
        focused = page.locator(".sorted:focus, #sort-next:focus")
        see(focused)
        left = page.locator(".sorted").count()
        for _ in range(left):
            key, words = focused.evaluate(
                "one => [one.dataset.key, one.querySelector('.words.large').textContent.trim()]"
            )
            label = REMARKS.get(words.removesuffix("#inkchat").strip())
            if label is None or key in decided:
                self.ben.press("ArrowDown")
                continue
            self.ben.press(label)
            decided.add(key)
        expect(page.locator("#sort-next:focus")).to_be_visible()
        on_its_way = page.locator(".sorted.decided:not(.kept)")
        expect(on_its_way).to_have_count(0)

    def _read_corrections(self) -> dict[str, str]:
        folder = ChatFolder.open(self._root)
        said = {post.id: post.text.removesuffix("#inkchat").strip() for post in folder.read_posts()}
        return {said[one.post]: str(one.question) for one in folder.read_corrections()}

    # --- write

    def write(self) -> None:
        """Fifteen edits, a block that both change, and a picture."""
        self.ada.open(f"{self._desk}/write")
        self.ben.open(f"{self._desk}/write")
        edits = (
            self._move_up, self._move_down, self._shorten, self._reword, self._take_spare,
            self._leave_out, self._open_story, self._join, self._part, self._put_under,
            self._add_heading, self._add_link, self._add_line, self._rename, self._hide,
        )  # fmt: skip
        assert len(edits) == 15
        for edit in edits:
            edit()
        self.effort.end_step("write: 15 edits")
        self._meet()
        self.effort.end_step("write: a block that both change")
        self._add_picture()
        self.effort.end_step("write: a picture")

    def _move_up(self) -> None:
        first, second, *_ = read_points(self.ben.page, "1")
        self.ben.go_to(find_point(self.ben.page, second))
        self.ben.press("Alt+ArrowUp")
        self._wait_points("1", [second, first])

    def _move_down(self) -> None:
        first, second, *_ = read_points(self.ben.page, "2")
        self.ben.go_to(find_point(self.ben.page, first))
        self.ben.press("Alt+ArrowDown")
        self._wait_points("2", [second, first])

    def _shorten(self) -> None:
        first, second, *_ = read_points(self.ben.page, "1")
        words = second.split()
        self._word(second, shorter := " ".join([*words[:3], "[…]", *words[-3:]]))
        self._wait_points("1", [first, shorter])

    def _reword(self) -> None:
        first, *_ = read_points(self.ben.page, "1")
        self._word(first, BY_BEN)
        self._wait_points("1", [BY_BEN])

    def _word(self, words: str, instead: str) -> None:
        block = find_point(self.ben.page, words)
        self.ben.go_to(block)
        self.ben.press("e")
        self.ben.write(block.locator(".wording textarea"), instead)

    def _take_spare(self) -> None:
        spare = self.ben.page.locator(".spares > li").first
        words = " ".join(spare.locator("bdi").first.inner_text().split())
        self.ben.press("b", "Enter")
        see(find_point(self.ben.page, words))

    def _leave_out(self) -> None:
        *_, last = read_points(self.ben.page, "2")
        block = find_point(self.ben.page, last)
        self.ben.go_to(block)
        self.ben.press("o")
        expect(block).to_have_count(0)

    def _open_story(self) -> None:
        new = self.ben.page.locator("details.new").first
        self.ben.go_to(self.ben.page.locator(".block").first)
        self.ben.walk_to(new.locator("summary"), "Shift+Tab")
        self.ben.press("Enter")
        self.ben.write(new.locator("textarea"), OPENING)
        see(self.ben.page.locator(".block.is-paragraph", has_text=OPENING))
        see(self.ada.page.locator(".block.is-paragraph", has_text=OPENING))

    def _join(self) -> None:
        first, second, *others = read_points(self.ada.page, "2")
        self.ada.click(find_point(self.ada.page, first).get_by_role("button", name="Join with"))
        self._wait_points("2", [first, *others])
        assert second not in read_points(self.ada.page, "2")

    def _part(self) -> None:
        first, *_ = before = read_points(self.ada.page, "2")
        self.ada.click(
            find_point(self.ada.page, first).get_by_role("button", name="Split", exact=True)
        )
        self._wait(
            lambda: len(read_points(self.ada.page, "2")) == len(before) + 1, "it is not parted"
        )

    def _put_under(self) -> None:
        *_, last = read_points(self.ada.page, "2")
        block = find_point(self.ada.page, last)
        self.ada.click(block.get_by_text("Put under another question"))
        self.ada.choose(block.locator("select[name=question]"), "1")
        self.ada.click(block.get_by_role("button", name="Move it there"))
        self._wait(lambda: last in read_points(self.ada.page, "1"), "it was not moved")

    def _add_heading(self) -> None:
        self._add("heading", text="What we lent")
        see(self.ada.page.locator(".block.is-heading", has_text="What we lent"))

    def _add_link(self) -> None:
        self._add("link", text="The plan of the house", address="https://plans.example/house")
        see(self.ada.page.locator(".block.is-link", has_text="The plan of the house"))

    def _add_line(self) -> None:
        self._add("rule")
        see(self.ada.page.locator(".block.is-rule"))

    def _add(self, kind: str, text: str = "", address: str = "") -> Locator:
        """Write something new below what opens the story."""
        opening = self.ada.page.locator(".block.is-paragraph", has_text=OPENING)
        new = opening.locator("details.new")
        self.ada.click(new.locator("summary"))
        self.ada.choose(new.locator("select"), kind)
        if text:
            self.ada.fill(new.locator("textarea"), text)
        if address:
            self.ada.fill(new.locator("[name=address]"), address)
        self.ada.click(new.get_by_role("button", name="Add it"))
        return new

    def _rename(self) -> None:
        page = self.ada.page
        self.ada.fill(page.get_by_label("Handle"), self._find_handle("speaker0"))
        self.ada.fill(page.get_by_label("Name to show"), "The first speaker")
        self.ada.press("Change how they are named")
        see(page.get_by_text("The first speaker"))

    def _hide(self) -> None:
        page = self.ada.page
        self.ada.fill(page.get_by_label("Handle"), self._find_handle("guest3"))
        self.ada.click(page.get_by_label("Hide their name"))
        self.ada.press("Change how they are named")
        see(page.locator("li", has_text="not named"))

    def _find_handle(self, name: str) -> str:
        posts = ChatFolder.open(self._root).read_posts()
        return next(post.author for post in posts if post.author.startswith(name))

    def _meet(self) -> None:
        """Both change one block: the later, Ada, sees both texts and chooses hers."""
        page = self.ada.page
        point = find_point(page, BY_BEN)
        block = page.locator(f"[id='{point.get_attribute('id')}']")
        self.ada.click(block.get_by_text("Change the words"))
        self._word(BY_BEN, again := f"{BY_BEN} And chairs.")
        see(find_point(self.ben.page, again))
        expect(page.locator("#write-status")).to_have_text("The draft has changed meanwhile.")
        self.ada.fill(block.locator(".wording textarea"), BY_ADA)
        expect(block.locator(".fate.lost")).to_contain_text(again)
        self.ada.click(block.get_by_role("button", name="Keep these words"))
        see(find_point(self.ben.page, BY_ADA))

    def _add_picture(self) -> None:
        """Put a picture in; it goes wherever the story goes."""
        opening = self.ada.page.locator(".block.is-paragraph", has_text=OPENING)
        new = opening.locator("details.picturing")
        self.ada.click(new.locator("summary"))
        new.locator("input[type=file]").set_input_files(
            {"name": "rooms.png", "mimeType": "image/png", "buffer": draw_rooms()}
        )
        self.ada.fill(new.locator("textarea"), PICTURE)
        self.ada.click(new.get_by_role("button", name="Add the picture"))
        for page in (self.ada.page, self.ben.page):
            see(page.locator(f'.block img[alt="{PICTURE}"]'))

    def _wait_points(self, question: str, wanted: list[str]) -> None:
        """Wait until both hosts see a question begin with these points."""
        for page in (self.ben.page, self.ada.page):

            def is_so(page: Page = page) -> bool:
                return read_points(page, question)[: len(wanted)] == wanted

            self._wait(is_so, f"{wanted} do not stand under Q{question}")

    # --- share

    def share(self) -> None:
        """Publish: a reader reads it on the site, and from a stick."""
        page, share = self.ada.page, f"{self._desk}/share"
        self.ada.open(share)
        self.ada.press("Publish the story")
        self._wait(lambda: "story.zip" in read(page, share), "it was never published")
        self.reader.goto(f"{self._chat}/story/")
        self._read_story()
        self.ada.open(share)
        with page.expect_download() as coming:
            self.ada.click(page.get_by_role("link", name="The whole story with its archive"))
        with zipfile.ZipFile(coming.value.path()) as packed:
            packed.extractall(self._folder / "stick")
        (index,) = (self._folder / "stick").rglob("index.html")
        self.reader.goto(index.as_uri())
        self._read_story()
        self.effort.end_step("share: the site and a stick")

    def put_on_blog(self, blog: LocalWordPress) -> None:
        """Connect the blog, and put the story there."""
        page, share = self.ada.page, f"{self._desk}/share"
        accounts = "/desk/inkchat/accounts"
        self.ada.open(accounts)
        self.ada.fill(page.get_by_label("Address of the blog"), blog.address)
        self.ada.fill(page.get_by_label("Name with which you sign in there"), "editor")
        self.ada.fill(page.get_by_label("Application password"), blog.users["editor"])
        self.ada.press("Connect it")
        told = "may write and publish there"
        self._wait(lambda: told in read(page, accounts), "the blog was never tested")
        self.ada.open(share)
        self.ada.click(page.get_by_label("Publish it there at once"))
        self.ada.press("Make the post")
        self._wait(lambda: "It is out:" in read(page, share), "it is not on the blog")
        told = read(page, share).partition("It is out:")[2]
        found = re.search(r'href="([^"]+)"', told)
        assert found
        self._post_on_blog = found[1]
        self.reader.goto(self._post_on_blog)
        self._read_story()
        self.effort.end_step("share: a WordPress")

    def _read_story(self) -> None:
        """Wait until the reader sees what the hosts wrote, and their picture."""
        for words in (OPENING, BY_ADA):
            see(self.reader.get_by_text(words))
        picture = see(self.reader.locator(f'img[alt="{PICTURE}"]')).first
        picture.scroll_into_view_if_needed()
        self._wait(
            lambda: picture.evaluate("one => one.complete && one.naturalWidth > 0"),
            "the picture does not load",
        )

    # --- a removal

    def remove(self) -> None:
        """Take a post out: it is nowhere any more, and everything else stands."""
        gone = self._find_removable()
        assert [
            place for place, words in self._read_everywhere().items() if gone not in words
        ] == []
        posts = ChatFolder.open(self._root).read_posts()
        (post,) = [one.id for one in posts if gone in one.text]
        command = [sys.executable, "-m", "chinwag.cli", "remove", str(self._root), post]
        subprocess.run(command, env=self._site.environment, check=True, capture_output=True)
        self._wait(
            lambda: not any(gone in words for words in self._read_everywhere().values()),
            "it is still somewhere",
        )
        left = self._read_everywhere()
        del left["archive"]
        assert [place for place, words in left.items() if OPENING not in words] == []
        self.effort.end_step("a removal from all of them")

    def _find_removable(self) -> str:
        """Return a point that stands in one post's own words."""
        told = [*ANSWERS["1"], *ANSWERS["2"]]
        page = self.ada.page
        page.goto(f"{self._desk}/write")
        see(page.locator("#blocks"))
        return next(words for words in read_points(page, "2") if words in told)

    def _read_everywhere(self) -> dict[str, str]:
        """Return what is read where the story is."""
        page = self.ada.page
        packed = page.context.request.get(f"{self._chat}/story/story.zip").body()
        with zipfile.ZipFile(BytesIO(packed)) as files:
            held = "".join(files.read(name).decode("utf-8", "replace") for name in files.namelist())
        places = {
            "archive": f"{self._chat}/archive/",
            "story": f"{self._chat}/story/",
            "markdown": f"{self._chat}/story/story.md",
            "fragment": f"{self._chat}/story/story.html",
            "draft": f"{self._desk}/write",
            **({"blog": self._post_on_blog} if self._post_on_blog else {}),
        }
        return {name: read(page, path) for name, path in places.items()} | {"zip": held}

    def _wait(self, is_so: Callable[[], Any], what: str) -> None:
        wait_for(self.ada.page, is_so, what)
