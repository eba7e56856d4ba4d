"""The site in a real browser, from nothing: every page as a stranger, a helper and the owner.

One site in processes of its own holds the sample chat and one whose every word is hostile. The
owner comes by the code of the terminal, the helper by an invitation and a code by mail.
"""

from __future__ import annotations

import json
import re
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.browser.conftest import open_context
from tests.web.hostile import TITLE, make_hostile_chat
from tests.web.processes import Served, make_own_site

pytestmark = pytest.mark.browser

CHAT, NASTY = "/stackschat/2026-10-13/", "/nastychat/2026-09-08/"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PUBLIC = (
    "/",
    "/search",
    "/search?q=library&order=best",
    "/stackschat/",
    "/stackschat/chats",
    "/stackschat/figures",
    "/stackschat/tags/evenings",
    "/stackschat/categories/work",
    CHAT,
    f"{CHAT}story/",
    f"{CHAT}archive/",
    f"{CHAT}archive/?only=links&question=1",
    f"{CHAT}figures/",
    f"/embed{CHAT}",
    "/account/login/",
    "/account/signup/",
    "/nowhere/",
)
HOSTILE = (
    "/",
    "/nastychat/",
    "/nastychat/chats",
    "/nastychat/figures",
    NASTY,
    f"{NASTY}story/",
    f"{NASTY}archive/",
    f"{NASTY}figures/",
    f"/embed{NASTY}",
    "/search?q=library&series=nastychat",
)
TEAM = (  # what a helper sees
    "/desk/",
    CHAT,
    f"/desk{CHAT}sort",
    f"/desk{CHAT}questions",
    f"/desk{CHAT}capture",
    f"/desk{CHAT}write",
    f"/desk{CHAT}files",
    f"/desk{CHAT}marks",
    f"/desk{CHAT}preview",
    "/desk/stackschat/import",
    "/people/tamsin@glam.example",
    "/account/email/",
    "/account/2fa/",
    "/account/sessions/",
    "/account/logout/",
)
OWNER = (
    "/desk/stackschat/new",
    f"/desk{CHAT}about",
    "/desk/stackschat/team",
    f"/desk{CHAT}write/advice",
    f"/desk{CHAT}sort/advice",
    "/desk/stackschat/settings",
    "/desk/stackschat/log",
    "/desk/nastychat/log",
    "/desk/nastychat/settings",
    f"/desk{NASTY}sort",
    f"/desk{NASTY}questions",
    f"/desk{NASTY}write",
    f"/desk{NASTY}files",
    f"/desk{NASTY}marks",
    f"/desk{NASTY}capture",
    f"/desk{CHAT}share",
    f"/desk{NASTY}share",
    "/desk/stackschat/accounts",
    "/site/",
    "/site/series",
    f"/desk{NASTY}preview",
)
REFUSED = (*OWNER[:1], *OWNER[2:5])  # what a helper is told to ask an owner for


class Walked(NamedTuple):
    """The running site: where it is, and what each person's browser keeps."""

    served: Served
    address: str
    owner: Any
    helper: Any
    point: str
    nasty_point: str

    def list_pages(self, role: str) -> tuple[str, ...]:
        """Return the paths of the pages of a role."""
        shown = (f"/p/{self.point}", f"/embed/p/{self.point}")
        if role == "stranger":
            return (*PUBLIC, *shown)
        return (*TEAM, *(OWNER if role == "owner" else REFUSED))


@pytest.fixture(scope="module")
def walked(
    browser: Browser, sample_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walked]:
    """Serve a site with two chats, its owner and a helper of the first."""
    root = tmp_path_factory.mktemp("walked")
    own = make_own_site(root / "site")
    own.run("admin", "add", str(sample_folder), "--publish")
    own.run("admin", "add", str(make_hostile_chat(root / "nasty")), "--publish")
    with own.serve("--port", "0") as served:
        address = served.find_address()
        served.fetch("/ready")
        owner = become_owner(browser, served, address)
        with browse(browser, address, owner) as page:
            point, nasty = (read_point(page, one) for one in ("stackschat", "nastychat"))
            invitation = invite_helper(page)
        helper = join_by_mail(browser, served, address, invitation)
        yield Walked(served, address, owner, helper, point, nasty)


