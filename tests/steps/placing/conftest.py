"""Chats as placing sees them: a view with kinds that are given, not judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest

from chinwag.model import Chat, Placement, Post
from chinwag.steps.placing.beliefs import Beliefs, Grounds, believe
from chinwag.steps.placing.by_words import WordModel
from chinwag.steps.placing.decide import decide
from chinwag.steps.placing.evidence import Evidence, gather_evidence
from chinwag.steps.placing.pace import Pace, find_pace
from chinwag.steps.placing.ties import tie_posts
from chinwag.steps.placing.told import read_told
from chinwag.steps.placing.turns import Turns, find_turns
from chinwag.steps.questions import find_questions
from chinwag.steps.reading.read_post import read_in_time
from chinwag.steps.reading.view import ChatView, view_chat
from chinwag.text.encoder import Encoder


class Looked(NamedTuple):
    """A chat as the methods see it."""

    chat: Chat
    view: ChatView
    turns: Turns
    pace: Pace

    def believe(self, encoder: Encoder | None = None) -> tuple[list[Evidence], Beliefs]:
        """Return the evidence of each post, and what is believed of it."""
        told = read_told(self.view, self.turns, {})
        evidence = gather_evidence(self.view, told, self.pace)
        ties = tie_posts(self.view, {})
        words = WordModel(self.view)
        grounds = Grounds(self.view, self.turns, self.pace, words, ties)
        return evidence, believe(grounds, evidence, encoder, self.chat.hashtag)

    def place(self) -> list[Placement]:
        """Return the placements in time order, as `place_posts` makes them."""
        evidence, beliefs = self.believe()
        return [
            decide(self.view, self.turns, at, evidence[at], beliefs)
            for at in range(len(self.view.posts))
        ]


def look_at(
    chat: Chat, posts: Sequence[Post], kinds: Mapping[str, str] | None = None, **asked: object
) -> Looked:
    """Return a chat whose posts are of the given kinds, by id; others ask, or answer."""
    found = find_questions(chat, posts, **asked)  # type: ignore[arg-type]
    view = view_chat(found, read_in_time(posts))
    usual = ["question" if post.id in view.asks else "answer" for post in view.posts]
    known = kinds or {}
    given = [known.get(post.id, one) for post, one in zip(view.posts, usual, strict=True)]
    turns = find_turns(view, given)
    return Looked(found, view, turns, find_pace(view, turns, read_told(view, turns, {})))


@pytest.fixture
def look() -> object:
    return look_at
