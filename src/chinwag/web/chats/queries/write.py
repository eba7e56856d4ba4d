"""The draft of a story as a page of its blocks: what stands, what is beside it, what changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cached_property, partial
from typing import Any, NamedTuple

import msgspec
from django.utils import timezone

from chinwag.messages import open_catalogue
from chinwag.model import Block as StoryBlock
from chinwag.model import Bullet, Edition, HeadingBlock, Placement, PointBlock, Post, Story, Summary
from chinwag.steps.editing import (
    Material,
    gather_material,
    list_quotes,
    show_edition,
    summarise_edition,
)
from chinwag.steps.publish import PostViews, SectionViews, build_story
from chinwag.steps.publish.view_model import BlockView
from chinwag.web.chats.models import Block, Chat, ChatFile, Draft, EntryKind, Presence, User
from chinwag.web.chats.queries.files import list_pictures, write_picture_address
from chinwag.web.chats.queries.posts import NO_LEDGER, NO_MEASURES, choose_catalogue, read_facts

HERE = timedelta(seconds=60)  # without a sign of life, after which somebody counts as gone


class Behind(NamedTuple):
    """A post behind a point: who said it, and its words."""

    post: str
    author: str
    words: str


class Word(NamedTuple):
    """Words of a point beside those of its posts: `mark` is "", "ins" (the hosts') or "del"."""

    text: str
    mark: str


class ShownBlock(NamedTuple):
    """A block as the page shows it.

    `kind` is the library's. `text` is what can be edited, `view` how the story shows it. `behind`
    are a point's posts, `said` the words of its posts against its own where it was reworded,
    `joined` the number of points that it was made of, and `suggestions` what a model would change.
    """

    row: Block
    kind: str
    text: str
    view: BlockView
    question: str
    place: int
    behind: tuple[Behind, ...] = ()
    said: tuple[Word, ...] = ()
    joined: int = 1
    suggestions: tuple[Any, ...] = ()


class Spare(NamedTuple):
    """A point that does not stand in the draft, and may be taken."""

    quoted: str
    author: str
    text: str
    is_new: bool


class Beside(NamedTuple):
    """What stands beside one question: points that came since, and those left out."""

    label: str
    text: str
    spares: tuple[Spare, ...]


class DraftPage:
    """A chat's draft, read once: its blocks, its material, and how each is shown."""

    def __init__(self, chat: Chat, language: str) -> None:
        self.chat = chat
        self.draft: Draft = chat.draft
        self._language = choose_catalogue(language)
        self.rows = list(self.draft.blocks.select_related("edited_by"))

    @cached_property
    def blocks(self) -> tuple[StoryBlock, ...]:
        """The library's blocks, in order."""
        return tuple(read_block(row) for row in self.rows)

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """Every post of the chat, in time order, with everybody's own name."""
        return _choose_posts(self.draft, self._bodies)

    @cached_property
    def material(self) -> Material:
        """What can be chosen from, beside the blocks as they stand now."""
        return gather_material(
            read_facts(self.chat),
            self.posts,
            msgspec.convert(self.draft.summary, Summary),
            msgspec.convert(self.draft.candidates, dict[str, tuple[Bullet, ...]]),
            self.edition,
        )

    @cached_property
    def edition(self) -> Edition:
        """The draft as an edition."""
        return Edition(
            number=self.draft.edition,
            blocks=self.blocks,
            before=self.draft.edition,
            hidden=tuple(self.draft.hidden),
            names=self.draft.names,
            seen=tuple(self.draft.seen),
        )

    def list_blocks(self) -> list[ShownBlock]:
        """Return the blocks as the page shows them."""
        views, words = self._views, {post.id: post for post in self.posts}
        shown, question = [], ""
        for place, (row, block) in enumerate(zip(self.rows, self.blocks, strict=True), 1):
            if isinstance(block, HeadingBlock) and block.level == 2:
                question = block.question
            (view,) = views.show_blocks([block])
            told = ShownBlock(row, row.body["type"], read_text(block), view, question, place)
            shown.append(_tell_point(told, block, words) if isinstance(block, PointBlock) else told)
        return shown

    def list_beside(self) -> list[Beside]:
        """Return what stands beside each question that has something: what is new first."""
        material = self.material
        beside = []
        for label, text in material.questions.items():
            new = [_make_spare(point, is_new=True) for point in material.offers.get(label, ())]
            old = [_make_spare(point, is_new=False) for point in material.unused.get(label, ())]
            if new or old:
                beside.append(Beside(label, text, (*new, *old)))
        return beside

    def list_spare_pictures(self) -> list[ChatFile]:
        """Return the pictures that are kept, and that the draft does not show."""
        shown = self.edition.list_pictures()
        return [one for one in list_pictures(self.chat) if one.name not in shown]

    @cached_property
    def _bodies(self) -> list[dict[str, Any]]:
        return _read_bodies(self.chat)

    @cached_property
    def _views(self) -> SectionViews:
        summary = msgspec.convert(self.draft.summary, Summary)
        placements = [
            msgspec.convert(body["placement"], Placement)
            for body in self._bodies
            if body.get("placement")
        ]
        story: Story = build_story(
            read_facts(self.chat),
            self.posts,
            placements,
            summarise_edition(self.edition, summary),
            NO_LEDGER,
            NO_MEASURES,
            edition=show_edition(self.edition),
        )
        posts = PostViews(story, open_catalogue(self._language))
        return SectionViews(posts, partial(write_picture_address, self.chat))


def read_posts(draft: Draft) -> dict[str, Post]:
    """Return every post of a draft's chat by its id, with everybody's own name."""
    return {post.id: post for post in _choose_posts(draft, _read_bodies(draft.chat))}


def read_block(row: Block) -> StoryBlock:
    """Return the library's block of a row."""
    block: StoryBlock = msgspec.convert(row.body, StoryBlock)
    return block


def write_block(block: StoryBlock) -> dict[str, Any]:
    """Return the library's block as a row keeps it and gives it back."""
    body: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(block))
    return body


