"""Decide: from what is believed of a post to its placement, or to why it belongs nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from chinwag.model import Note, Placement, Post, make_note
from chinwag.steps.judging.surroundings import surround
from chinwag.steps.kinds.kinds import NOWHERE, weigh_outside
from chinwag.steps.placing.beliefs import Beliefs
from chinwag.steps.placing.evidence import Evidence
from chinwag.steps.placing.reasons import explain
from chinwag.steps.placing.turns import Turns
from chinwag.steps.reading.view import REACH, ChatView

_LOST = 0.5  # the most confidence in a post whose own text is not there
_MOST = 0.99  # the most confidence in any placement by the machine
_REFUSED = 0.8  # confidence that a post said at such a time belongs to no question
# So long after the last question nothing is taken to answer it, or after as many questions as it
# may answer late, whichever is longer.
_CLOSED = timedelta(hours=12)

_REASONS = {
    "greeting": make_note("greets"),
    "thanks": make_note("thanks-only"),
    "housekeeping": make_note("runs-the-chat"),
    "announcement": make_note("announces"),
    "spam": make_note("like-spam"),
}


def decide(
    view: ChatView, turns: Turns, at: int, evidence: Evidence, beliefs: Beliefs
) -> Placement:
    """Return the placement of the post at a place of the view."""
    post, kind, shares = view.posts[at], turns.kinds[at], beliefs.shares[at]
    refused = refuse(view, turns, at, evidence, shares)
    if refused:
        sure = _weigh_refusal(view, at, refused)
        return Placement(
            post=post.id, question=None, reason=refused, confidence=sure, by="time", kind=kind
        )
    state = max(shares, key=lambda key: (shares[key], key))
    by, reason = explain(view, at, state, evidence, beliefs)
    return Placement(
        post=post.id,
        question=view.questions[state].label,
        reason=reason,
        confidence=round(min(shares[state], _find_limit(post, evidence)), 3),
        by=by,
        kind=kind,
    )


def refuse(
    view: ChatView, turns: Turns, at: int, evidence: Evidence, shares: Mapping[int, float]
) -> Note | None:
    """Return why a post belongs to no question, None where it may belong to one."""
    kind = turns.kinds[at]
    if view.posts[at].removed:
        return make_note("taken-out")
    labelled = bool(evidence.told.named.weights) and kind not in NOWHERE
    if evidence.told.asks is not None or labelled:
        return None
    if not view.questions:
        return make_note("no-questions")
    belongs = kind == "thanks" and _answers_somebody(view, turns, at)
    if kind in NOWHERE and not belongs:
        return _REASONS[kind]
    if not shares:
        return make_note("before-first-question")
    if _is_after_all(view, at):
        return make_note("after-last-question")
    return None


def _weigh_refusal(view: ChatView, at: int, refused: Note) -> float:
    """Return how sure it is that a post belongs to no question: as its kind, if that decides."""
    if refused not in _REASONS.values():
        return _REFUSED
    return round(min(_MOST, weigh_outside(view.reads[at], surround(view, at))), 3)


def _answers_somebody(view: ChatView, turns: Turns, at: int) -> bool:
    """Return whether a post replies to one that is part of the talk: its thanks belong there."""
    parent = view.parent[at]
    return parent >= 0 and turns.kinds[parent] not in NOWHERE


def _is_after_all(view: ChatView, at: int) -> bool:
    """Return whether a post of its own comes long after the last question."""
    asked, post = view.questions[-1].asked_at, view.posts[at]
    if asked is None or post.text_lost or view.parent[at] >= 0:
        return False
    return post.created_at > asked + max(_CLOSED, REACH * timedelta(seconds=view.unit))


def _find_limit(post: Post, evidence: Evidence) -> float:
    """Return how sure a placement may be at the most: less where the text is not the author's."""
    passed_on = bool(post.repost_of) and not evidence.told.named.labels
    return _LOST if post.text_lost or post.deleted or passed_on else _MOST
