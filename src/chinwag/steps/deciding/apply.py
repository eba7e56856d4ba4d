"""Decisions put to use, each held against the posts again at that moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import zip_longest

import msgspec

from chinwag.model import (
    Bullet,
    Chat,
    Choice,
    Decision,
    Move,
    Note,
    Placement,
    Post,
    make_note,
)
from chinwag.steps.deciding.follow import find_followers
from chinwag.steps.deciding.judge import is_theme
from chinwag.steps.deciding.stretches import take_stretch
from chinwag.steps.tracing.askings import asks_question
from chinwag.text.words import split_words

CONFIDENCE = 0.9  # of a placement by a model; a person's is 1


def keep_decisions(decisions: Iterable[Decision], posts: Iterable[Post]) -> tuple[Decision, ...]:
    """Return the decisions without what rests on posts that are gone or say something else now."""
    decisions = tuple(decisions)
    if not decisions:
        return ()  # most chats have none, and their posts need not be read
    there = {post.id: post for post in posts if not post.deleted}
    said = {word for post in there.values() for word in split_words(post.text)}
    kept = (_keep(one, there, said) for one in decisions)
    return tuple(one for one in kept if one.choices or one.moves or one.digest)


def _keep(decision: Decision, there: Mapping[str, Post], said: set[str]) -> Decision:
    choices = tuple(
        msgspec.structs.replace(
            one,
            same=tuple(post for post in one.same if post in there),
            theme=one.theme if is_theme(one.theme, said) else "",
        )
        for one in decision.choices
        if one.post in there and take_stretch(one.text, there[one.post].text) == one.text
    )
    moves = tuple(one for one in decision.moves if one.post in there)
    if (choices, moves) == (decision.choices, decision.moves):
        return decision
    return msgspec.structs.replace(decision, choices=choices, moves=moves, digest="")


def put_in(kept: Iterable[Decision], new: Decision, current: Iterable[str]) -> tuple[Decision, ...]:
    """Return the kept decisions with a new one in the place of earlier ones on the same matter.

    `current` are the digests of all that is asked now: other parts of it stay.
    """
    standing = set(current) - {new.digest}
    rest = (one for one in kept if not _is_replaced(one, new, standing))
    return (*rest, new)


def _is_replaced(one: Decision, new: Decision, standing: set[str]) -> bool:
    same_matter = (one.task, one.question) == (new.task, new.question)
    return same_matter and one.digest not in standing


def place_by_decisions(
    chat: Chat,
    posts: Iterable[Post],
    placements: Sequence[Placement],
    decisions: Iterable[Decision],
) -> tuple[Placement, ...]:
    """Return the placements with those of a model in the place of the machine's.

    People's corrections stand, and so do posts that ask. What a model said of a post in doubt
    outranks what it said in passing, when it chose points. Replies of which it said nothing go with
    the post in doubt that they answer.
    """
    ranked = sorted(decisions, key=lambda one: one.task != "choose")
    if not ranked:
        return tuple(placements)
    moved = _move(chat, placements, ranked)
    asked = {move.post for one in ranked if one.task == "place" for move in one.moves}
    return _follow(chat, posts, placements, moved, asked)


def _move(
    chat: Chat, placements: Sequence[Placement], ranked: Sequence[Decision]
) -> list[Placement]:
    moves = {move.post: (move, one.model) for one in ranked for move in one.moves}
    asking = {post for question in chat.questions for post in question.posts}
    labels = {question.label for question in chat.questions}
    return [
        _place(placement, *moves[placement.post], chat)
        if placement.post in moves
        and _may_move(placement, moves[placement.post][0], asking, labels)
        else placement
        for placement in placements
    ]


def _follow(
    chat: Chat,
    posts: Iterable[Post],
    before: Sequence[Placement],
    moved: Sequence[Placement],
    asked: Set[str],
) -> tuple[Placement, ...]:
    """Return the placements with the replies gone along with what was `asked` about and moved."""
    old = {one.post: one for one in before}
    new = {one.post: one for one in moved}
    for reply, answered in find_followers(chat, posts, old).items():
        left = new[answered].question != old[answered].question
        if left and answered in asked and new[reply] is old[reply] and new[answered].question:
            new[reply] = _go_along(new[reply], new[answered], chat)
            asked = asked | {reply}
    return tuple(new[one.post] for one in before)


def _go_along(reply: Placement, answered: Placement, chat: Chat) -> Placement:
    question = answered.question or ""
    reason = make_note("replies-to-answer", question=question, numbered=chat.numbered)
    return msgspec.structs.replace(
        reply, question=question, reason=reason, confidence=CONFIDENCE, by="reply"
    )


def _may_move(placement: Placement, move: Move, asking: set[str], labels: set[str]) -> bool:
    if placement.by == "person" or placement.kind == "question" or placement.post in asking:
        return False
    return move.question is None or move.question in labels


def _place(placement: Placement, move: Move, model: str, chat: Chat) -> Placement:
    reason = (
        make_note("model-placed-nowhere", model=model)
        if move.question is None
        else make_note("model-placed", model=model, question=move.question, numbered=chat.numbered)
    )
    return msgspec.structs.replace(
        placement,
        question=move.question,
        reason=reason,
        confidence=CONFIDENCE,
        by="model",
        kind=move.kind or placement.kind,
    )


def choose_bullets(
    chat: Chat,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    decisions: Sequence[Decision],
) -> dict[str, tuple[Bullet, ...]]:
    """Return the points that a model chose for each question of which any stands, best first.

    A point stands under the question where its post stands now. Each post stands behind one.
    """
    if not decisions:
        return {}
    standing = _Standing(chat, posts, placements)
    chosen: dict[str, list[Bullet]] = {}
    for choice in _rank(decisions):
        question = standing.find(choice.post)
        bullets = chosen.setdefault(question, []) if question else []
        if question and len(bullets) < chat.most_bullets:
            bullet = standing.make_bullet(choice, question)
            if bullet:
                bullets.append(bullet)
    return {question: tuple(bullets) for question, bullets in chosen.items() if bullets}


def _rank(decisions: Iterable[Decision]) -> list[Choice]:
    """Return the choices of every question: the best of each part, then the second of each, ...

    Those of posts that were moved elsewhere come last, after the choices of where they go.
    """
    parts = [one for one in decisions if one.task == "choose"]
    moved = {move.post for one in parts for move in one.moves}
    ranks = zip_longest(*(one.choices for one in parts))
    ordered = [choice for rank in ranks for choice in rank if choice is not None]
    return sorted(ordered, key=lambda choice: choice.post in moved)


class _Standing:
    """Which posts may stand behind points now, and which do already."""

    def __init__(self, chat: Chat, posts: Sequence[Post], placements: Iterable[Placement]) -> None:
        self.posts = {post.id: post for post in posts}
        self.used: set[str] = set()
        questions = {question.label: question for question in chat.questions}
        self.question: dict[str, str] = {}
        self.said: dict[str, set[str]] = {}
        for one in placements:
            post, label = self.posts.get(one.post), one.question
            if post is None or label not in questions:
                continue
            if asks_question(one, questions[label].posts):
                continue
            if not (post.deleted or post.text_lost or post.repost_of):
                self.question[post.id] = label
                self.said.setdefault(label, set()).update(split_words(post.text))

    def find(self, post: str) -> str:
        """Return the question on which a post may stand behind a point; "" where there is none."""
        return "" if post in self.used else self.question.get(post, "")

    def make_bullet(self, choice: Choice, question: str) -> Bullet | None:
        """Return a choice as a point, None where its words do not stand in the post."""
        quoted = self.posts[choice.post]
        if take_stretch(choice.text, quoted.text) != choice.text:
            return None
        others = [one for one in choice.same if self.find(one) == question and one != quoted.id]
        behind = (quoted.id, *dict.fromkeys(others))
        self.used.update(behind)
        people = len({self.posts[one].author for one in behind})
        return Bullet(
            text=choice.text,
            posts=behind,
            people=people,
            kind="shared" if people > 1 else "single",
            quoted=quoted.id,
            author=quoted.author,
            theme=choice.theme if is_theme(choice.theme, self.said[question]) else "",
        )


def note_decisions(
    decisions: Sequence[Decision], bullets: Mapping[str, object]
) -> tuple[Note, ...]:
    """Return what the story says of a model that chose its points; () where none did."""
    if not bullets:
        return ()
    chosen = [one for one in decisions if one.task == "choose"]
    model = chosen[-1].model
    dropped = sum(sum(one.dropped.values()) for one in decisions)
    notes = [make_note("model-chose", model=model, questions=len(bullets))]
    if dropped:
        notes.append(make_note("model-dropped", model=model, dropped=dropped))
    return tuple(notes)
