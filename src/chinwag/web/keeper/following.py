"""Keeping the index in step with a folder while a capture writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.db import transaction

from chinwag.capture.state import ChatState as FolderState
from chinwag.model import Chat as ChatFacts
from chinwag.model import Placement, Post
from chinwag.steps.publish import build_story
from chinwag.stores.folder import ChatFolder
from chinwag.web.chats.actions.marks import forget_marks
from chinwag.web.chats.models import Chat, Entry, EntryKind
from chinwag.web.chats.queries.posts import NO_MEASURES, NO_SUMMARY
from chinwag.web.keeper.chats import take_up
from chinwag.web.keeper.drafts import take_up_draft
from chinwag.web.keeper.entries import Cast, make_entry, make_post_row
from chinwag.web.keeper.index import replace_questions
from chinwag.web.live.tell import News, tell, tell_all
from chinwag.web.site import Site
from chinwag.workflows.edit_blocks import BlockMaterial
from chinwag.workflows.publish_chat import hide_people

Known = Mapping[str, tuple[Post, Placement | None]]

_LASTING = ("id", "chat", "kind", "key", "public")  # of an entry, whatever is said of its post
_CHANGING = [field.name for field in Entry._meta.concrete_fields if field.name not in _LASTING]


class IndexFollower:
    """Brings a chat's index up to what its folder says, and tells open pages what is new.

    What an earlier capture told already is not told again.
    """

    def __init__(self, chat: Chat, site: Site) -> None:
        self._chat = chat
        self._site = site
        self._known: Known | None = None

    def follow(self, state: FolderState) -> None:
        """Write what has changed since the last time, whole or not at all.

        Raises what the database raises; the next time brings what is missing then.
        """
        known = _read_known(self._chat) if self._known is None else self._known
        there = [post.id for post in state.posts if not post.deleted]
        state, own_ids = self._hide_people(state)
        placed = {placement.post: placement for placement in state.placements}
        now = {post.id: (post, placed.get(post.id)) for post in state.posts}
        gone = [key for key in known if key not in now]
        changed = [key for key, one in now.items() if known.get(key) != one]
        with transaction.atomic():
            self._delete(gone)
            self._write([now[key] for key in changed], Cast(state.chat, state.posts), own_ids)
            news = [News("gone", key) for key in gone]
            news += [_make_news(*now[key], is_new=key not in known) for key in changed]
            news += _write_questions(self._chat, state.chat)
            if any(one.kind == "gone" for one in news):
                forget_marks(self._chat, there)
            tell_all(self._chat, news)
        self._known = now
        if any(one.kind == "gone" for one in news) and self._is_written_up():
            take_up(self._chat, self._site)  # points and pages may have held the words

    def show_draft(self, material: BlockMaterial) -> None:
        """Let the draft be there as soon as its summary is: the pages of a story take seconds.

        Where the hosts hide people, it is left to `take_up`, which hides them everywhere at once.
        """
        edition = material.edition
        if edition.hidden or edition.names:
            return
        with transaction.atomic():
            tell_all(self._chat, _write_questions(self._chat, material.chat))
            chat = Chat.objects.get(pk=self._chat.pk)  # with what has just been written
            take_up_draft(chat, self._site.chats / str(chat.folder), material)
            tell(chat, "draft")

    def _hide_people(self, state: FolderState) -> tuple[FolderState, Mapping[str, str]]:
        """Return what the index may say of it, and by the ids there those that the folder has.

        Where the hosts have edited the story before, it may hide people, or call them otherwise.
        """
        edition = ChatFolder.open(self._site.chats / str(self._chat.folder)).read_edition()
        if edition is None or not (edition.hidden or edition.names):
            return state, {}
        story = build_story(
            state.chat, state.posts, state.placements, NO_SUMMARY, state.ledger, NO_MEASURES
        )
        story, own_ids = hide_people(story, edition)
        shown = state._replace(chat=story.chat, posts=story.posts, placements=story.placements)
        return shown, own_ids

    def _delete(self, keys: Sequence[str]) -> None:
        if keys:
            self._chat.entries.filter(kind=EntryKind.POST, key__in=keys).delete()

    def _write(
        self,
        posts: Sequence[tuple[Post, Placement | None]],
        cast: Cast,
        own_ids: Mapping[str, str],
    ) -> None:
        rows = (
            make_post_row(self._chat, post, placement, cast, own_ids.get(post.id, ""))
            for post, placement in posts
        )
        Entry.objects.bulk_create(
            [make_entry(row) for row in rows],
            update_conflicts=True,
            unique_fields=["chat", "kind", "key"],
            update_fields=_CHANGING,
        )

    def _is_written_up(self) -> bool:
        points = self._chat.entries.filter(kind=EntryKind.POINT)
        return points.exists() or self._chat.story_pages.exists()


def _read_known(chat: Chat) -> Known:
    """Return the posts as the index has them."""
    bodies = chat.entries.filter(kind=EntryKind.POST).values_list("key", "body")
    return {key: _read_body(body) for key, body in bodies}


def _read_body(body: Mapping[str, Any]) -> tuple[Post, Placement | None]:
    placed = body.get("placement")
    placement = msgspec.convert(placed, Placement) if placed else None
    return msgspec.convert(body["post"], Post), placement


def _make_news(post: Post, placement: Placement | None, *, is_new: bool) -> News:
    kind = "gone" if post.deleted else "post" if is_new else "changed"
    question = placement.question if placement else None
    return News(kind, post.id, {"question": question or ""})


def _write_questions(chat: Chat, said: ChatFacts) -> list[News]:
    """Bring what the chat says of itself up to date; return what open pages are told of it."""
    facts = msgspec.to_builtins(said)
    Chat.objects.filter(pk=chat.pk).exclude(facts=facts).update(facts=facts)
    before = dict(chat.entries.filter(kind=EntryKind.QUESTION).values_list("key", "text"))
    now = {question.label: question.text for question in said.questions}
    if before == now:
        return []
    replace_questions(chat, said.questions)
    return [News("question", label) for label in now if before.get(label) != now[label]]
