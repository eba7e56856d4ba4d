"""The view model: what a page shows of posts, points and questions, ready to be written down.

A view holds words and harmless addresses; it decides what is shown of a post, never how that looks.
Words are plain text, for a template to escape, but for `html`, which is escaped already.
"""

from __future__ import annotations

import msgspec
from markupsafe import Markup


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote something: the name as given, the handle with "@", the page where known."""

    name: str
    handle: str
    profile: str = ""

    @property
    def shown(self) -> str:
        """The name, or the handle where no name is known."""
        return self.name or self.handle


class Parent(msgspec.Struct, frozen=True, kw_only=True):
    """What a post answers: whose post, its first words, and its anchor where it is here."""

    shown: str
    words: str
    anchor: str


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A picture, film or sound: what it shows in words, and its address where it may be opened."""

    words: str
    address: str


class Former(msgspec.Struct, frozen=True, kw_only=True):
    """What a post said before, and since when."""

    html: Markup
    since: str


class PostView(msgspec.Struct, frozen=True, kw_only=True):
    """One post as a page shows it.

    `state` is "said", "deleted" or "lost"; where it is not "said", the fields from `html` on are
    empty. `time` is in the chat's zone, `iso` the same moment in UTC for machines. `placed` says
    why the post stands where it does, and `label` names its question, "" for none. `anchor` is the
    post's id in a page.
    """

    id: str
    anchor: str
    author: Author
    time: str
    iso: str
    address: str
    site: str
    state: str
    lang: str
    parent: Parent | None
    reposts: int
    sightings: str
    placed: str
    label: str
    asks: bool
    html: Markup = Markup("")
    warning: str = ""
    quoted: str = ""
    attachments: tuple[Attachment, ...] = ()
    edited: str = ""
    formers: tuple[Former, ...] = ()
    spam: bool = False
    passes_on: bool = False


class ReplyView(msgspec.Struct, frozen=True, kw_only=True):
    """What answers a point and is quoted under it."""

    text: str
    lang: str
    author: Author
    anchor: str


class BulletView(msgspec.Struct, frozen=True, kw_only=True):
    """One point: its words, its credit, and the posts behind it.

    `worded` says by whom it was worded, "" where it is a quotation. `theme` is what it is about, ""
    where nobody named that.
    """

    text: str
    worded: str
    replies: tuple[ReplyView, ...]
    lang: str
    shared: bool
    people: int
    agreed: int
    author: Author
    posts: tuple[PostView, ...]
    theme: str = ""


class ThemeView(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that several people used, and the posts that use it."""

    phrase: str
    people: int
    posts: tuple[PostView, ...]


class LinkView(msgspec.Struct, frozen=True, kw_only=True):
    """A resource: its address as shown and as opened ("" where it may not be), who shared it.

    `words` are the host's for it, "" where there are none.
    """

    shown: str
    address: str
    people: tuple[tuple[str, str], ...]
    words: str = ""


class BlockView(msgspec.Struct, frozen=True, kw_only=True):
    """A block of an edited story; points and links that follow each other are one block.

    `kind` is "points", "links", "paragraph", "quotation", "picture", "heading", "rule" or "gone";
    `html` are the host's words or ours, `address` the picture's, "" where it may not be opened,
    and `shown` the one from which a picture is shown, "" for one that is linked to.
    """

    kind: str
    html: Markup = Markup("")
    points: tuple[BulletView, ...] = ()
    links: tuple[LinkView, ...] = ()
    quotation: ReplyView | None = None
    address: str = ""
    shown: str = ""


class SectionView(msgspec.Struct, frozen=True, kw_only=True):
    """A part of an edited story: under a question, under the host's heading, or what opens it.

    `question` is None where it stands under none, and `heading` is "" where nothing stands over it.
    """

    question: QuestionView | None
    heading: str
    anchor: str
    blocks: tuple[BlockView, ...]


class QuestionView(msgspec.Struct, frozen=True, kw_only=True):
    """One question: how it is called, who asked it when, its points and all its posts."""

    anchor: str
    label: str
    head: str
    tail: str
    spoken: str
    text: str
    lang: str
    asked: str
    lead: str
    counts: str
    posts: int
    shared: tuple[BulletView, ...]
    single: tuple[BulletView, ...]
    themes: tuple[ThemeView, ...]
    links: tuple[LinkView, ...]
    left_out: tuple[PostView, ...]
    archive: tuple[PostView, ...]
