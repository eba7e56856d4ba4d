"""From the site to a real WordPress: connected, tested, one post, edited again, after a removal too."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.blogs.local_wordpress import LocalWordPress
from tests.blogs.test_wordpress import Reader
from tests.web.conftest import as_role, chat, people, sample_folder, sample_rows, series, site

from chinwag.web.chats.models import Account, Change, Chat, Comments, EntryKind
from chinwag.web.keeper import sharing
from chinwag.web.keeper.changes import QUIET, follow_changes, note_changes
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.kinds import KINDS
from chinwag.web.site import Site
from chinwag.workflows.remove_posts import remove_posts

__all__ = ["as_role", "chat", "people", "sample_folder", "sample_rows", "series", "site"]
pytestmark = pytest.mark.networks


@pytest.fixture
def blog(wordpress: LocalWordPress, monkeypatch: pytest.MonkeyPatch) -> LocalWordPress:
    """Return the WordPress, named in the settings: it is on this machine."""
    monkeypatch.setenv("CHINWAG_WORDPRESS_ADDRESS", wordpress.address)
    return wordpress


def test_a_story_is_one_post_that_is_edited_again(
    blog: LocalWordPress,
    as_role: dict[str, Client],
    chat: Chat,
    site: Site,
) -> None:
    owner, host = as_role["owner"], as_role["host"]
    said = {"address": blog.address, "user": "editor", "password": blog.users["editor"]}
    owner.post(reverse("accounts", args=[chat.series.slug]), said)
    account = Account.objects.get()
    sharing.try_account(account.pk, site)
    account.refresh_from_db()
    assert (account.state, account.rights["may_publish"]) == ("done", True)

    names = {"series": chat.series.slug, "day": chat.slug}
    host.post(reverse("publish_story", kwargs=names), {"do": "publish"})
    Change.objects.update(made_at=timezone.now() - 2 * QUIET)
    assert note_changes(site) == set()
    follow_changes(chat.pk, site)
    wishes = {"tags": "stackschat", "categories": "Chats", "publish": "on"}
    where = reverse("publish_on_blog", kwargs={**names, "account_id": account.pk})

    def share() -> Any:
        host.post(where, wishes)
        publication = chat.publications.get()
        sharing.run_publication(publication.pk, site)
        publication.refresh_from_db()
        assert (publication.state, publication.standing, publication.problem) == (
            "done",
            "publish",
            {},
        )
        return publication

    first, second = share(), share()
    assert (first.url, second.edition) == (second.url, 1)
    reader = Reader(blog)
    posts = reader.ask("/posts", search="Libraries after dark", context="edit", status="any")
    assert [post["link"] for post in posts] == [first.url]

    for number in range(2):
        words = {"author_name": "Dee", "author_email": "dee@example.org"}
        said = reader.ask(
            "/comments", "POST", post=posts[0]["id"], content=f"Comment {number}", **words
        )
        reader.ask(f"/comments/{said['id']}", "POST", status="approved" if number else "hold")
    for due in KINDS["comments"].list_due():
        sharing.read_comments(due, site)
    counted = Comments.objects.get()
    assert (counted.state, counted.number) == ("done", 1)
    assert "1 comment there, read on" in host.get(reverse("share", kwargs=names)).content.decode()

    point = chat.entries.filter(kind=EntryKind.POINT).first()
    assert point is not None
    remove_posts(site.chats / str(chat.folder), [point.body["quoted"]], at=timezone.now())
    take_up(chat, site)
    sharing.run_publication(second.pk, site)
    (post,) = reader.ask("/posts", search="Libraries after dark", context="edit", status="any")
    assert point.text not in post["content"]["raw"]


def test_a_wrong_password_is_told_with_what_to_do(
    blog: LocalWordPress,
    as_role: dict[str, Client],
    chat: Chat,
    site: Site,
) -> None:
    owner = as_role["owner"]
    said = {"address": blog.address, "user": "editor", "password": "abcd efgh ijkl mnop qrst uvwx"}
    owner.post(reverse("accounts", args=[chat.series.slug]), said)
    account = Account.objects.get()
    sharing.try_account(account.pk, site)
    account.refresh_from_db()
    assert (account.state, account.problem["code"]) == ("failed", "wordpress-sign-in-unseen")
    page = owner.get(reverse("accounts", args=[chat.series.slug])).content.decode()
    assert "let the header Authorization through" in page
