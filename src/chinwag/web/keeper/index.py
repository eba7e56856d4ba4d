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
from chinwag.model import Chat as ChatFacts
from chinwag.model import KeptFile, Measures, Placement, Post, Question, Story, Summary
from chinwag.steps.measure import measure_chat
from chinwag.steps.publish import PostViews, build_story, render_fragment, render_main
from chinwag.steps.reading.people import People
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
    name_public,
)
from chinwag.web.chats.queries.files import write_picture_address
from chinwag.web.keeper.bulk import insert_rows
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

    `own_ids` are those by which the folder knows the posts of people whom the story hides.
    """

    digest: str
    changed_at: datetime
    story: Story
    is_written_up: bool
    files: tuple[KeptFile, ...]
    own_ids: Mapping[str, str] = {}


class Indexed(NamedTuple):
    """What was indexed.

    `published` is the story in the edition that is published, None where that is none;
    `is_changed` tells whether the folder says something else than when it was indexed before.
    """

    published: Story | None
    is_changed: bool


def index_folder(chat: Chat, root: Path, *, anew: bool = False) -> Indexed | None:
    """Make the chat's part of the index anew where its folder has changed; None where it had not.

    With `anew` it is made in any case, but for pages of the story that are there already: they take
    the longest. Raises FolderError where the folder cannot be read: the index then stays as it is.
    """
    is_known = hash_folder(root) == chat.indexed_as
    if is_known and not anew:
        return None
    holding = read_holding(root)
    published = _read_published(chat, root)
    shown = published or holding.story
    has_pages = is_known and chat.story_pages.count() >= len(LANGUAGES)
    pages = None if has_pages else _make_pages(chat, holding, shown)
    with transaction.atomic():
        _replace_entries(chat, holding, shown)
        show_files(chat, holding.files)
        _forget_changes(chat, holding)
        show_on_top(chat)
        if pages is not None:
            _replace_pages(chat, pages)
        _note_facts(chat, holding)
        tell(chat, "indexed")
    return Indexed(published, not is_known)


def _read_published(chat: Chat, root: Path) -> Story | None:
    """Return the story in the edition that everybody reads, None where that is what stands.

    It is made of the posts of now, so that what was taken out is in no edition.
    """
    folder = ChatFolder.open(root)
    if not (chat.is_published and chat.published_edition and folder.has(layout.SUMMARY)):
        return None
    return read_story(folder, chat.published_edition)


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
    if folder.has(layout.SUMMARY):
        story, own_ids = read_known_story(folder)
        files = folder.read_kept_files()
        return Holding(digest, changed_at, story, is_written_up=True, files=files, own_ids=own_ids)
    story = folder.read_steadily(lambda: _read_bare_story(folder))
    files = folder.read_kept_files()
    return Holding(digest, changed_at, story, is_written_up=False, files=files)


class Cast:
    """Who said what in a chat, and to whom: a host's accounts are one person's."""

    def __init__(self, facts: ChatFacts, posts: Sequence[Post]) -> None:
        self._people = People(facts, posts)
        self._authors = {post.id: post.author for post in posts if post.is_spoken}

    def find_speaker(self, post: Post, placement: Placement | None) -> str:
        """Return who counts as having said a post; "" for a repost, spam and a tombstone."""
        is_spam = placement is not None and placement.kind == "spam"
        return "" if is_spam or not post.is_spoken else self._people.find(post.author)

    def find_answered(self, post: Post, speaker: str) -> str:
        """Return the other person of the chat whom a speaker's post answers, "" for nobody."""
        author = self._authors.get(post.reply_to or "", "")
        answered = self._people.find(author) if author and speaker else ""
        return "" if answered == speaker else answered


def _find_change(root: Path) -> datetime:
    """Return when a folder was last changed: it stays when the index is made anew of it."""
    sums = root / layout.CHECKSUMS
    changed = (sums if sums.is_file() else root / layout.CHAT).stat().st_mtime
    return datetime.fromtimestamp(changed, UTC)


