"""Pictures, files and marks in Chromium: by drop and by keys, on a phone, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import browser  # noqa: F401 (a fixture of these tests, too)
from tests.web.bringing import PDF, take_photo
from tests.web.hosting import wait_until
from tests.web.processes import Served, make_own_site
from tests.web.test_in_chromium import CHAT, browse, look_at

SHOWN = "Two halves of a square"
READ = (CHAT, f"{CHAT}archive/", f"/desk{CHAT}sort")
DROP = """([bytes]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], "us.jpg", { type: "image/jpeg" }));
  return transfer;
}"""


class Opened(NamedTuple):
    """A running site with the sample chat: where it is, and what its owner's browser keeps."""

    address: str
    owner: Any


@pytest.fixture(scope="module")
def opened(
    browser: Browser,  # noqa: F811 (the fixture)
    sample_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Opened]:
    own = make_own_site(tmp_path_factory.mktemp("pictures") / "site")
    own.run("admin", "add", str(sample_folder), "--publish")
    with own.serve("--port", "0") as served:
        address = served.find_address()
        served.fetch("/ready")
        yield Opened(address, enter(browser, served, address))


def enter(browser: Browser, served: Served, address: str) -> Any:  # noqa: F811
    """Return what the browser of the site's owner keeps."""
    with browse(browser, address) as page:
        page.goto("/site/first/")
        page.get_by_label("Code").fill(served.wait_for(r"give: (\S+)"))
        page.get_by_label("Your e-mail address").fill("owner@example.org")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_role("button", name="Become the owner").click()
        page.wait_for_url("**/desk/")
        return page.context.storage_state()


def has_picture(page: Page) -> bool:
    page.goto(f"{CHAT}story/")
    return page.locator("figure.picture img").count() > 0


def is_shown(page: Page) -> None:
    """Wait until the page's picture has come."""
    page.locator("figure.picture img").first.wait_for()
    page.wait_for_function("document.querySelector('figure.picture img').naturalWidth > 0")


def test_a_dropped_picture_is_described_by_keys_and_published(
    browser: Browser,  # noqa: F811
    opened: Opened,
) -> None:
    with browse(browser, opened.address, opened.owner) as page:
        page.goto(f"/desk{CHAT}write")
        block = page.locator(".block").nth(2)
        block.dispatch_event(
            "drop", {"dataTransfer": page.evaluate_handle(DROP, [list(take_photo())])}
        )
        assert page.evaluate("document.activeElement.name") == "text"
        page.keyboard.type(" ")
        for key in ("Tab", "Enter"):
            page.keyboard.press(key)
        fate = block.locator(".picture-form .fate.lost")
        fate.wait_for()
        assert fate.inner_text() == "Say what the picture shows, for those who do not see it."
        block.locator(".picture-form textarea").fill(SHOWN)
        for key in ("Tab", "Enter"):
            page.keyboard.press(key)
        is_shown(page)
        picture = page.locator(".block").nth(3)
        assert picture.locator("img").get_attribute("alt") == SHOWN
        picture.focus()
        page.keyboard.press("Alt+ArrowUp")
        page.locator(".block:nth-child(3) figure.picture").wait_for()
        page.goto(f"/desk{CHAT}share")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_role("button", name="Publish it as it is now").click()
    with browse(browser, opened.address) as page:
        wait_until(lambda: has_picture(page), "The published story shows no picture.")
        is_shown(page)
        assert page.locator("figure.picture img").get_attribute("alt") == SHOWN


def test_marks_are_made_by_keys_without_leaving_the_page(
    browser: Browser,  # noqa: F811
    opened: Opened,
) -> None:
    with browse(browser, opened.address, opened.owner) as page:
        page.goto(f"{CHAT}archive/")
        form = page.locator(".marking").nth(3)
        form.get_by_role("button", name="Offer").focus()
        page.keyboard.press("Enter")
        form.get_by_role("button", name="Offer", pressed=True).wait_for()
        assert form.locator(".count").nth(1).inner_text() == "Ada"
        page.goto(f"/desk{CHAT}marks")
        assert page.locator("article.post").count() == 1
        page.get_by_role("button", name="Offer").click()
        page.get_by_role("button", name="Offer", pressed=False).wait_for()
        page.reload()
        page.get_by_role("link", name="Read the archive").wait_for()


def test_without_scripts_a_picture_a_file_and_a_mark_are_kept(
    browser: Browser,  # noqa: F811
    opened: Opened,
    tmp_path: Path,
) -> None:
    photo, slides = tmp_path / "us.jpg", tmp_path / "slides.pdf"
    photo.write_bytes(take_photo((80, 40)))
    slides.write_bytes(PDF)
    with browse(browser, opened.address, opened.owner, java_script_enabled=False) as page:
        page.goto(f"/desk{CHAT}write")
        page.locator(".picturing summary").first.click()
        form = page.locator(".picture-form").first
        form.get_by_label("Picture").set_input_files(photo)
        form.get_by_label("What it shows").fill("A telephone’s view")
        form.get_by_role("button", name="Add the picture").click()
        see(page.get_by_role("img", name="A telephone’s view"))
        page.goto(f"/desk{CHAT}files")
        page.get_by_label("File").set_input_files(slides)
        page.get_by_label("What it is").fill("The slides")
        page.get_by_label("Everybody may have it").check()
        page.get_by_role("button", name="Keep the file").click()
        see(page.get_by_role("link", name="slides.pdf"))
        page.goto(f"{CHAT}archive/?question=1")
        page.locator(".marking").first.get_by_role("button", name="Idea").click()
        see(page.locator("[aria-pressed='true']"))
        assert page.url.endswith(f"{CHAT}archive/?question=1")
        assert page.locator("[aria-pressed='true']").inner_text() == "Idea"
    with browse(browser, opened.address, java_script_enabled=False) as page:
        page.goto(CHAT)
        with page.expect_download() as saved:
            page.get_by_role("link", name="slides.pdf").click()
        assert saved.value.path().read_bytes() == PDF
        page.goto(f"{CHAT}archive/")
        assert page.locator(".marking").count() == 0


def see(found: Locator) -> None:
    """Wait until what is found is seen, however busy the machine."""
    expect(found.first).to_be_visible()


@pytest.mark.slow
def test_axe_finds_nothing_where_there_are_pictures_files_and_marks(
    browser: Browser,  # noqa: F811
    opened: Opened,
) -> None:
    axe, faults = Axe(), []
    more = {"viewport": {"width": 320, "height": 640}, "bypass_csp": True}
    with browse(browser, opened.address, opened.owner, **more) as page:
        for path in (f"/desk{CHAT}write", f"/desk{CHAT}files", f"/desk{CHAT}marks", *READ):
            faults += look_at(axe, page, path)
    assert faults == []
