"""The index: what a chat folder holds, as rows that the site finds, lists and shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from django.db import transaction

from chinwag.messages import LANGUAGES, open_catalogue
from chinwag.model import KeptFile, Measures, Question, Story, Summary
from chinwag.steps.measure import measure_chat
from chinwag.steps.publish import PostViews, build_story, render_fragment, render_main
from chinwag.stores.folder import ChatFolder, layout
from chinwag.version import __version__
from chinwag.web.chats.actions.files import show_files
from chinwag.web.chats.actions.marks import forget_marks
from chinwag.web.chats.actions.sort import show_on_top
from chinwag.web.chats.models import (
    Chat,
    ChatState,
    Entry,
    EntryKind,
    StoryPage,
    WorkState,
)
from chinwag.web.chats.queries.files import write_picture_address
from chinwag.web.keeper.bulk import insert_rows
from chinwag.web.keeper.entries import (
    Cast,
    EntryRow,
    make_point_rows,
    make_post_row,
    make_question_rows,
    make_story_row,
)
from chinwag.web.live.tell import tell
from chinwag.workflows.publish_chat import read_known_story, read_story

_INDEXED = (  # what the index says of a chat; `last_seq` is never written from a copy
    *("starts_at", "ends_at", "state", "title", "facts", "measures", "posts", "people"),
    *("indexed_as", "indexed_at"),
)
_SHORTEST = timedelta(minutes=1)  # a chat of one moment has an hour of its own, too
# The shape of what is indexed: chats indexed in an earlier shape are indexed again.
_SHAPE = " ".join(("4", *sorted(LANGUAGES)))


class Holding(NamedTuple):
    """What a folder held; `is_written_up` tells whether anything was summed up yet.

    `taken_out` counts how often something was taken out. `own_ids` are those by which the folder
    knows the posts of people whom the story hides.
    """

    digest: str
    changed_at: datetime
    story: Story
    is_written_up: bool
    files: tuple[KeptFile, ...]
    taken_out: int
    own_ids: Mapping[str, str] = {}


class Indexed(NamedTuple):
    """What was indexed.

    `published` is the story in the edition that is published, None where that is none;
    `is_changed` tells whether the folder says something else than when it was indexed before;
    `taken_out` is how often something was taken out of it.
    """

    published: Story | None
    is_changed: bool
    taken_out: int


def index_folder(chat: Chat, root: Path, *, anew: bool = False) -> Indexed | None:
    """Make the chat's part of the index anew where its folder has changed; None where it had not.

    With `anew` it is made in any case, but for pages of the story that are there already: they take
    the longest. Raises FolderError where the folder cannot be read: the index then stays as it is.
    """
    is_known = hash_folder(root) == chat.indexed_as
    if is_known and not anew:
        return None
    holding = read_holding(root)
    published = _read_published(chat, root, holding.story)
    shown = published or holding.story
    has_pages = is_known and chat.story_pages.count() >= len(LANGUAGES)
    pages = None if has_pages else _make_pages(chat, holding, shown)
    with transaction.atomic():
        _note_facts(chat, holding)  # what has no time of its own stands at the chat's beginning
        _replace_entries(chat, holding, shown)
        show_files(chat, holding.files)
        _forget_changes(chat, holding)
        show_on_top(chat)
        if pages is not None:
            _replace_pages(chat, pages)
        tell(chat, "indexed")
    return Indexed(published, not is_known, holding.taken_out)


def _read_published(chat: Chat, root: Path, standing: Story) -> Story | None:
    """Return the story in the edition that everybody reads, None where none is published.

    It is made of the posts of now, so that what was taken out is in no edition. Mostly it is the
    one that stands.
    """
    if not (chat.is_published and chat.published_edition and (root / layout.SUMMARY).exists()):
        return None
    if standing.edition and standing.edition.number == chat.published_edition:
        return standing
    return read_story(ChatFolder.open(root), chat.published_edition)


def hash_folder(root: Path) -> str:
    """Return a digest of all that the folder holds, and of what the index makes of it."""
    names = (layout.CHAT, layout.CHECKSUMS)
    held = b"".join((root / name).read_bytes() for name in names if (root / name).is_file())
    return hashlib.sha256(_SHAPE.encode() + held).hexdigest()


def read_holding(root: Path) -> Holding:
    """Return what the folder holds. Raises FolderError where it cannot be read.

    The digest is taken first: whatever changes meanwhile is found by it the next time.
    """
    digest, changed_at = hash_folder(root), _find_change(root)
    folder = ChatFolder.open(root)
    is_written_up = folder.has(layout.SUMMARY)
    if is_written_up:
        story, own_ids = read_known_story(folder)
    else:
        story, own_ids = folder.read_steadily(lambda: _read_bare_story(folder)), {}
    return Holding(
        digest=digest,
        changed_at=changed_at,
        story=story,
        is_written_up=is_written_up,
        files=folder.read_kept_files(),
        taken_out=folder.count_taken_out(),
        own_ids=own_ids,
    )


def _find_change(root: Path) -> datetime:
    """Return when a folder was last changed: it stays when the index is made anew of it."""
    sums = root / layout.CHECKSUMS
    changed = (sums if sums.is_file() else root / layout.CHAT).stat().st_mtime
    return datetime.fromtimestamp(changed, UTC)


def replace_questions(chat: Chat, questions: Sequence[Question]) -> None:
    """Let the index hold these questions of a chat. Call it in a transaction."""
    chat.entries.filter(kind=EntryKind.QUESTION).delete()
    insert_rows(Entry, make_question_rows(chat, questions))


def _read_bare_story(folder: ChatFolder) -> Story:
    """Return the story of a chat of which nothing has been summed up yet."""
    chat, posts = folder.read_chat(), folder.read_posts()
    placements = folder.read_placements() if folder.has(layout.PLACEMENTS) else ()
    return build_story(
        chat,
        posts,
        placements,
        Summary(questions=(), unplaced=()),
        folder.read_ledger(),
        measure_chat(posts, placements, chat),
        made_with=__version__,
    )


def _replace_entries(chat: Chat, holding: Holding, shown: Story) -> None:
    chat.entries.all().delete()
    insert_rows(Entry, _make_rows(chat, holding, shown))


def _forget_changes(chat: Chat, holding: Holding) -> None:
    """Drop what was changed of posts that are no longer there, so that nothing of them stays."""
    posts, own_ids = holding.story.posts, holding.own_ids
    there = {own_ids.get(post.id, post.id) for post in posts if not post.deleted}
    forget_marks(chat, there)
    done = chat.changes.filter(state__in=(WorkState.DONE, WorkState.FAILED))
    gone = [one.pk for one in done if not there.issuperset(one.what.get("posts", ()))]
    chat.changes.filter(pk__in=gone).delete()


def _make_rows(chat: Chat, holding: Holding, shown: Story) -> Iterator[EntryRow]:
    """Yield the rows of a chat's entries; its points are those of the edition everybody reads."""
    story = holding.story
    placements = {placement.post: placement for placement in story.placements}
    cast = Cast(story.chat, story.posts)
    for post in story.posts:
        own_id = holding.own_ids.get(post.id, "")
        yield make_post_row(chat, post, placements.get(post.id), cast, own_id)
    yield from make_question_rows(chat, story.chat.questions)
    yield from make_point_rows(chat, shown)
    if holding.is_written_up:
        yield make_story_row(chat, story)