def read_text(block: StoryBlock) -> str:
    """Return the words of a block that can be edited; "" where there are none."""
    if isinstance(block, PointBlock):
        return block.bullet.text
    for name in ("text", "description", "words"):
        if hasattr(block, name):
            text: str = getattr(block, name)
            return text
    return ""


def list_present(chat: Chat, user: User) -> list[Presence]:
    """Return who else has this chat's desk open."""
    since = timezone.now() - HERE
    others = chat.presences.filter(seen_at__gt=since).exclude(user=user)
    return list(others.select_related("user").order_by("user__email"))


def compare_blocks(before: Iterable[Any], after: Iterable[Any]) -> list[tuple[str, str, str]]:
    """Return how blocks differ: ("same" | "changed" | "gone" | "new", words before, words after).

    Blocks are as rows keep them.
    """
    old, new = [_word(one) for one in before], [_word(one) for one in after]
    lines: list[tuple[str, str, str]] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            lines += [("same", words, words) for words in old[a:b]]
            continue
        paired = min(b - a, d - c)
        lines += [("changed", *two) for two in zip(old[a : a + paired], new[c:d], strict=False)]
        lines += [("gone", words, "") for words in old[a + paired : b]]
        lines += [("new", "", words) for words in new[c + paired : d]]
    return lines


def mark_words(before: str, after: str) -> tuple[Word, ...]:
    """Return how words became others: those that stayed, went ("del") and came ("ins")."""
    old, new = before.split(), after.split()
    marked: list[Word] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            marked.append(Word(" ".join(old[a:b]), ""))
            continue
        marked += [Word(" ".join(old[a:b]), "del")] if b > a else []
        marked += [Word(" ".join(new[c:d]), "ins")] if d > c else []
    return tuple(marked)


def _read_bodies(chat: Chat) -> list[dict[str, Any]]:
    """Return what the index holds of every post, in time order."""
    entries = chat.entries.filter(kind=EntryKind.POST).order_by("said_at", "id")
    return list(entries.values_list("body", flat=True))


def _choose_posts(draft: Draft, bodies: Iterable[dict[str, Any]]) -> tuple[Post, ...]:
    """Return the posts as they are: those of the index, except where it holds them masked."""
    told = draft.posts or [body["post"] for body in bodies]
    return msgspec.convert(told, tuple[Post, ...])


def _tell_point(shown: ShownBlock, point: PointBlock, posts: dict[str, Post]) -> ShownBlock:
    behind = tuple(
        Behind(one, posts[one].author, posts[one].text)
        for one in point.bullet.posts
        if one in posts
    )
    said: tuple[Word, ...] = ()
    if point.bullet.origin != "quoted":
        quotes: Sequence[str] = [quote.text for quote in list_quotes(point.bullet)]
        said = mark_words(" ".join(quotes) or point.voices[0].text, point.bullet.text)
    return shown._replace(behind=behind, said=said, joined=len(point.voices))


def _make_spare(point: PointBlock, *, is_new: bool) -> Spare:
    bullet = point.bullet
    return Spare(bullet.quoted, bullet.author, bullet.text, is_new)


def _word(body: dict[str, Any]) -> str:
    words = body.get("bullet", {}).get("text") or body.get("quote", {}).get("text")
    return words or body.get("text") or body.get("description") or body.get("url") or "—"