@contextmanager
def browse(browser: Browser, address: str, kept: Any = None, **more: Any) -> Iterator[Page]:
    """Give a page of a browser that keeps `kept`: somebody's cookies, None a stranger's."""
    context = open_context(browser, base_url=address, storage_state=kept, **more)
    try:
        yield context.new_page()
    finally:
        context.close()


def become_owner(browser: Browser, served: Served, address: str) -> Any:
    with browse(browser, address) as page:
        page.goto("/site/first/")
        page.get_by_label("Code").fill(served.wait_for(r"give: (\S+)"))
        page.get_by_label("Your e-mail address").fill("owner@example.org")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_role("button", name="Become the owner").click()
        page.wait_for_url("**/desk/")
        page.goto(f"/desk{CHAT}about")
        page.get_by_label("Tags").fill("Evenings, doors")
        page.get_by_role("button", name="Keep the changes").click()
        page.goto("/desk/stackschat/settings")
        page.get_by_label("Categories").fill("Work")
        page.get_by_role("button", name="Keep the settings").click()
        page.goto(f"/desk{CHAT}about")
        page.get_by_label("Category").select_option("Work")
        page.get_by_role("button", name="Keep the changes").click()
        page.wait_for_url(f"**{CHAT}")
        for path, words in (("/desk/nastychat/settings", "About"), (f"/desk{NASTY}about", "Topic")):
            page.goto(path)
            page.get_by_label(words).fill(f"{TITLE} {{% load i18n %}}")
            page.get_by_role("button", name="Keep the").click()
        return page.context.storage_state()


def read_point(page: Page, series: str) -> str:
    """Return the short name of a point of a series, by the search."""
    page.goto(f"/search?kind=point&series={series}")
    link = page.locator(".found a[href^='/p/']").first.get_attribute("href")
    assert link
    return link.rpartition("/")[2]


def invite_helper(page: Page) -> str:
    page.goto("/desk/stackschat/team")
    page.get_by_label("For whom").fill("Ben")
    page.get_by_role("button", name="Make an invitation").click()
    return page.get_by_label("Address of the invitation").input_value()


def join_by_mail(browser: Browser, served: Served, address: str, invitation: str) -> Any:
    with browse(browser, address) as page:
        page.goto(urlsplit(invitation).path)
        page.get_by_role("link", name="Make an account with codes by mail").click()
        page.get_by_label("E-mail address").fill("helper@example.org")
        page.get_by_role("button", name="Make an account").click()
        page.get_by_label("Code").fill(read_mail(served))
        page.get_by_role("button", name="Confirm").click()
        page.get_by_label("Your name").fill("Hal")
        page.get_by_role("button", name="Join the team").click()
        page.wait_for_url("**/desk/")
        return page.context.storage_state()


def read_mail(served: Served, before: int = 0) -> str:
    """Return the code of the latest mail, which a site without a mail server prints.

    `before` is how many codes had come before it was asked for.
    """
    code = r"^[A-Z0-9]{2,}(?:-[A-Z0-9]{2,})+$"
    return served.wait_for(rf"(?ms)(?:{code}.*?){{{before}}}({code})")


def keep(walked: Walked, role: str) -> Any:
    return {"owner": walked.owner, "helper": walked.helper}.get(role)


def test_the_pages_walked_are_all_that_the_site_lists() -> None:
    """Every address that answers with a page to look at is walked above, or named here."""
    doors = tomllib.loads(Path(__file__).with_name("doors.toml").read_text())
    from django.urls import resolve

    walked = {resolve(urlsplit(path).path).url_name for path in (*PUBLIC[:-1], *TEAM, *OWNER)}
    beside = {"entry", "embed_entry", "join", "first"}  # by addresses that are found on the way
    files = {"health", "ready", "sitemap", "robots", "oembed", "story_file", "calendar"}
    files |= {"chat_calendar", "atom", "json_feed", "tag_atom", "category_atom"}
    files |= {"site_card", "series_card", "chat_card", "picture", "chat_file", "standing"}
    others = {"chat_import", "import", "edition", "letter"}  # walked where they are made
    pages = {name for name, methods in doors.items() if "GET" in methods}
    assert pages - walked == beside | files | others


