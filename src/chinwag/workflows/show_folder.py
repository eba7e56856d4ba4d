"""Look at a chat folder: the whole, one question, one post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from chinwag.errors import InputError
from chinwag.model import (
    AsideRow,
    Chat,
    Correction,
    Edit,
    Edition,
    Ledger,
    Measures,
    Note,
    Placement,
    Post,
    Removal,
    Summary,
)
from chinwag.steps.collect.doubts import doubt_agenda
from chinwag.steps.measure import measure_chat
from chinwag.steps.reading.people import People
from chinwag.stores.folder import ChatFolder, layout
from chinwag.workflows.find_post import find_post


class FolderView(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder holds; `summary` is None and `placements` empty where they are not made yet.

    `doubts` is what looks wrong in the agenda, where there is one.
    """

    chat: Chat
    measures: Measures
    ledger: Ledger
    placements: tuple[Placement, ...]
    summary: Summary | None
    aside: tuple[AsideRow, ...]
    doubts: tuple[Note, ...] = ()


class PlacedPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post and where it stands; `placement` is None where it has not been placed yet."""

    post: Post
    placement: Placement | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What people changed in a folder, each kind with the oldest first."""

    corrections: tuple[Correction, ...]
    removals: tuple[Removal, ...]
    edits: tuple[Edit, ...]
    editions: tuple[Edition, ...] = ()


class PersonView(msgspec.Struct, frozen=True, kw_only=True):
    """One person of a chat: how many posts, how many of them on a question, on which questions.

    What is not counted in the story, deleted posts, spam and reposts, is not counted here.
    """

    author: str
    name: str
    posts: int
    placed: int
    questions: tuple[str, ...]


def show_people(into: Path) -> tuple[PersonView, ...]:
    """Return who spoke, whoever wrote most first; the accounts of one host are one person.

    Raises FolderError where it is not a chat folder.
    """
    folder = ChatFolder.open(into)
    chat, posts, placements = folder.read_steadily(
        lambda: (folder.read_chat(), folder.read_posts(), _read_placements(folder))
    )
    counted = measure_chat(posts, placements, chat).by_person
    placed = {one.post: one for one in placements if one.question is not None}
    alive = [post for post in posts if not post.deleted]
    people = People(chat, alive)
    by_person: defaultdict[str, list[Post]] = defaultdict(list)
    for post in alive:
        by_person[people.find(post.author)].append(post)
    return tuple(
        _view_person(author, number, by_person[people.find(author)], placed)
        for author, number in counted.items()
    )


def _view_person(
    author: str, number: int, posts: Sequence[Post], placed: Mapping[str, Placement]
) -> PersonView:
    on = [
        placed[post.id].question or "" for post in posts if post.id in placed and not post.repost_of
    ]
    return PersonView(
        author=author,
        name=next((post.author_name for post in posts if post.author_name), ""),
        posts=number,
        placed=len(on),
        questions=tuple(dict.fromkeys(sorted(on, key=_count_label))),
    )


def _count_label(label: str) -> tuple[int, str]:
    whole = label.partition(".")[0]
    return (int(whole) if whole.isdecimal() else 0, label)


def show_changes(into: Path) -> Changes:
    """Return what people changed. Raises FolderError where it is not a chat folder."""
    folder = ChatFolder.open(into)
    return folder.read_steadily(
        lambda: Changes(
            corrections=folder.read_corrections(),
            removals=folder.read_removals(),
            edits=folder.read_edits(),
            editions=folder.read_editions(),
        )
    )


def show_folder(into: Path) -> FolderView:
    """Return what the folder holds. Raises FolderError where it is not a chat folder."""
    folder = ChatFolder.open(into)
    return folder.read_steadily(lambda: _view(folder))


def _view(folder: ChatFolder) -> FolderView:
    placements = _read_placements(folder)
    chat, posts = folder.read_chat(), folder.read_posts()
    return FolderView(
        chat=chat,
        measures=measure_chat(posts, placements, chat),
        ledger=folder.read_ledger(),
        placements=placements,
        summary=folder.read_summary() if folder.has(layout.SUMMARY) else None,
        aside=folder.read_aside(),
        doubts=doubt_agenda(chat, posts),
    )


def show_question(into: Path, label: str | None) -> tuple[PlacedPost, ...]:
    """Return the posts placed on a question, or on none, in time order.

    Raises InputError where the chat has no such question.
    """
    folder = ChatFolder.open(into)
    chat, posts, placements = folder.read_steadily(
        lambda: (folder.read_chat(), folder.read_posts(), folder.read_placements())
    )
    labels = [question.label for question in chat.questions]
    if label is not None and label not in labels:
        raise InputError(
            "This chat has no question {label}.", code="question-unknown", label=label, known=labels
        )
    placed = {one.post: one for one in placements if one.question == label}
    return tuple(
        PlacedPost(post=post, placement=placed[post.id])
        for post in posts
        if post.id in placed and not post.removed
    )


def show_post(into: Path, name: str) -> PlacedPost:
    """Return the post that is named by its id, its address, or the end of either.

    Raises InputError where none or several are so named.
    """
    folder = ChatFolder.open(into)
    posts, placements = folder.read_steadily(
        lambda: (folder.read_posts(), _read_placements(folder))
    )
    post = find_post(posts, name)
    standing = next((one for one in placements if one.post == post.id), None)
    return PlacedPost(post=post, placement=standing)


def _read_placements(folder: ChatFolder) -> tuple[Placement, ...]:
    return folder.read_placements() if folder.has(layout.PLACEMENTS) else ()
