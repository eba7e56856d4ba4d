"""Sharing: what is published stays until it is published again; letters go once; people are told."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.blogs.memory_blog import MemoryBlog
from tests.web.conftest import address

from chinwag.errors import NetworkError
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import (
    Account,
    Block,
    Change,
    Chat,
    Comments,
    Entry,
    EntryKind,
    Letter,
    StoryPage,
)
from chinwag.web.chats.queries.downloads import NAMES
from chinwag.web.chats.queries.share import list_quoted, write_told
from chinwag.web.keeper import sharing
from chinwag.web.keeper.changes import QUIET, follow_changes, note_changes
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.compare import make_index_anew
from chinwag.web.keeper.kinds import KINDS
from chinwag.web.keeper.sharing import want_comments_again
from chinwag.web.site import Site
from chinwag.workflows.progress import say_nothing
from chinwag.workflows.remove_posts import remove_posts

OPENING = "We met on a wet evening."


def keep(site: Site, chat: Chat) -> Chat:
    """Let the keeper do what it does once nobody has changed anything for a while."""
    Change.objects.update(made_at=timezone.now() - 2 * QUIET)
    assert note_changes(site) == set()
    follow_changes(chat.pk, site)
    return Chat.objects.get(pk=chat.pk)


def publish(host: Client, chat: Chat, site: Site) -> Chat:
    done = host.post(address(chat, "publish_story"), {"do": "publish"})
    assert done["Location"] == address(chat, "share")
    return keep(site, chat)


def read_story(chat: Chat) -> str:
    return Client().get(address(chat, "story")).content.decode()


def test_what_is_published_stays_until_it_is_published_again(
    host: Client, chat: Chat, site: Site
) -> None:
    chat = publish(host, chat, site)
    assert (chat.published_edition, OPENING in read_story(chat)) == (1, False)
    host.post(address(chat, "add_block"), {"kind": "paragraph", "text": OPENING})
    chat = keep(site, chat)
    assert (chat.published_edition, OPENING in read_story(chat)) == (1, False)
    assert OPENING in host.get(address(chat, "preview")).content.decode()
    page = host.get(address(chat, "share")).content.decode()
    assert "The draft has changed since." in page

    chat = publish(host, chat, site)
    assert (chat.published_edition, OPENING in read_story(chat)) == (2, True)
    markdown = Client().get(address(chat, "story_file", "story.md")).content.decode()
    assert OPENING in markdown


def test_what_is_written_is_in_what_is_published_right_after(
    host: Client, chat: Chat, site: Site
) -> None:
    chat = publish(host, chat, site)
    host.post(address(chat, "add_block"), {"kind": "paragraph", "text": OPENING})
    host.post(address(chat, "publish_story"), {"do": "publish"})
    assert note_changes(site) == set()
    follow_changes(chat.pk, site)
    assert OPENING in read_story(chat)


def test_a_point_that_is_not_published_yet_is_found_by_nobody_else(
    host: Client, chat: Chat, site: Site
) -> None:
    chat = publish(host, chat, site)
    row = Block.objects.filter(draft__chat=chat, body__type="point").first()
    assert row is not None
    said = {"do": "word", "revision": row.revision, "text": "A zebra in the reading room"}
    host.post(address(chat, "change_block", row.pk), said)
    keep(site, chat)
    assert not chat.entries.filter(kind=EntryKind.POINT, text__contains="zebra").exists()


def test_a_removal_reaches_what_is_published(host: Client, chat: Chat, site: Site) -> None:
    chat = publish(host, chat, site)
    point = chat.entries.filter(kind=EntryKind.POINT).first()
    assert point is not None
    host.post(address(chat, "add_block"), {"kind": "paragraph", "text": OPENING})
    keep(site, chat)
    remove_posts(site.chats / str(chat.folder), [point.body["quoted"]], at=timezone.now())
    take_up(chat, site)
    held = [page.html for page in chat.story_pages.all()]
    files = [path.read_bytes().decode("utf-8", "replace") for path in
             (site.stories / str(chat.folder)).iterdir()]  # fmt: skip
    assert [point.text in one for one in (*held, *files)] == [False] * (len(held) + len(files))


def test_an_index_made_anew_leaves_a_published_story_as_it_was_rendered(
    host: Client, chat: Chat, site: Site
) -> None:
    chat = publish(host, chat, site)
    shown = site.stories / str(chat.folder)
    rendered = (shown / "story.md").read_bytes()
    (shown / "story.md").write_bytes(b"As an earlier version rendered it.")
    StoryPage.objects.update(html="As an earlier version rendered it.")
    entries = Entry.objects.count()
    Entry.objects.all().delete()
    assert make_index_anew(site, say_nothing) == (1, ())
    assert (shown / "story.md").read_bytes() == b"As an earlier version rendered it."
    assert "As an earlier version rendered it." in read_story(chat)
    assert Entry.objects.count() == entries
    shutil.rmtree(shown)
    assert make_index_anew(site, say_nothing) == (1, ())
    assert (shown / "story.md").read_bytes() == rendered


def test_every_form_can_be_taken_away(host: Client, chat: Chat, site: Site) -> None:
    chat = publish(host, chat, site)
    names = ("story.zip", "story.html", "story.md", "story.docx", "story.epub", "print.html")
    got = [Client().get(address(chat, "story_file", name)).status_code for name in names]
    assert got == [200] * len(names)
    page = host.get(address(chat, "share")).content.decode()
    assert [address(chat, "story_file", name) in page for name in names] == [True] * len(names)


def test_a_story_is_published_without_the_extra_for_word_processors(
    host: Client, chat: Chat, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chinwag.steps.publish.word_file.find_spec", lambda _name: None)
    chat = publish(host, chat, site)
    shown = site.stories / str(chat.folder)
    assert {path.name for path in shown.iterdir()} == NAMES.keys() - {"story.docx"}
    page = host.get(address(chat, "share")).content.decode()
    assert "installs the extra docx first" in page and "story.docx" not in page


def test_only_what_there_is_can_be_taken_away(host: Client, chat: Chat) -> None:
    """A chat that was added as published has no files but its folder's own."""
    page = host.get(address(chat, "share")).content.decode()
    offered = re.findall(r'<a href="[^"]*/story/(\w+\.\w+)"', page)
    assert offered == ["story.md", "story.epub", "print.html"]
    got = [Client().get(address(chat, "story_file", name)).status_code for name in offered]
    assert got == [200] * len(offered)