@pytest.mark.slow
@pytest.mark.parametrize("role", ["stranger", "owner"])
def test_axe_finds_nothing_on_a_phone_in_light_and_dark(
    browser: Browser, walked: Walked, role: str
) -> None:
    axe, faults = Axe(), []
    phone = {"width": 320, "height": 640}
    # axe must be let in by hand: the pages' own policy lets no script in but the site's.
    more = {"viewport": phone, "bypass_csp": True}
    with browse(browser, walked.address, keep(walked, role), **more) as page:
        for path in walked.list_pages(role):
            faults += look_at(axe, page, path)
    assert faults == []


def look_at(axe: Axe, page: Page, path: str) -> list[Any]:
    """Return what is wrong with a page 320 pixels wide, with what folds open, in light and dark.

    Of what folds axe sees the first twenty open: hundreds of the same kind would take it a minute.
    """
    folds = "document.querySelectorAll('details')"
    page.emulate_media(color_scheme="light")
    page.goto(path)
    page.evaluate(f"{folds}.forEach(one => one.open = true)")
    width = page.evaluate("document.documentElement.scrollWidth")
    faults = [(path, "runs sideways", width)] if width != 320 else []
    page.evaluate(f"{folds}.forEach((one, place) => one.open = place < 20)")
    faults += look_with_axe(axe, page, path, {"type": "tag", "values": AXE_TAGS})
    page.emulate_media(color_scheme="dark")
    return faults + look_with_axe(axe, page, path, {"type": "rule", "values": ["color-contrast"]})


def look_with_axe(axe: Axe, page: Page, path: str, run_only: dict[str, Any]) -> list[Any]:
    found = axe.run(page, options={"runOnly": run_only, "resultTypes": ["violations"]})
    return [
        (path, one["id"], [node["html"][:200] for node in one["nodes"][:2]])
        for one in found.response["violations"]
    ]


@pytest.mark.slow
@pytest.mark.parametrize("role", ["stranger", "helper", "owner"])
def test_no_page_asks_others_or_complains(browser: Browser, walked: Walked, role: str) -> None:
    asked: set[str] = set()
    said: list[tuple[str, str]] = []
    with browse(browser, walked.address, keep(walked, role)) as page:
        page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        page.on("console", lambda message: said.append((page.url, message.text)))
        page.on("pageerror", lambda error: said.append((page.url, str(error))))
        for path in (*walked.list_pages(role), *(HOSTILE if role == "stranger" else ())):
            page.goto(path, wait_until="networkidle")
            assert page.locator("h1").count() == 1, path
    told = [one for one in said if not re.search(r"status of 40[34] ", one[1])]
    assert (told, asked) == ([], {urlsplit(walked.address).netloc, ""} & asked)


def test_strangers_are_given_no_cookie(browser: Browser, walked: Walked) -> None:
    with browse(browser, walked.address) as page:
        for path in (*PUBLIC, f"/p/{walked.point}", f"/embed/p/{walked.point}"):
            if not path.startswith("/account/"):
                page.goto(path)
        assert page.context.cookies() == []


def test_hostile_words_stay_words_on_every_page(browser: Browser, walked: Walked) -> None:
    harm = (
        "[...document.querySelectorAll('*')].filter(one => one.matches('img, object, embed, iframe,"
        ' [onerror], [onload], [onmouseover], [href^="javascript:" i]\')'
        " || one.matches('script:not([src]):not([type=\"application/ld+json\"])')).length"
    )
    for role in ("stranger", "owner"):
        pages = [*HOSTILE, f"/p/{walked.nasty_point}", f"/embed/p/{walked.nasty_point}"]
        if role == "owner":
            pages = ["/desk/", *(path for path in OWNER if "nastychat" in path), "/site/"]
        more = {"bypass_csp": True}  # escaping alone must hold
        with browse(browser, walked.address, keep(walked, role), **more) as page:
            for path in pages:
                page.goto(path)
                assert (page.evaluate(harm), path) == (0, path)
                assert page.title() != "taken", path
                for block in page.locator("script[type='application/ld+json']").all():
                    assert json.loads(block.inner_text())["@context"] == "https://schema.org"