def make_post_entry(
    chat: Chat, post: Post, placement: Placement | None, cast: Cast, own_id: str = ""
) -> Entry:
    """Return the entry of one post; a tombstone keeps its place and its time alone.

    `own_id` is that by which the folder knows the post of somebody whom the story hides.
    """
    own = {"own_id": own_id} if own_id else {}
    is_gone = post.deleted
    speaker = cast.find_speaker(post, placement)
    return Entry(
        chat=chat,
        kind=EntryKind.POST,
        key=post.id,
        public=name_public(chat, EntryKind.POST, post.id),
        author="" if is_gone else post.author,
        author_key="" if is_gone else post.author.casefold(),
        network=post.source.partition(":")[0],
        question=(placement.question or "") if placement else "",
        placed_by=placement.by if placement else "",
        confidence=placement.confidence if placement else 0,
        post_kind=placement.kind if placement else "",
        said_at=post.created_at,
        reply_to=post.reply_to or "",
        text="" if is_gone or post.text_lost else _write_searched(post),
        body={"post": _to_json(post), "placement": _to_json(placement), **own},
        speaker=speaker,
        answers=cast.find_answered(post, speaker),
        links=len(set(post.links)) if speaker and not post.text_lost else 0,
        passed_on=0 if is_gone else len(post.reposts) + bool(post.repost_of),
    )


def replace_questions(chat: Chat, questions: Sequence[Question]) -> None:
    """Let the index hold these questions of a chat. Call it in a transaction."""
    chat.entries.filter(kind=EntryKind.QUESTION).delete()
    Entry.objects.bulk_create(_make_question_entries(chat, questions))


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
    insert_rows(_make_entries(chat, holding, shown))


def _forget_changes(chat: Chat, holding: Holding) -> None:
    """Drop what was changed of posts that are no longer there, so that nothing of them stays."""
    posts, own_ids = holding.story.posts, holding.own_ids
    there = {own_ids.get(post.id, post.id) for post in posts if not post.deleted}
    forget_marks(chat, there)
    done = chat.changes.filter(state__in=(WorkState.DONE, WorkState.FAILED))
    gone = [one.pk for one in done if not there.issuperset(one.what.get("posts", ()))]
    chat.changes.filter(pk__in=gone).delete()


def _make_entries(chat: Chat, holding: Holding, shown: Story) -> Iterator[Entry]:
    """Yield the entries of a chat; its points are those of the edition that everybody reads."""
    story = holding.story
    placements = {placement.post: placement for placement in story.placements}
    cast = Cast(story.chat, story.posts)
    for post in story.posts:
        own_id = holding.own_ids.get(post.id, "")
        yield make_post_entry(chat, post, placements.get(post.id), cast, own_id)
    yield from _make_question_entries(chat, story.chat.questions)
    yield from _make_point_entries(chat, shown)
    if holding.is_written_up:
        yield _make_entry(
            chat, EntryKind.STORY, "story", text=story.chat.title, said_at=chat.starts_at
        )


def _make_question_entries(chat: Chat, questions: Sequence[Question]) -> Iterator[Entry]:
    for number, question in enumerate(questions):
        yield _make_entry(
            chat,
            EntryKind.QUESTION,
            question.label,
            text=question.text,
            question=question.label,
            said_at=question.asked_at or chat.starts_at,
            body={"place": number, "text": question.text},
        )


def _make_point_entries(chat: Chat, story: Story) -> Iterator[Entry]:
    times = {post.id: post.created_at for post in story.posts}
    for question in story.questions:
        for number, bullet in enumerate(question.summary.bullets, start=1):
            yield _make_entry(
                chat,
                EntryKind.POINT,
                f"{question.summary.label}/{bullet.quoted or number}",
                text=bullet.text,
                author=bullet.author,
                question=question.summary.label,
                said_at=times.get(bullet.quoted, chat.starts_at),
                body=_to_json(bullet),
            )


def _make_entry(chat: Chat, kind: str, key: str, **fields: Any) -> Entry:
    author = fields.get("author", "")
    public = name_public(chat, kind, key)
    return Entry(
        chat=chat, kind=kind, key=key, public=public, author_key=author.casefold(), **fields
    )


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


def _write_searched(post: Post) -> str:
    described = [media.alt for media in post.media if media.alt]
    return "\n".join((post.author_name, f"@{post.author}", post.text, *described))


def _to_json(value: Any) -> Any:
    return msgspec.to_builtins(value)
