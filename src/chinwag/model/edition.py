"""An edition: the host's version of the story, as an ordered list of blocks.

The draft is what Chinwag makes of the summary; an edition is what a person made of a draft or of
an earlier edition. It stands whatever comes later, until another edition does.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from chinwag.model.kept_file import is_picture
from chinwag.model.note import Note
from chinwag.model.summary import Bullet, Quote


class HeadingBlock(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="heading"):
    """A heading: a question's, by its label, or one of the host's own, with the label "".

    `text` is the wording when the edition was made. It is shown where the host reworded it
    (`reworded`) or where the chat has no such question; else the chat's own wording is.
    `level` is 2, or 3 for an own heading inside a question.
    """

    text: str
    question: str = ""
    reworded: bool = False
    level: int = 2


class ParagraphBlock(msgspec.Struct, frozen=True, kw_only=True, tag="paragraph"):
    """Words of the host's own, as Markdown: a paragraph, a list, a table of none."""

    text: str


class PointBlock(msgspec.Struct, frozen=True, kw_only=True, tag="point"):
    """A point: `bullet` as it is shown, whose `origin` tells whose words it is in.

    `voices` are the points that it was made of, as they were found: one, or several where the host
    joined them. A voice whose post is taken out goes, and the others stand.
    """

    bullet: Bullet
    voices: tuple[Bullet, ...]


class QuotationBlock(msgspec.Struct, frozen=True, kw_only=True, tag="quotation"):
    """Words of one post, letter for letter, set apart."""

    quote: Quote


class PictureBlock(msgspec.Struct, frozen=True, kw_only=True, tag="picture"):
    """A picture, with what it shows in words: one of the chat folder, or by its web address.

    `address` is then the picture's name in the folder (`is_picture`).
    """

    address: str
    description: str


class LinkBlock(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="link"):
    """A resource: its web address, the host's words for it, and the posts that shared it."""

    url: str
    words: str = ""
    posts: tuple[str, ...] = ()


class RuleBlock(msgspec.Struct, frozen=True, kw_only=True, tag="rule"):
    """A line across, between two parts."""


class GoneBlock(msgspec.Struct, frozen=True, kw_only=True, tag="gone"):
    """The place of something that is gone, and why it is."""

    why: Note


Block = (
    HeadingBlock
    | ParagraphBlock
    | PointBlock
    | QuotationBlock
    | PictureBlock
    | LinkBlock
    | RuleBlock
    | GoneBlock
)


class Edition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The host's version of a story: `edition.json`, and a line of `editions.jsonl`.

    `number` counts a chat's editions from 1; 0 is the draft, which nobody edited. `who` made it and
    `at` which time (aware UTC). `before` is the number of the edition that it was made from.
    `hidden` are handles, without `@`, of people whom no file of the story names. `names` are the
    names to show, by handle. `seen` are the ids of the posts that the sheet offered when it was
    made: a point of any other post has come since.
    """

    number: int
    blocks: tuple[Block, ...]
    who: str = ""
    at: datetime | None = None
    before: int = 0
    hidden: tuple[str, ...] = ()
    names: dict[str, str] = {}
    seen: tuple[str, ...] = ()

    def list_pictures(self) -> tuple[str, ...]:
        """Return the names of the chat folder's pictures that stand in it, in order."""
        addresses = (one.address for one in self.blocks if isinstance(one, PictureBlock))
        return tuple(dict.fromkeys(filter(is_picture, addresses)))