def test_the_keyboard_reaches_everything_and_is_seen(browser: Browser, walked: Walked) -> None:
    with browse(browser, walked.address, walked.owner) as page:
        for path in ("/", CHAT, f"{CHAT}archive/", "/search", "/desk/stackschat/settings"):
            page.goto(path)
            page.keyboard.press("Tab")
            skip = page.evaluate("[document.activeElement.className, document.activeElement.hash]")
            assert skip == ["skip", "#main"]
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "main"
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.closest('main') !== null"), path
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style == "solid", path


def test_a_site_works_without_scripts(browser: Browser, walked: Walked) -> None:
    with browse(browser, walked.address, java_script_enabled=False) as page:
        page.goto("/search")
        page.get_by_label("Words").fill("library")
        page.get_by_role("button", name="Search the chats").click()
        assert page.locator("mark").count() > 3
        page.get_by_role("link", name="Libraries after dark").first.click()
        page.get_by_role("link", name="Archive").click()
        page.get_by_label("Question").select_option("2")
        page.get_by_role("button", name="Show these posts").click()
        assert page.locator("article.post").count() == 33
        page.get_by_role("link", name="Figures").last.click()
        page.locator("details.table summary").click()
        assert page.locator("details.table tbody tr").first.is_visible()
        page.get_by_label("Language").select_option("fr")
        page.get_by_role("button", name="Change language").click()
        assert page.locator("html").get_attribute("lang") == "fr"
        assert page.url.endswith(f"{CHAT}figures/")


def test_a_story_can_be_framed_by_another_page_and_the_rest_cannot(
    browser: Browser, walked: Walked
) -> None:
    answer = open_context(browser, base_url=walked.address)
    told = answer.request.get("/oembed", params={"url": f"{walked.address}{CHAT}story/"}).json()
    answer.close()
    assert (told["type"], told["title"]) == ("rich", "Libraries after dark")
    frames = f"{told['html']}<iframe src='{walked.address}{CHAT}'></iframe>"
    html = f"<!doctype html><title>A blog</title>{frames}"
    with serve_page(html) as blog, browse(browser, blog) as page:
        page.goto("/", wait_until="networkidle")
        framed = page.frame_locator("iframe").first
        assert framed.locator("h1").inner_text() == "Libraries after dark"
        assert not page.frames[2].url.startswith(walked.address)
        assert page.context.cookies() == []


@contextmanager
def serve_page(html: str) -> Iterator[str]:
    """Serve one page on this machine, as another site; yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_passkey_signs_in(browser: Browser, walked: Walked) -> None:
    with browse(browser, walked.address, walked.helper) as page:
        add_authenticator(page)
        page.goto("/account/2fa/webauthn/add/")
        if "reauthenticate" in page.url:
            page.get_by_role("button", name="Send me a code").click()
            page.get_by_label("Code").fill(read_mail(walked.served, before=1))
            page.get_by_role("button", name="Confirm").click()
        page.get_by_label("Name").fill("This laptop")
        page.get_by_label("Passwordless").check()
        page.get_by_role("button", name="Add").click()
        page.wait_for_url(lambda url: not urlsplit(url).path.endswith("/add/"))
        page.goto("/account/logout/")
        page.locator("main").get_by_role("button", name="Sign out").click()
        page.goto("/desk/")
        assert urlsplit(page.url).path == "/account/login/"
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(lambda url: urlsplit(url).path == "/desk/")
        assert page.locator("h1").inner_text() == "Desk"


def add_authenticator(page: Page) -> None:
    """Give the page's browser an authenticator that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