def write_letter(host: Client, chat: Chat, **said: str) -> Letter:
    given = {"to": "list@example.org", "subject": "It is\nout", "text": "Read it.\n\nAna"} | said
    host.post(address(chat, "write_letter"), given)
    return Letter.objects.latest("id")


def test_a_letter_is_shown_as_it_will_arrive_and_sent_once(
    host: Client, chat: Chat, site: Site
) -> None:
    letter = write_letter(host, chat)
    shown = host.get(address(chat, "letter", letter.pk)).content.decode()
    assert "Read it.\n\nAna" in shown
    assert mail.outbox == []
    host.post(address(chat, "letter", letter.pk))
    sharing.send_letter(letter.pk, site)
    sharing.send_letter(letter.pk, site)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (
        ["list@example.org"],
        "It is out",
        "Read it.\n\nAna",
    )
    letter.refresh_from_db()
    page = host.post(address(chat, "letter", letter.pk), follow=True)
    assert letter.state == "done"
    *_, told = page.context["messages"]
    assert str(told) == "It is sent already, or is being sent."


def test_a_letter_that_was_cut_off_is_sent_again_only_when_asked(
    host: Client, chat: Chat, site: Site
) -> None:
    letter = write_letter(host, chat)
    gone = timezone.now() - timedelta(minutes=1)
    Letter.objects.filter(pk=letter.pk).update(state="running", leased_until=gone)
    sharing.send_letter(letter.pk, site)
    assert mail.outbox == []
    assert "may have gone out or not" in host.get(address(chat, "share")).content.decode()
    host.post(address(chat, "letter", letter.pk))
    sharing.send_letter(letter.pk, site)
    assert len(mail.outbox) == 1


