"""The story: what a write-up shows, gathered and put in order.

Nothing is decided here about how it looks, and no text is changed. Posts that their authors deleted
lose whatever is left of them, so that no form of the story can show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from chinwag.model import (
    Chat,
    Ledger,
    Measures,
    Placement,
    Post,
    Question,
    QuestionSummary,
    Story,
    StoryEdition,
    StoryQuestion,
    Summary,
)


def build_story(
    chat: Chat,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    summary: Summary,
    ledger: Ledger,
    measures: Measures,
    *,
    made_with: str = "",
    edition: StoryEdition | None = None,
) -> Story:
    """Return everything that the write-up shows; `made_with` is Chinwag's version.

    Posts that were taken out are only counted: not even their times are shown. Questions stand in
    the chat's order, then those that only the summary knows; those of an `edition`, whose summary
    it then is, in the edition's. Posts are in time order everywhere. A placement by a person
    outranks any other of the same post. A story that nobody has edited opens with the summary's
    lead, except for its counts.
    """
    told = (_clear_tombstone(post) for post in posts if not post.removed)
    ordered = tuple(sorted(told, key=_tell_moment))
    chosen = _choose_placements(placements)
    questions = _gather_questions(chat, ordered, chosen, summary, edition)
    shown = {post.id for question in questions for post in (*question.asked, *question.posts)}
    return Story(
        chat=chat,
        measures=measures,
        questions=questions,
        unplaced=tuple(post for post in ordered if post.id not in shown),
        posts=ordered,
        placements=tuple(chosen[post.id] for post in ordered if post.id in chosen),
        ledger=msgspec.structs.replace(ledger, notes=(*ledger.notes, *summary.notes)),
        made_with=made_with,
        edition=edition,
        lead=() if edition else summary.lead[1:],
    )


def _tell_moment(post: Post) -> float:
    return post.created_at.timestamp()


def _clear_tombstone(post: Post) -> Post:
    """Return a deleted post with nothing of what it said; any other post as it is."""
    if not post.deleted:
        return post
    return msgspec.structs.replace(
        post,
        text="",
        hashtags=(),
        mentions=(),
        links=(),
        media=(),
        content_warning="",
        quote_of="",
        versions=(),
    )


def _choose_placements(placements: Sequence[Placement]) -> dict[str, Placement]:
    chosen: dict[str, Placement] = {}
    for placement in placements:
        before = chosen.get(placement.post, placement)
        if before.by != "person" or placement.by == "person":
            chosen[placement.post] = placement
    return chosen


def _gather_questions(
    chat: Chat,
    posts: Sequence[Post],
    placements: Mapping[str, Placement],
    summary: Summary,
    edition: StoryEdition | None,
) -> tuple[StoryQuestion, ...]:
    """Return a StoryQuestion for every question that the chat or the summary knows."""
    asked = {question.label: question for question in chat.questions}
    summed = {question.label: question for question in summary.questions if question.label}
    labels = list(dict.fromkeys((*summed, *asked) if edition else (*asked, *summed)))
    placed = _sort_by_label(posts, placements, asked)
    return tuple(
        _gather_question(label, asked.get(label), summed.get(label), placed.get(label, []))
        for label in labels
    )


def _sort_by_label(
    posts: Sequence[Post], placements: Mapping[str, Placement], asked: Mapping[str, Question]
) -> dict[str, list[tuple[Post, bool]]]:
    """Return the posts of each label in order, each with whether it asks the question."""
    asking = {post: label for label, question in asked.items() for post in question.posts}
    placed: dict[str, list[tuple[Post, bool]]] = {}
    for post in posts:
        label, asks = _find_label(placements.get(post.id), asking.get(post.id))
        if label is not None:
            placed.setdefault(label, []).append((post, asks))
    return placed


def _find_label(placement: Placement | None, asked: str | None) -> tuple[str | None, bool]:
    """Return where a post stands that asks the question `asked`, and whether it asks there.

    Only a person's placement under a question outranks that it asks another.
    """
    if placement is None:
        return asked, asked is not None
    label = placement.question
    if label is None or placement.by != "person":
        label = asked or label
    return label, label == asked or placement.kind == "question"


def _gather_question(
    label: str,
    question: Question | None,
    summary: QuestionSummary | None,
    posts: Sequence[tuple[Post, bool]],
) -> StoryQuestion:
    answers = tuple(post for post, asks in posts if not asks)
    return StoryQuestion(
        summary=summary or _summarise_nothing(label, question, answers),
        asked=tuple(post for post, asks in posts if asks),
        posts=answers,
        question=question,
    )


def _summarise_nothing(
    label: str, question: Question | None, answers: Sequence[Post]
) -> QuestionSummary:
    """Return the summary of a question on which the summary is silent: all posts left out."""
    return QuestionSummary(
        label=label,
        text=question.text if question else "",
        posts=len(answers),
        people=len({post.author for post in answers}),
        bullets=(),
        links=(),
        left_out=tuple(post.id for post in answers),
    )
