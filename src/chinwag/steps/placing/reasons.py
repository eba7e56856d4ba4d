"""The reason for a placement, and the method behind it."""

from __future__ import annotations

from chinwag.model import Note, make_note
from chinwag.steps.placing.beliefs import Beliefs
from chinwag.steps.placing.evidence import Evidence
from chinwag.steps.reading.view import ChatView

_SHARES_WORDS = 1.0  # from this weight on, shared words alone are a reason


def explain(
    view: ChatView, at: int, state: int, evidence: Evidence, beliefs: Beliefs
) -> tuple[str, Note]:
    """Return the method that decided for `state`, one of METHODS, and the reason."""
    told = _explain_own(view, at, state, evidence) or _explain_tie(view, at, state, beliefs)
    if told:
        return told
    label, numbered = view.questions[state].label, view.numbered
    if view.newest[at] == state:
        seconds = int(view.age[at])
        return "time", make_note("came-after", question=label, numbered=numbered, seconds=seconds)
    if beliefs.by_words[at].get(state, 0.0) >= _SHARES_WORDS:
        return "words", make_note("shares-words", question=label, numbered=numbered)
    by_meaning = beliefs.by_meaning.get(at)
    if by_meaning and by_meaning[state] >= max(by_meaning.values()):
        return "meaning", make_note("near-in-meaning", question=label, numbered=numbered)
    return "sequence", _explain_sequence(view, at, state, beliefs)


def _explain_own(
    view: ChatView, at: int, state: int, evidence: Evidence
) -> tuple[str, Note] | None:
    """Return what the post itself says: that it asks, its label, or which question it answers."""
    question = view.questions[state]
    label, numbered = question.label, view.numbered
    if evidence.told.asks is not None:
        by = "label" if numbered else "time"
        if question.posts[0] == view.posts[at].id:
            return by, make_note("asks", question=label, numbered=numbered)
        return by, make_note("repeats", question=label, numbered=numbered)
    if state in evidence.told.named.weights:
        return "label", make_note("says-label", label=evidence.told.named.labels[state])
    if state in evidence.by_reply:
        return "reply", make_note("replies-to-question", question=label, numbered=numbered)
    return None


def _explain_tie(view: ChatView, at: int, state: int, beliefs: Beliefs) -> tuple[str, Note] | None:
    """Return what the post has to do with an answer to the question, None where it has nothing."""
    label, numbered = view.questions[state].label, view.numbered
    for other in (view.parent[at], view.mentioned[at]):
        if other < 0 or view.posts[other].id in view.asks:
            continue
        if beliefs.find_likeliest(other) != state:
            continue
        if view.posts[other].author == view.posts[at].author:
            return "reply", make_note("continues-answer", question=label, numbered=numbered)
        if other == view.parent[at]:
            return "reply", make_note("replies-to-answer", question=label, numbered=numbered)
        return "reply", make_note("speaks-to-author", question=label, numbered=numbered)
    return None


def _explain_sequence(view: ChatView, at: int, state: int, beliefs: Beliefs) -> Note:
    """Return the reason that lies in what the same person said before and after."""
    label, numbered = view.questions[state].label, view.numbered
    before = view.previous[at]
    if before >= 0 and beliefs.find_likeliest(before) == state:
        return make_note("follows-own-post", question=label, numbered=numbered)
    if view.newest[at] > state:
        return make_note("came-soon-after-next", question=label, numbered=numbered)
    return make_note("fits-own-posts", question=label, numbered=numbered)
