"""The entries of a chat as rows: its posts, its questions, the points of its story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from chinwag.model import Chat as ChatFacts
from chinwag.model import Placement, Post, Question, Story
from chinwag.steps.reading.people import People
from chinwag.web.chats.models import Chat, Entry, EntryKind, name_public


class EntryRow(NamedTuple):
    """The columns of an entry, by the names that `Entry` has for them.

    `body` holds the library's own values.
    """

    chat_id: int
    kind: str
    key: str
    public: str
    said_at: datetime
    author: str = ""
    author_key: str = ""
    network: str = ""
    question: str = ""
    placed_by: str = ""
    confidence: float = 0
    post_kind: str = ""
    reply_to: str = ""
    text: str = ""
    body: Any = {}  # noqa: RUF012 (a NamedTuple's default)
    speaker: str = ""
    answers: str = ""
    links: int = 0
    passed_on: int = 0


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


def make_entry(row: EntryRow) -> Entry:
    """Return the entry of a row, to be saved by itself."""
    return Entry(**row._replace(body=msgspec.to_builtins(row.body))._asdict())


def make_post_row(
    chat: Chat, post: Post, placement: Placement | None, cast: Cast, own_id: str = ""
) -> EntryRow:
    """Return the row of one post; a tombstone keeps its place and its time alone.

    `own_id` is that by which the folder knows the post of somebody whom the story hides.
    """
    own = {"own_id": own_id} if own_id else {}
    is_gone = post.deleted
    speaker = cast.find_speaker(post, placement)
    return EntryRow(
        chat_id=chat.pk,
        kind=EntryKind.POST.value,
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
        body={"post": post, "placement": placement, **own},
        speaker=speaker,
        answers=cast.find_answered(post, speaker),
        links=len(set(post.links)) if speaker and not post.text_lost else 0,
        passed_on=0 if is_gone else len(post.reposts) + bool(post.repost_of),
    )


def make_question_rows(chat: Chat, questions: Sequence[Question]) -> Iterator[EntryRow]:
    """Yield the rows of a chat's questions, in their order."""
    for number, question in enumerate(questions):
        yield _make_row(
            chat,
            EntryKind.QUESTION,
            question.label,
            text=question.text,
            question=question.label,
            said_at=question.asked_at or chat.starts_at,
            body={"place": number, "text": question.text},
        )


def make_point_rows(chat: Chat, story: Story) -> Iterator[EntryRow]:
    """Yield the rows of a story's points."""
    times = {post.id: post.created_at for post in story.posts}
    for question in story.questions:
        for number, bullet in enumerate(question.summary.bullets, start=1):
            yield _make_row(
                chat,
                EntryKind.POINT,
                f"{question.summary.label}/{bullet.quoted or number}",
                text=bullet.text,
                author=bullet.author,
                author_key=bullet.author.casefold(),
                question=question.summary.label,
                said_at=times.get(bullet.quoted, chat.starts_at),
                body=bullet,
            )


def make_story_row(chat: Chat, story: Story) -> EntryRow:
    """Return the row of a story itself."""
    return _make_row(chat, EntryKind.STORY, "story", text=story.chat.title, said_at=chat.starts_at)


def _make_row(chat: Chat, kind: EntryKind, key: str, **columns: Any) -> EntryRow:
    public = name_public(chat, kind, key)
    return EntryRow(chat_id=chat.pk, kind=kind.value, key=key, public=public, **columns)


def _write_searched(post: Post) -> str:
    described = [media.alt for media in post.media if media.alt]
    return "\n".join((post.author_name, f"@{post.author}", post.text, *described))
