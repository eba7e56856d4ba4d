"""Combine: every post's question, by one joint decision over the whole chat.

docs/researchers/method.md has the whole of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from chinwag.model import Chat, Placement, Post
from chinwag.steps.kinds.kinds import find_kinds
from chinwag.steps.placing.beliefs import Grounds, believe
from chinwag.steps.placing.by_words import WordModel
from chinwag.steps.placing.decide import decide
from chinwag.steps.placing.evidence import gather_evidence
from chinwag.steps.placing.pace import Pace, find_pace
from chinwag.steps.placing.ties import tie_posts
from chinwag.steps.placing.told import read_told
from chinwag.steps.placing.turns import find_turns
from chinwag.steps.reading.read_post import Readings, read_in_time
from chinwag.steps.reading.view import view_chat
from chinwag.text.encoder import Encoder


def place_posts(
    chat: Chat,
    posts: Sequence[Post],
    corrections: Sequence[Placement] = (),
    *,
    pace: Pace | None = None,
    encoder: Encoder | None = None,
    readings: Readings | None = None,
) -> tuple[Placement, ...]:
    """Return one placement for each post, in the order of `posts`.

    `chat` carries its questions (see `find_questions`). `corrections` (`by` "person") stand as
    given and inform the others. A post of no question, or whose question cannot be told, has
    `question` None and a reason. `pace` is the chat's where it is known; else it is found in the
    posts. An `encoder` helps with the posts that are in doubt; raises what it raises.
    `readings` are the run's, where there are some.
    """
    given = {correction.post: correction for correction in corrections}
    reads = read_in_time(posts, readings)
    view = view_chat(chat, reads)
    kinds = find_kinds(view)
    turns = find_turns(view, kinds)
    told = read_told(view, turns, given)
    pace = pace or find_pace(view, turns, told)
    evidence = gather_evidence(view, told, pace)
    words = WordModel(view)
    ties = tie_posts(view, given)
    beliefs = believe(Grounds(view, turns, pace, words, ties), evidence, encoder, chat.hashtag)
    placed = {
        post.id: given.get(post.id) or decide(view, turns, at, evidence[at], beliefs)
        for at, post in enumerate(view.posts)
    }
    return tuple(placed[post.id] for post in posts)
