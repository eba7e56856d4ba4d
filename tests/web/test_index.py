"""The index says what the folder says, and can be thrown away."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.models import Chat, Entry, EntryKind, Event, StoryPage
from chinwag.web.chats.queries.chats import QuestionCount, list_questions
from chinwag.web.chats.queries.search import Search, search_entries
from chinwag.web.keeper.entries import Cast, EntryRow, make_entry, make_post_row
from chinwag.web.keeper.index import index_folder
from chinwag.web.site import Site
from chinwag.workflows.publish_chat import read_story
from chinwag.workflows.remove_posts import remove_posts


def list_entries(chat: Chat) -> list[dict[str, object]]:
    """Return all that the index says of a chat; only the numbers of its rows are left out."""
    shown = Entry.objects.filter(chat=chat).order_by("kind", "key")
    rows = (dict(row) for row in shown.values())
    return [{name: row[name] for name in row if name != "id"} for row in rows]


def count_found(words: str) -> int:
    return search_entries(Entry.objects.all(), Search(words)).count()


def test_every_post_and_question_of_the_folder_is_an_entry(chat: Chat, site: Site) -> None:
    folder = ChatFolder.open(site.chats / str(chat.folder))
    posts = {post.id: post.created_at for post in folder.read_posts()}
    entries = chat.entries.filter(kind=EntryKind.POST)
    assert dict(entries.values_list("key", "said_at")) == posts
    questions = chat.entries.filter(kind=EntryKind.QUESTION).values_list("key", "text")
    assert dict(questions) == {one.label: one.text for one in folder.read_chat().questions}
    placed = {one.post: one.question or "" for one in folder.read_placements()}
    assert dict(entries.values_list("key", "question")) == placed
    assert (chat.title, chat.posts, chat.people) == ("Libraries after dark", 355, 33)


def test_a_question_was_given_as_many_posts_as_its_story_says(chat: Chat, site: Site) -> None:
    told = read_story(ChatFolder.open(site.chats / str(chat.folder))).questions
    wanted = [QuestionCount(one.summary.label, one.summary.text, one.summary.posts) for one in told]
    assert list_questions(chat) == wanted


def test_the_index_made_anew_is_the_same(chat: Chat, site: Site) -> None:
    before, found = list_entries(chat), count_found("library")
    Entry.objects.all().delete()
    assert count_found("library") == 0
    StoryPage.objects.all().delete()
    Chat.objects.update(indexed_as="")
    chat.refresh_from_db()
    assert index_folder(chat, site.chats / str(chat.folder))
    assert list_entries(chat) == before
    assert (count_found("library"), found) == (47, 47)
    assert StoryPage.objects.get(chat=chat, language="en").html.count('class="points"') > 3


def test_the_index_made_anew_over_itself_is_the_same(chat: Chat, site: Site) -> None:
    before, found = list_entries(chat), count_found("library")
    assert index_folder(chat, site.chats / str(chat.folder), anew=True)
    assert (list_entries(chat), count_found("library")) == (before, found)


def test_an_index_that_was_cut_off_is_as_it_was(
    chat: Chat, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_chat: Chat) -> None:
        raise KeyboardInterrupt

    before, found = list_entries(chat), count_found("library")
    with monkeypatch.context() as patched:
        patched.setattr("chinwag.web.keeper.index.show_on_top", stop)
        with pytest.raises(KeyboardInterrupt):
            index_folder(chat, site.chats / str(chat.folder), anew=True)
    assert (list_entries(chat), count_found("library")) == (before, found)


def test_a_row_says_all_that_an_entry_has() -> None:
    columns = {field.attname for field in Entry._meta.concrete_fields}
    assert {*EntryRow._fields, "id"} == columns


def test_posts_that_a_capture_writes_are_as_the_index_has_them(chat: Chat, site: Site) -> None:
    made = list_entries(chat)
    folder = ChatFolder.open(site.chats / str(chat.folder))
    facts, posts = folder.read_chat(), folder.read_posts()
    placements = {one.post: one for one in folder.read_placements()}
    chat.entries.filter(kind=EntryKind.POST).delete()
    cast = Cast(facts, posts)
    rows = [make_post_row(chat, post, placements.get(post.id), cast) for post in posts]
    Entry.objects.bulk_create(make_entry(row) for row in rows)
    assert list_entries(chat) == made


def test_a_folder_that_has_not_changed_is_not_indexed_again(chat: Chat, site: Site) -> None:
    assert not index_folder(chat, site.chats / str(chat.folder))
    assert list(Event.objects.values_list("chat", "seq", "kind")) == [(chat.pk, 1, "indexed")]


def test_what_was_removed_is_in_no_row(chat: Chat, site: Site) -> None:
    folder = site.chats / str(chat.folder)
    posts = list(chat.entries.filter(kind=EntryKind.POST).exclude(author_key=""))
    authors = {post.author for post in posts}
    named = {  # by others, in an answer or in their words
        author
        for author in authors
        if any(author in json.dumps(post.body) for post in posts if post.author != author)
    }
    alone = [post for post in posts if post.author not in named]
    gone = max(alone, key=lambda entry: len(entry.body["post"]["text"]))
    remove_posts(folder, [], gone.author, at=datetime(2026, 11, 1, tzinfo=UTC))
    assert index_folder(chat, folder)
    assert not Entry.objects.filter(author_key=gone.author_key).exists()
    held = [*Entry.objects.values_list("text", "body"), *StoryPage.objects.values_list("html")]
    written = json.dumps(held, ensure_ascii=False)
    assert json.dumps(gone.body["post"]["text"], ensure_ascii=False)[1:-1] not in written
    assert gone.author not in written
