"""A story: everything a page about the chat shows, in the order in which it shows it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from chinwag.model.chat import Chat, Question
from chinwag.model.edition import Block, HeadingBlock
from chinwag.model.ledger import Ledger
from chinwag.model.measures import Measures
from chinwag.model.note import Note
from chinwag.model.placement import Placement
from chinwag.model.post import Post
from chinwag.model.summary import QuestionSummary


class StoryQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the story: its summary, the posts that ask it and the posts placed on it.

    `question` is the chat's own question, None where only the summary knows the label.
    """

    summary: QuestionSummary
    asked: tuple[Post, ...]
    posts: tuple[Post, ...]
    question: Question | None = None


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of an edited story: its blocks under their heading; what opens it has none."""

    heading: HeadingBlock | None
    blocks: tuple[Block, ...]


class StoryEdition(msgspec.Struct, frozen=True, kw_only=True):
    """The host's version of a story: which edition it is, and what it says in which order.

    `hidden` is how many people's names it does not tell.
    """

    number: int
    at: datetime | None
    sections: tuple[Section, ...]
    hidden: int = 0


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """The whole write-up as values; `steps/publish` turns it into pages and files."""

    chat: Chat
    measures: Measures
    questions: tuple[StoryQuestion, ...]
    unplaced: tuple[Post, ...]
    posts: tuple[Post, ...]  # all of them, in time order
    placements: tuple[Placement, ...]
    ledger: Ledger
    made_with: str = ""  # the version of Chinwag that made it
    edition: StoryEdition | None = None  # None where nobody has edited it
    lead: tuple[Note, ...] = ()  # what was said, beyond how much; of an edited story nothing
    pictures: dict[str, bytes] = {}  # those that stand in the edition, by their names
