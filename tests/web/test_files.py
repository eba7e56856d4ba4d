"""Files of a chat: brought, listed, replaced, shown to everybody or not, taken out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from tests.web.bringing import PDF, bring, take_photo
from tests.web.conftest import address

from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import Change, ChangeKind, Chat, ChatFile, ChatState, WorkState
from chinwag.web.chats.queries.files import find_waiting
from chinwag.web.keeper.changes import follow_changes, note_changes
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.imports import list_left_uploads
from chinwag.web.site import Site
from chinwag.workflows.export_story import export_story

WORDS = "The slides of the opening"


def add(browser: Client, chat: Chat, name: str, content: bytes, **more: object) -> Any:
    said = {"file": bring(name, content), "words": WORDS, **more}
    return browser.post(address(chat, "files"), said)


def change(browser: Client, chat: Chat, do: str, **more: object) -> Any:
    (file,) = chat.files.all()
    return browser.post(address(chat, "change_file", file.pk), {"do": do, **more})


def keep(site: Site, chat: Chat) -> None:
    """Let the keeper carry out what waits."""
    assert note_changes(site) == set()
    follow_changes(chat.pk, site)


def ask(browser: Client, chat: Chat, name: str = "slides.pdf") -> int:
    return browser.get(address(chat, "chat_file", name)).status_code


def read_kept(site: Site, chat: Chat) -> list[tuple[str, str, bool, bool]]:
    files = ChatFolder.open(site.chats / str(chat.folder)).read_kept_files()
    return [(one.name, one.words, one.is_public, one.gone is not None) for one in files]


def test_a_file_is_listed_with_who_when_and_size(helper: Client, chat: Chat, site: Site) -> None:
    assert add(helper, chat, "slides.pdf", PDF).status_code == 302
    page = helper.get(address(chat, "files"))
    (file,) = chat.files.all()
    said = page.content.decode()
    for told in ("slides.pdf", WORDS, "Helper", "15\xa0bytes", "for the team"):
        assert told in said
    assert (file.bytes, file.media_type) == (len(PDF), "application/pdf")
    keep(site, chat)
    assert read_kept(site, chat) == [("files/slides.pdf", WORDS, False, False)]


def test_a_file_is_saved_and_never_shown_as_a_page(helper: Client, chat: Chat) -> None:
    add(helper, chat, "Protokoll für Ana.txt", "Grüße <script>".encode())
    answer = helper.get(address(chat, "chat_file", "Protokoll für Ana.txt"))
    named = ("Content-Type", "X-Content-Type-Options", "Content-Disposition", "Cache-Control")
    assert [answer[name] for name in named] == [
        "text/plain; charset=utf-8",
        "nosniff",
        "attachment; filename*=utf-8''Protokoll%20f%C3%BCr%20Ana.txt",
        "private, no-cache",
    ]
    assert answer.content == "Grüße <script>".encode()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("page.html", b"<script>", "Files of this kind are not kept: save it as a PDF."),
        ("run.exe", b"MZ", "Files of this kind are not kept: save it as a PDF."),
        ("slides.pdf", b"<html>", "Its content is not what its name says."),
        ("slides.pptx", b"PDF", "Its content is not what its name says."),
        ("notes.txt", b"\xff\xfe", "Its content is not what its name says."),
        ("photo.jpg", b"no photo", "This is no picture that can be read: save it as JPEG or PNG."),
        ("empty.pdf", b"", "The submitted file is empty."),
    ],
)
def test_what_is_not_kept_is_refused_with_a_reason(
    helper: Client, chat: Chat, name: str, content: bytes, why: str
) -> None:
    answer = add(helper, chat, name, content)
    assert answer.context["form"].errors == {"file": [why]}
    assert (chat.files.count(), Change.objects.count()) == (0, 0)


def test_a_photo_among_the_files_hides_nothing(helper: Client, chat: Chat) -> None:
    add(helper, chat, "us.jpeg", take_photo())
    answer = helper.get(address(chat, "chat_file", "us.jpg"))
    assert (answer["Content-Type"], b"Secretmaker" in answer.content) == ("image/jpeg", False)


def test_two_files_of_one_name_get_two_names(helper: Client, chat: Chat, site: Site) -> None:
    add(helper, chat, "slides.pdf", PDF)
    add(helper, chat, "../slides.PDF", PDF + b" two")
    keep(site, chat)
    names = [one.name for one in chat.files.all()]
    assert names == ["files/slides.pdf", "files/slides-2.pdf"]


def test_everybody_has_a_file_only_where_a_host_says_so(
    as_role: dict[str, Client], chat: Chat, site: Site
) -> None:
    add(as_role["helper"], chat, "slides.pdf", PDF, is_public="on")
    team = dict.fromkeys(("helper", "host", "owner", "site-owner"), 200)
    others = dict.fromkeys(("stranger", "visitor", "outsider"), 404)
    assert {role: ask(browser, chat) for role, browser in as_role.items()} == others | team
    assert WORDS not in as_role["stranger"].get(chat.get_absolute_url()).content.decode()
    change(as_role["host"], chat, "describe", words="Slides, by Ana", is_public="on")
    assert {ask(browser, chat) for browser in as_role.values()} == {200}
    assert "Slides, by Ana" in as_role["stranger"].get(chat.get_absolute_url()).content.decode()
    assert change(as_role["helper"], chat, "out").status_code == 403
    keep(site, chat)
    assert read_kept(site, chat) == [("files/slides.pdf", "Slides, by Ana", True, False)]
    root = site.chats / str(chat.folder)
    with zipfile.ZipFile(io.BytesIO(export_story(root, "zip"))) as packed:
        assert packed.read("files/slides.pdf") == PDF


def test_another_file_takes_the_place_of_one(host: Client, chat: Chat, site: Site) -> None:
    add(host, chat, "slides.pdf", PDF, is_public="on")
    keep(site, chat)
    change(host, chat, "replace", file=bring("slides.pdf", PDF + b" again"))
    assert host.get(address(chat, "chat_file", "slides.pdf")).content == PDF + b" again"
    keep(site, chat)
    assert read_kept(site, chat) == [
        ("files/slides.pdf", "", False, True),
        ("files/slides.pdf", WORDS, True, False),
    ]
    assert host.get(address(chat, "chat_file", "slides.pdf")).content == PDF + b" again"


def test_a_file_that_is_taken_out_is_nowhere(
    as_role: dict[str, Client], chat: Chat, site: Site
) -> None:
    add(as_role["host"], chat, "slides.pdf", PDF, is_public="on")
    keep(site, chat)
    change(as_role["host"], chat, "out")
    assert {ask(browser, chat) for browser in as_role.values()} == {404}
    keep(site, chat)
    assert read_kept(site, chat) == [("files/slides.pdf", "", False, True)]
    assert not (site.chats / str(chat.folder) / "files" / "slides.pdf").exists()


def test_slides_may_come_before_the_chat_has_a_folder(host: Client, chat: Chat, site: Site) -> None:
    planned = Chat.objects.create(
        series=chat.series,
        slug="2026-12-01",
        title="The next one",
        starts_at=chat.starts_at,
        ends_at=chat.ends_at,
        state=ChatState.PLANNED,
    )
    add(host, planned, "slides.pdf", PDF, is_public="on")
    assert note_changes(site) == set()
    change = Change.objects.get(kind=ChangeKind.KEEP_FILE)
    waiting = find_waiting(site.uploads, change.pk)
    assert (change.state, waiting.read_bytes()) == (WorkState.WANTED, PDF)
    assert (ask(Client(), planned), list(list_left_uploads(site))) == (200, [])
    folder = f"{chat.series.slug}/2026-12-01"
    (site.chats / str(chat.folder)).rename(site.chats / folder)
    Chat.objects.filter(pk=planned.pk).update(folder=folder)
    assert note_changes(site) == set()
    planned.refresh_from_db()
    take_up(planned, site)
    assert read_kept(site, planned) == [("files/slides.pdf", WORDS, True, False)]
    assert ask(Client(), planned) == 200


def test_a_chat_that_is_full_takes_no_more(
    helper: Client, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chinwag.web.chats.actions.files.MOST_CHAT_BYTES", 20)
    add(helper, chat, "slides.pdf", PDF)
    answer = add(helper, chat, "more.pdf", PDF)
    assert answer.context["form"].errors == {
        "file": ["The files of a chat may have 200 MB together. Take one out first."]
    }
    assert ChatFile.objects.count() == 1