def test_a_mail_server_that_refuses_is_told(
    host: Client, chat: Chat, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> int:
        raise OSError("550 no such list")

    letter = write_letter(host, chat)
    host.post(address(chat, "letter", letter.pk))
    monkeypatch.setattr(mail.EmailMessage, "send", refuse)
    sharing.send_letter(letter.pk, site)
    page = host.get(address(chat, "share")).content.decode()
    assert "The mail server would not take it." in page


def test_people_are_told_in_texts_that_fit_their_network(chat: Chat) -> None:
    quoted = list_quoted(chat)
    assert set(quoted) == {"mastodon", "bluesky"}
    told = write_told(chat, "You are quoted.", "https://chats.example/s")
    for one in told:
        assert [len(text) <= {"mastodon": 480, "bluesky": 290}[one.network] for text in one.texts]
        named = [word[1:] for text in one.texts for word in text.split() if word[0] == "@"]
        assert named == quoted[one.network]


def connect(owner: Client, chat: Chat, blog: str) -> Account:
    said = {"address": blog, "user": "editor", "password": "abcd efgh ijkl"}
    page = owner.post(reverse("accounts", args=[chat.series.slug]), said, follow=True)
    assert b"abcd efgh" not in page.content
    return Account.objects.get()


def test_a_blog_inside_a_private_network_is_not_reached(
    as_role: dict[str, Client], chat: Chat, site: Site
) -> None:
    account = connect(as_role["owner"], chat, "http://127.0.0.1:9")
    sharing.try_account(account.pk, site)
    account.refresh_from_db()
    assert (account.state, account.problem["code"]) == ("failed", "blog-in-private-network")
    page = as_role["owner"].get(reverse("accounts", args=[chat.series.slug])).content.decode()
    assert "Whoever runs the site can name it in its settings." in page


def test_a_story_goes_to_a_blog_only_once_it_is_published(
    as_role: dict[str, Client], host: Client, chat: Chat
) -> None:
    account = connect(as_role["owner"], chat, "https://blog.example")
    chat.is_published = False
    chat.save()
    page = host.post(address(chat, "publish_on_blog", account.pk), {"tags": "a"}, follow=True)
    assert [str(one) for one in page.context["messages"]] == [
        "Publish the story on this site first."
    ]
    assert not chat.publications.exists()


def test_a_blog_that_fails_is_told_with_what_to_do(
    as_role: dict[str, Client],
    host: Client,
    chat: Chat,
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(*_: Any) -> None:
        raise NetworkError(
            "No REST interface answers at {address}.",
            code="wordpress-not-found",
            address="https://blog.example",
        )

    account = connect(as_role["owner"], chat, "https://blog.example")
    host.post(address(chat, "publish_on_blog", account.pk), {"tags": "a, b ,", "publish": "on"})
    publication = chat.publications.get()
    assert publication.wishes["tags"] == ["a", "b"]
    monkeypatch.setattr(sharing, "_publish", fail)
    sharing.run_publication(publication.pk, site)
    page = host.get(address(chat, "share")).content.decode()
    assert "Check that the address is right, and its REST API open." in page


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> MemoryBlog:
    """Return a blog, which answers at every address that the site knows."""
    blog = MemoryBlog()

    @asynccontextmanager
    async def open_shelf(_account: Account) -> AsyncIterator[MemoryBlog]:
        yield blog

    monkeypatch.setattr(sharing, "_open", open_shelf)
    monkeypatch.setenv("CHINWAG_WORDPRESS_ADDRESS", "https://blog.example")
    return blog


def do_due(kind: str, site: Site) -> None:
    """Let the keeper do the work of a kind that waits."""
    for due in KINDS[kind].list_due():
        KINDS[kind].run(due, site)


def test_comments_are_counted_with_when_and_a_failure_is_told(
    as_role: dict[str, Client], host: Client, chat: Chat, site: Site, shelf: MemoryBlog
) -> None:
    chat = publish(host, chat, site)
    account = connect(as_role["owner"], chat, "https://blog.example")
    host.post(address(chat, "publish_on_blog", account.pk), {"tags": "a", "publish": "on"})
    do_due("publication", site)
    assert "have not been counted yet. They are being counted." in tell_share(host, chat)
    shelf.comments[shelf.only.id] = 3
    do_due("comments", site)
    counted = Comments.objects.get()
    assert counted.read_at
    told = f"3 comments there, read on {counted.read_at:%-d %B %Y, %H:%M} (UTC)."
    assert told in tell_share(host, chat)

    host.post(address(chat, "read_comments", account.pk))
    shelf.fail(1, after=False)
    do_due("comments", site)
    page = tell_share(host, chat)
    assert told in page
    assert "The comments could not be counted. It broke." in page

    later = counted.read_at + timedelta(minutes=59)
    want_comments_again(later)
    assert KINDS["comments"].list_due() == []
    want_comments_again(later + timedelta(minutes=2))
    shelf.comments[shelf.only.id] = 1
    do_due("comments", site)
    assert "1 comment there, read on" in tell_share(host, chat)
    want_comments_again(later + timedelta(days=70))
    assert KINDS["comments"].list_due() == []


def test_where_no_post_is_no_comments_are_counted(
    as_role: dict[str, Client], host: Client, chat: Chat
) -> None:
    account = connect(as_role["owner"], chat, "https://blog.example")
    chat.publications.create(account=account, state="failed")
    page = host.post(address(chat, "read_comments", account.pk), follow=True)
    assert [str(one) for one in page.context["messages"]] == ["The story is not on that blog yet."]


def tell_share(host: Client, chat: Chat) -> str:
    return " ".join(host.get(address(chat, "share")).content.decode().split())


def test_posts_on_blogs_are_edited_again_after_a_removal(
    as_role: dict[str, Client], chat: Chat, site: Site
) -> None:
    account = connect(as_role["owner"], chat, "https://blog.example")
    publication = chat.publications.create(
        account=account, state="done", url="https://blog.example/1"
    )
    root = site.chats / str(chat.folder)
    remove_posts(root, [ChatFolder.open(root).read_posts()[5].id], at=timezone.now())
    take_up(chat, site)
    publication.refresh_from_db()
    assert publication.state == "wanted"


def test_people_are_told_under_the_names_of_their_networks(
    host: Client, chat: Chat, site: Site
) -> None:
    chat = publish(host, chat, site)
    page = host.get(address(chat, "share")).content.decode()
    names = re.findall(r'<h3>(.*?)</h3>.*?aria-label="(.*?)"', page, re.DOTALL)
    assert names == [(name, f"Text for {name}") for name in ("Mastodon", "Bluesky")]
