"""Every address, for every kind of visitor and every method, as doors.toml says; none unlisted."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from tests.web.conftest import ROLES

from chinwag.model import Secret
from chinwag.web.chats import views
from chinwag.web.chats.access import hash_secret
from chinwag.web.chats.models import (
    Account,
    Advice,
    Block,
    Change,
    Chat,
    ChatFile,
    Draft,
    EditionLine,
    EntryKind,
    Import,
    Invitation,
    Letter,
    Publication,
    Series,
    Suggestion,
    Tag,
)

DOORS: dict[str, dict[str, int | list[int]]] = tomllib.loads(
    Path(__file__).with_name("doors.toml").read_text()
)
OTHERS = ("account/",)  # a package's own addresses, which its own tests hold
NOTHING: dict[str, list[str]] = {"questions": [], "unplaced": []}
PICTURE, SLIDES = f"pictures/{'ab' * 16}.png", "files/slides.pdf"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
REFUSED = 405


def list_patterns() -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            assert isinstance(pattern, URLResolver)
            assert str(pattern.pattern) in OTHERS, f"{pattern.pattern} is in no list."


def make_invitation(series: Series, secret: str) -> Invitation:
    invitation, _ = Invitation.objects.get_or_create(
        secret_hash=hash_secret(secret),
        defaults={
            "series": series,
            "role": "helper",
            "note": secret,
            "expires_at": timezone.now() + timedelta(days=1),
        },
    )
    return invitation


def make_tag(series: Series, *, is_category: bool) -> Tag:
    tag, _ = Tag.objects.get_or_create(
        series=series, slug="evenings", name="Evenings", is_category=is_category
    )
    return tag


def make_block(chat: Chat) -> Block:
    draft, _ = Draft.objects.get_or_create(chat=chat, defaults={"summary": NOTHING})
    return draft.blocks.first() or draft.blocks.create(
        position=0, body={"type": "paragraph", "text": "Words."}
    )


def make_edition(chat: Chat) -> EditionLine:
    edition, _ = EditionLine.objects.get_or_create(chat=chat, number=1)
    return edition


def make_account(series: Series) -> Account:
    account, _ = Account.objects.get_or_create(
        series=series,
        address="https://blog.example",
        defaults={"user": "ana", "secret": Secret("abcd efgh")},  # type: ignore[misc]
    )
    return account


def make_publication(chat: Chat) -> Publication:
    publication, _ = Publication.objects.get_or_create(
        chat=chat, account=make_account(chat.series), url="https://blog.example/1"
    )
    return publication


def make_suggestion(chat: Chat) -> Suggestion:
    advice, _ = Advice.objects.get_or_create(chat=chat, model="small", state="done")
    suggestion, _ = Suggestion.objects.get_or_create(
        advice=advice, place=0, kind="move", body={"kind": "move", "question": "1", "points": ["x"]}
    )
    return suggestion


def make_letter(chat: Chat) -> Letter:
    letter, _ = Letter.objects.get_or_create(
        chat=chat, to="list@example.org", subject="Out", text="It is out."
    )
    return letter


def make_file(chat: Chat, name: str) -> ChatFile:
    """Return a file that everybody may have, or a picture of the published story."""
    path = settings.SITE.chats / str(chat.folder) / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"content")
    is_slides = name == SLIDES
    if not is_slides:
        chat.story_pages.update(fragment=f'<img src="{name}">')
    about = {"sha256": "ab" * 32, "bytes": 7, "at": timezone.now(), "is_public": is_slides}
    about["media_type"] = "application/pdf" if is_slides else "image/png"
    file, _ = ChatFile.objects.get_or_create(chat=chat, name=name, defaults=about)
    return file


def fill_address(name: str, chat: Chat) -> str:
    """Return an address of that name, filled with what the sample series has."""
    pattern = next(one for one in list_patterns() if one.name == name)
    known = {
        "series": chat.series.slug,
        "day": chat.slug,
        "name": "story.md",
        "public": chat.entries.filter(kind=EntryKind.POST)[3].public,
        "user_id": chat.series.memberships.get(role="helper").user_id,
        "invitation_id": make_invitation(chat.series, "invitation").pk,
        "secret": make_invitation(chat.series, "a secret").note,
        "change_id": Change.objects.get_or_create(chat=chat, kind="correct", what={"posts": []})[
            0
        ].pk,
        "import_id": Import.objects.get_or_create(series=chat.series, files=["old.csv"])[0].pk,
        "tag": make_tag(chat.series, is_category=name.startswith("category")).slug,
        "account_id": make_publication(chat).account_id,
        "letter_id": make_letter(chat).pk,
        "suggestion_id": make_suggestion(chat).pk,
        "picture": make_file(chat, PICTURE).shown_name,
        "file": make_file(chat, SLIDES).shown_name,
        "file_id": make_file(chat, SLIDES).pk,
        "block_id": make_block(chat).pk,
        "number": make_edition(chat).number,
        "handle": chat.entries.filter(kind=EntryKind.POST)[3].author,
    }
    wanted = pattern.pattern.converters
    return reverse(name, kwargs={key: known[key] for key in wanted})


def knock(browser: Client, method: str, address: str) -> int:
    """Return the status of a request, and let nothing stay of what it did."""
    with transaction.atomic():
        status = browser.generic(method, address).status_code
        transaction.set_rollback(True)
    return status


def test_every_address_is_listed_and_no_other() -> None:
    assert sorted(str(one.name) for one in list_patterns()) == sorted(DOORS)


@pytest.mark.parametrize("name", sorted(DOORS))
def test_each_visitor_gets_what_the_list_says(
    name: str, chat: Chat, as_role: dict[str, Client]
) -> None:
    address = fill_address(name, chat)
    got = {method: [knock(as_role[role], method, address) for role in ROLES] for method in METHODS}
    said = {method: DOORS[name].get(method, REFUSED) for method in METHODS}
    wanted = {
        method: status if isinstance(status, list) else [status] * len(ROLES)
        for method, status in said.items()
    }
    assert got == wanted


@pytest.mark.parametrize("role", ["stranger", "helper", "host", "owner"])
def test_no_page_links_to_what_its_visitor_may_not_open(
    role: str, chat: Chat, as_role: dict[str, Client]
) -> None:
    browser, place = as_role[role], ROLES.index(role)
    found: dict[str, str] = {}
    for name, door in DOORS.items():
        opens = door.get("GET", REFUSED)
        if (opens[place] if isinstance(opens, list) else opens) != 200:
            continue
        page = browser.get(fill_address(name, chat))
        if page.headers["Content-Type"].startswith("text/html") and not page.streaming:
            for address in re.findall(r'href="(/[^"#?]*)', page.content.decode()):
                found.setdefault(address, name)
    links = {address: name for address, name in found.items() if is_door(address)}
    assert {"/search"} <= links.keys()
    shut = {address: name for address, name in links.items() if is_shut(browser, address)}
    assert shut == {}


def is_door(address: str) -> bool:
    """Tell whether an address is one of the site's own pages, and no entry of thousands."""
    return not address.startswith(("/static/", "/account/", "/p/"))


def is_shut(browser: Client, address: str) -> bool:
    return browser.get(address).status_code in (403, 404)


def test_what_only_a_team_may_read_is_hidden_from_everybody_else(
    chat: Chat, as_role: dict[str, Client]
) -> None:
    chat.is_published = False
    chat.save()
    address = reverse("story", args=[chat.series.slug, chat.slug])
    got = [as_role[role].get(address).status_code for role in ROLES]
    assert got == [404, 404, 200, 200, 200, 404, 200]
    chat.series.is_public = False
    chat.series.save()
    addresses = [fill_address(name, chat) for name in ("series", "chat", "archive", "entry")]
    for address in addresses:
        got = [as_role[role].get(address).status_code for role in ROLES]
        assert got == [404, 404, 200, 200, 200, 404, 200]
    for role, seen in zip(ROLES, got, strict=True):
        found = as_role[role].get("/search", {"q": "library"})
        assert (b"<mark>" in found.content) == (seen == 200)


def test_views_get_objects_from_access_alone() -> None:
    folder = Path(views.__file__).parent
    for path in sorted(folder.glob("*.py")):
        named = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute)
        }
        assert not named & {"objects", "_default_manager"}, path.name
