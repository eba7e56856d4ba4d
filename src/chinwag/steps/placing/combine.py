"""Combine: one joint decision over the whole chat, from what every method says.

Posts are the nodes of a graph, questions their states. Label, time (by the chat's pace), wording
and a direct reply to a question weigh states. Each person's turns are read as a chain; what people
say to one another hangs on those turns by replies, mentions and quotations. Belief propagation
(Pearl, 1982; with loops: Murphy, Weiss and Jordan, 1999) gives how likely each question is for each
post, which is its confidence. docs/researchers/method.md has the whole of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from chinwag.model import Chat, Note, Placement, Post, make_note
from chinwag.steps.kinds.kinds import NOWHERE
from chinwag.steps.placing import weights
from chinwag.steps.placing.by_label import find_named_parts, weigh_label
from chinwag.steps.placing.by_meaning import Meanings
from chinwag.steps.placing.by_reply import find_replies, weigh_reply
from chinwag.steps.placing.by_sequence import find_going_on
from chinwag.steps.placing.by_time import weigh_time
from chinwag.steps.placing.by_turn import follow_turns
from chinwag.steps.placing.by_words import WordModel
from chinwag.steps.placing.pace import Pace, find_pace
from chinwag.steps.placing.propagate import Tie, propagate
from chinwag.steps.placing.reasons import Evidence, explain
from chinwag.steps.placing.turns import find_turns
from chinwag.steps.reading.read_post import Readings, sort_posts
from chinwag.steps.reading.view import ChatView, view_chat
from chinwag.text.encoder import Encoder

_PASSES = 2  # words are read again once it is clearer what belongs where
_LOST = 0.5  # no more confidence than this in a post whose own text is not there
_CLOSED = timedelta(hours=12)  # so long after the last question nothing is taken to answer it,
_CLOSED_UNITS = 3  # or so many times what passes between two questions, if that is longer


def place_posts(
    chat: Chat,
    posts: Sequence[Post],
    corrections: Sequence[Placement] = (),
    *,
    pace: Pace | None = None,
    encoder: Encoder | None = None,
    readings: Readings | None = None,
) -> tuple[Placement, ...]:
    """Return one placement a post, in the order of `posts`.

    `chat` carries its questions (see `find_questions`). `corrections` (`by` "person") stand as
    given and inform the others. A post of no question, or whose question cannot be told, has
    `question` None and a reason. `pace` is the chat's where it is known; else it is found in the
    posts. An `encoder` helps with the posts that are in doubt; raises what it raises.
    `readings` are the run's, where there are some.
    """
    ordered = sort_posts(posts)
    view = find_turns(view_chat(chat, (readings or Readings()).read(ordered)))
    given = {correction.post: correction for correction in corrections}
    evidence = gather_evidence(view, given)
    known = pace or find_pace(view, find_known(evidence))
    wordings, ties = WordModel(view), tie_posts(view, given)
    beliefs = believe(view, evidence, known, wordings, ties)
    if encoder is not None and view.numbered:
        meanings = Meanings(view, beliefs, chat.hashtag, encoder)
        weighed = meanings.weigh([item.states for item in evidence], beliefs)
        for at, item in enumerate(evidence):
            item.by_meaning = weighed.get(at, {})
        beliefs = _believe_again(view, evidence, known, wordings, ties, beliefs)
    placements = {
        post.id: given.get(post.id) or _decide(view, at, evidence, beliefs)
        for at, post in enumerate(ordered)
    }
    return tuple(placements[post.id] for post in posts)


def believe(
    view: ChatView, evidence: Sequence[Evidence], pace: Pace, wordings: WordModel, ties: list[Tie]
) -> list[dict[int, float]]:
    """Give how likely each state is for each post; fills in what time and wording say of it."""
    for at, item in enumerate(evidence):
        item.add_time(weigh_time(view, at, pace))
    _carry_labels(view, evidence)
    beliefs = propagate([item.states for item in evidence], [])
    for _ in range(_PASSES):
        beliefs = _believe_again(view, evidence, pace, wordings, ties, beliefs)
    return beliefs


def _believe_again(
    view: ChatView,
    evidence: Sequence[Evidence],
    pace: Pace,
    wordings: WordModel,
    ties: list[Tie],
    beliefs: list[dict[int, float]],
) -> list[dict[int, float]]:
    """Give what is believed once the words are read by what was believed before."""
    doubtful = [len(item.states) > 1 for item in evidence]
    for item, weighed in zip(evidence, wordings.weigh(view, beliefs, doubtful), strict=True):
        item.by_wording = weighed
    nodes = [item.weigh() for item in evidence]
    if view.numbered and view.asks:  # groups are not answered one after the other
        apart = [item.weigh(timed=False) for item in evidence]
        for at, node in follow_turns(view, pace, apart).items():
            nodes[at] = node
    return propagate(nodes, ties)


def gather_evidence(
    view: ChatView, given: Mapping[str, Placement] = MappingProxyType({})
) -> list[Evidence]:
    """Collect what each method but time and wording says of each post by itself."""
    parts = find_named_parts(view)
    return [_gather(view, at, given.get(post.id), parts) for at, post in enumerate(view.posts)]


def _gather(
    view: ChatView, at: int, correction: Placement | None, parts: frozenset[int]
) -> Evidence:
    """Collect what each method but time says of one post by itself."""
    labels, label = weigh_label(view, at, parts)
    asks = view.asks.get(view.posts[at].id)
    settled = asks
    if correction:
        settled = view.states.get(correction.question or "", -1)
    return Evidence(
        kind=view.kinds[at],
        label=label,
        by_label=labels,
        by_reply=weigh_reply(view, at),
        asks=asks,
        settled=settled,
    )


def find_known(evidence: Sequence[Evidence]) -> dict[int, list[int]]:
    """Give the states of the posts whose author or a person said where they belong."""
    known: dict[int, list[int]] = {}
    for at, item in enumerate(evidence):
        if item.settled is not None and item.settled >= 0:
            known[at] = [item.settled]
        elif item.by_label and max(item.by_label.values()) >= weights.LABEL:
            known[at] = list(item.by_label)
    return known


def _carry_labels(view: ChatView, evidence: Sequence[Evidence]) -> None:
    """Put a question named long after its time in reach of the replies to whoever named it."""
    carried: list[frozenset[int]] = []
    for at, item in enumerate(evidence):
        before = {view.parent[at], view.mentioned[at], view.previous[at]} - {-1}
        known = frozenset[int]().union(*(carried[other] for other in before if other < at))
        named = (
            item.by_label if len(item.states) > 1 else () if item.asks is not None else item.states
        )
        carried.append(frozenset(named) or known)
        if item.asks is None and item.by_time and len(item.states) > 1:
            least = min(item.by_time.values())
            item.states.update({state: least for state in known if state not in item.states})


def tie_posts(view: ChatView, given: Mapping[str, Placement] = MappingProxyType({})) -> list[Tie]:
    """Give the ties between posts; posts that ask or that a person took out tie nothing."""
    apart = {
        at
        for at, post in enumerate(view.posts)
        if post.id in view.asks or (post.id in given and given[post.id].question is None)
    }
    ties = [*find_replies(view), *find_going_on(view)]
    return [tie for tie in ties if tie[0] not in apart and tie[1] not in apart]


def _decide(
    view: ChatView, at: int, evidence: list[Evidence], beliefs: list[dict[int, float]]
) -> Placement:
    post, item, belief = view.posts[at], evidence[at], beliefs[at]
    reason = refuse(view, at, item, belief)
    if reason:
        return Placement(
            post=post.id, question=None, reason=reason, confidence=0.8, by="time", kind=item.kind
        )
    state = max(belief, key=lambda key: (belief[key], key))
    by, why = explain(view, at, state, evidence, beliefs)
    confidence = _temper(belief, state)
    if post.text_lost or post.deleted or (post.repost_of and not item.label):
        confidence = min(confidence, _LOST)
    return Placement(
        post=post.id,
        question=view.questions[state].label,
        reason=why,
        confidence=round(min(confidence, 0.99), 3),
        by=by,
        kind=item.kind,
    )


def _temper(belief: dict[int, float], state: int) -> float:
    """Give how sure a state is, made modest: loops in the graph count some things twice."""
    shares = {key: math.pow(value, weights.SHARPNESS) for key, value in belief.items()}
    return shares[state] / math.fsum(shares.values())


def refuse(view: ChatView, at: int, item: Evidence, belief: dict[int, float]) -> Note | None:
    """Return why a post belongs to no question, None where it may belong to one."""
    post = view.posts[at]
    if item.asks is not None or (item.by_label and item.kind not in NOWHERE):
        return None
    if not view.questions:
        return make_note("no-questions")
    if item.kind in NOWHERE and not (item.kind == "thanks" and _answers_somebody(view, at)):
        return _REASONS[item.kind]
    if not belief:
        return make_note("before-first-question")
    closed = view.questions[-1].asked_at
    if (
        closed
        and post.created_at > closed + max(_CLOSED, _CLOSED_UNITS * timedelta(seconds=view.unit))
        and not (post.text_lost or view.parent[at] >= 0)
    ):
        return make_note("after-last-question")
    return None


def _answers_somebody(view: ChatView, at: int) -> bool:
    """Tell whether a post replies to one that is part of the talk: its thanks belong there."""
    return view.parent[at] >= 0 and view.kinds[view.parent[at]] not in NOWHERE


_REASONS = {
    "greeting": make_note("greets"),
    "thanks": make_note("thanks-only"),
    "housekeeping": make_note("runs-the-chat"),
    "announcement": make_note("announces"),
    "spam": make_note("like-spam"),
}
