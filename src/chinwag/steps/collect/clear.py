"""Clearing: cut what was made of posts that are gone out of everything made of a chat.

What is left is true, if not complete: it stands until all of it is made again, which takes seconds
and may come later. Meanwhile nobody can read anything that is cut here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from chinwag.model import (
    Bullet,
    CaptureRecord,
    Chat,
    Correction,
    Gap,
    Ledger,
    Placement,
    Post,
    Question,
    QuestionSummary,
    Rewording,
    Sent,
    Summary,
    make_note,
)
from chinwag.steps.collect.remove import Removed
from chinwag.steps.reading.people import People

Noted = TypeVar("Noted", bound=Placement)


def clear_chat(chat: Chat, removed: Removed) -> Chat:
    """Return the chat without the people and the words that were taken out.

    The wording of a question that is read from posts goes where one of them is gone.
    """
    return msgspec.structs.replace(
        chat,
        title=removed.mask(chat.title),
        contact=removed.mask(chat.contact),
        moderators=tuple(one for one in chat.moderators if not removed.covers_author(one.author)),
        not_moderators=tuple(one for one in chat.not_moderators if not removed.covers_author(one)),
        questions=tuple(_clear_question(one, removed) for one in chat.questions),
        one_person=tuple(_clear_groups(chat.one_person, removed)),
    )


def _clear_groups(groups: Iterable[tuple[str, ...]], removed: Removed) -> Iterator[tuple[str, ...]]:
    for group in groups:
        kept = tuple(one for one in group if not removed.covers_author(one.lstrip("@")))
        if len(kept) > 1:
            yield kept


def _clear_question(question: Question, removed: Removed) -> Question:
    is_cut = any(map(removed.covers_id, question.posts))
    text = removed.mask(question.text)
    if is_cut and question.by in ("posts", "time"):
        text = ""
    posts = tuple(dict.fromkeys(map(removed.rename, question.posts)))
    return msgspec.structs.replace(question, text=text, posts=posts)


def clear_placements(
    placements: Iterable[Placement], posts: Sequence[Post], removed: Removed
) -> tuple[Placement, ...]:
    """Return a placement for each post: the one it had, without words that are gone."""
    known = {removed.rename(one.post): one for one in placements}
    return tuple(_clear_placement(post, known.get(post.id), removed) for post in posts)


def _clear_placement(post: Post, known: Placement | None, removed: Removed) -> Placement:
    if known is None or post.deleted:
        return Placement(
            post=post.id,
            question=known.question if known and not post.removed else None,
            reason=make_note("not-placed-yet"),
            confidence=0.0,
            by="time",
            kind="reply",
        )
    return _clear_reason(known, removed)


def clear_corrections(
    corrections: Iterable[Correction], posts: Iterable[Post], removed: Removed
) -> list[Correction]:
    """Return the corrections of posts that are not gone, without words that are."""
    gone = {post.id for post in posts if post.deleted}
    return [
        _clear_reason(one, removed)
        for one in corrections
        if not (one.post in gone or removed.covers_id(one.post))
    ]


def _clear_reason(noted: Noted, removed: Removed) -> Noted:
    reason = removed.mask_note(noted.reason)
    return noted if reason is noted.reason else msgspec.structs.replace(noted, reason=reason)


def clear_outbox(sent: Iterable[Sent], removed: Removed) -> list[Sent]:
    """Return what was announced, without the words and the address of what is gone."""
    return [_clear_sent(one, removed) for one in sent]


def _clear_sent(sent: Sent, removed: Removed) -> Sent:
    if not sent.id or not removed.covers_id(sent.id):
        return msgspec.structs.replace(sent, text=removed.mask(sent.text))
    return msgspec.structs.replace(sent, text="", url="", id=removed.rename(sent.id))


def clear_ledger(ledger: Ledger, removed: Removed) -> Ledger:
    """Return the ledger without the ids, the words and the names of what is gone in its accounts.

    Its figures stay as they were counted.
    """
    return msgspec.structs.replace(
        ledger,
        gaps=tuple(_clear_gap(gap, removed) for gap in ledger.gaps),
        notes=tuple(map(removed.mask_note, ledger.notes)),
        capture=ledger.capture and _clear_capture(ledger.capture, removed),
    )


def _clear_gap(gap: Gap, removed: Removed) -> Gap:
    return msgspec.structs.replace(
        gap,
        what=removed.mask_note(gap.what),
        why=gap.why and removed.mask_note(gap.why),
        posts=tuple(map(removed.rename, gap.posts)),
    )


def _clear_capture(capture: CaptureRecord, removed: Removed) -> CaptureRecord:
    return msgspec.structs.replace(
        capture,
        late=tuple(map(removed.rename, capture.late)),
        edited=tuple(map(removed.rename, capture.edited)),
        tag_removed=tuple(map(removed.rename, capture.tag_removed)),
    )


def clear_rewordings(
    wordings: Iterable[Rewording], posts: Iterable[Post], removed: Removed
) -> list[Rewording]:
    """Return what a model said of posts that are all still there and still say the same."""
    there = {post.id for post in posts if not post.deleted}
    return [
        one
        for one in wordings
        if there.issuperset({*one.posts, *one.rests_on})
        and removed.mask(one.point) == one.point
        and removed.mask(one.said) == one.said
    ]


def clear_summary(
    summary: Summary,
    chat: Chat,
    posts: Sequence[Post],
    placements: Iterable[Placement],
    removed: Removed,
) -> Summary:
    """Return the summary without the points that rest on a post that is gone or says less now.

    Their other posts count as left out. What is said of all answers together goes with them.
    """
    said = {post.id: post for post in posts if not post.deleted}
    places = {one.post: one for one in placements}
    wordings = {question.label: question.text for question in chat.questions}
    accounts = People(chat, posts)

    def stands(bullet: Bullet) -> bool:
        ids = {*bullet.posts, bullet.quoted, *(part.post for part in bullet.parts)}
        ids |= {reply.post for reply in bullet.replies}
        texts = (bullet.text, *(quote.text for quote in (*bullet.parts, *bullet.replies)))
        return said.keys() >= ids and all(removed.mask(text) == text for text in texts)

    return Summary(
        questions=tuple(
            _clear_question_summary(
                one, wordings.get(one.label, ""), said, places, stands, removed, accounts
            )
            for one in summary.questions
        ),
        unplaced=tuple(id_ for id_ in summary.unplaced if id_ in said),
    )


def _clear_question_summary(
    question: QuestionSummary,
    wording: str,
    said: dict[str, Post],
    places: dict[str, Placement],
    stands: Callable[[Bullet], bool],
    removed: Removed,
    accounts: People,
) -> QuestionSummary:
    # A theme was made of words that people said; it comes back with the next summary.
    kept = tuple(
        msgspec.structs.replace(bullet, theme="") for bullet in question.bullets if stands(bullet)
    )
    behind = set(_list_behind(kept))
    loose = (*question.left_out, *_list_behind(question.bullets))
    left_out = (id_ for id_ in loose if id_ in said and id_ not in behind)
    placed = [
        said[id_]
        for id_, one in places.items()
        if id_ in said and one.question == question.label and one.kind != "question"
    ]
    links = (
        msgspec.structs.replace(link, posts=posts)
        for link in question.links
        if (posts := tuple(id_ for id_ in link.posts if id_ in said))
        and not removed.hides(link.url)
    )
    return QuestionSummary(
        label=question.label,
        text=wording,
        posts=len(placed),
        people=accounts.count(placed),
        bullets=kept,
        links=tuple(links),
        left_out=tuple(dict.fromkeys(left_out)),
    )


def _list_behind(bullets: Iterable[Bullet]) -> list[str]:
    """Return the posts that stand behind bullets or are quoted under them."""
    return [
        id_
        for bullet in bullets
        for id_ in (*bullet.posts, *(reply.post for reply in bullet.replies))
    ]