def _make_pages(chat: Chat, holding: Holding, shown: Story) -> list[StoryPage]:
    """Return the pages of a story, none where nothing was summed up yet.

    Where something was written since the edition `shown` was published, the draft has its own.
    """
    languages = LANGUAGES if holding.is_written_up else ()
    pages = [_make_page(chat, shown, language) for language in languages]
    if shown.edition != holding.story.edition:
        pages += [_make_page(chat, holding.story, one, is_draft=True) for one in languages]
    return pages


def _make_page(chat: Chat, story: Story, language: str, *, is_draft: bool = False) -> StoryPage:
    find_address = partial(write_picture_address, chat)
    views = PostViews(story, open_catalogue(language))
    return StoryPage(
        chat=chat,
        language=language,
        is_draft=is_draft,
        html=render_main(story, language, find_address=find_address, views=views),
        fragment=render_fragment(story, language, find_address=find_address, views=views),
    )


def _replace_pages(chat: Chat, pages: Sequence[StoryPage]) -> None:
    chat.story_pages.all().delete()
    StoryPage.objects.bulk_create(pages)


def _note_facts(chat: Chat, holding: Holding) -> None:
    story = holding.story
    window = story.chat.window
    if window:
        chat.starts_at = window.start
        chat.ends_at = max(window.end, window.start + _SHORTEST)
    if chat.state == ChatState.PLANNED and story.posts:
        chat.state = ChatState.CLOSED
    chat.title = story.chat.title or f"#{story.chat.hashtag}"
    chat.facts = _to_json(story.chat)
    chat.measures = _list_measures(story.measures)
    chat.posts, chat.people = story.measures.posts, story.measures.people
    chat.indexed_as, chat.indexed_at = holding.digest, holding.changed_at
    chat.save(update_fields=_INDEXED)


def _list_measures(measures: Measures) -> dict[str, Any]:
    """Return the figures of a chat without anybody's name: the site counts people by entries."""
    return {name: value for name, value in _to_json(measures).items() if name != "by_person"}


def _to_json(value: Any) -> Any:
    return msgspec.to_builtins(value)
