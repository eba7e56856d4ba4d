"""A story: everything a page about the chat shows, in the order in which it shows it."""

from __future__ import annotations

import msgspec

from chinwag.model.chat import Chat, Question
from chinwag.model.ledger import Ledger
from chinwag.model.measures import Measures
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
