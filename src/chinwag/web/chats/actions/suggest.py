"""Asking a language model for advice, and taking or leaving what it suggests.

A suggestion that is taken is an edit like any other, by the person who takes it. One whose block is
another by now, or whose post is gone, is not carried out, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from chinwag.model import SUGGESTED, Bullet, Edition, Move, PointBlock, Post
from chinwag.model import Suggestion as StorySuggestion
from chinwag.steps.editing import keep_edition, take_point
from chinwag.text.words import split_words
from chinwag.web.chats.actions import sort, write
from chinwag.web.chats.actions.declined import Declined
from chinwag.web.chats.actions.note import note
from chinwag.web.chats.models import (
    Advice,
    AdviceTask,
    Block,
    Change,
    Chat,
    Draft,
    EntryKind,
    Suggestion,
    SuggestionState,
    User,
    WorkState,
)
from chinwag.web.chats.queries.write import read_posts

_OVER = (WorkState.FOUND, WorkState.FAILED, WorkState.STOPPED)  # in which asking can be agreed to


@transaction.atomic
def count_advice(user: User, chat: Chat, model: str, task: str) -> Advice:
    """Have the keeper count what asking this model would send. Raises Declined while asking."""
    before = chat.advices.filter(model=model, task=task).first()
    try:
        with transaction.atomic():
            advice = Advice.objects.create(
                chat=chat,
                task=task,
                model=model,
                state=WorkState.LOOKING,
                decisions=before.decisions if before else [],
                made_by=user,
            )
    except IntegrityError as fault:
        raise Declined("advice-asked") from fault
    chat.advices.filter(state=WorkState.FOUND, task=task).delete()
    return advice


@transaction.atomic
def ask_advice(user: User, advice: Advice) -> None:
    """Agree to what was counted, and have the model asked. Raises Declined if it is being asked."""
    waiting = Advice.objects.filter(pk=advice.pk, state__in=_OVER).exclude(estimate={})
    if not waiting.update(state=WorkState.WANTED, tries=0, leased_until=None, problem={}):
        raise Declined("advice-asked")
    note(user, "asked a language model", advice.model, chat=advice.chat)


@transaction.atomic
def stop_advice(advice: Advice) -> None:
    """Have the model asked no further; what it has answered is kept for the next time."""
    going = Advice.objects.filter(
        pk=advice.pk, state__in=(WorkState.LOOKING, WorkState.FOUND, WorkState.WANTED)
    )
    going.update(state=WorkState.STOPPED, done_at=timezone.now(), leased_until=None)


def take_suggestion(user: User, row: Suggestion) -> Block | None:
    """Carry out a suggestion; return the block in which it shows.

    Raises Declined where it does not fit any more (it is set aside then), or is decided already.
    """
    with _set_aside_unfit(row):
        return _take(user, row)


def take_place(user: User, row: Suggestion) -> Change:
    """Put a post where it is suggested: a correction like any other. Raises as for a draft."""
    with _set_aside_unfit(row):
        return _take_place(user, row)


@transaction.atomic
def leave_suggestion(user: User, row: Suggestion) -> None:
    """Refuse a suggestion. Raises Declined where it is decided already."""
    if not _decide(user, row, SuggestionState.LEFT):
        raise Declined("suggestion-decided")


def take_all(user: User, chat: Chat, task: str) -> tuple[int, int]:
    """Carry out every open suggestion; return how many, and how many did not fit any more."""
    rows = list_open(chat, task)
    take: Callable[[User, Suggestion], object] = take_suggestion
    if task == AdviceTask.PLACES:
        take = take_place
    else:
        rows.sort(key=lambda row: (SUGGESTED.index(row.kind), row.place))
    unfit = 0
    for row in rows:
        try:
            take(user, row)
        except Declined:
            unfit += 1
    return len(rows) - unfit, unfit


@transaction.atomic
def leave_all(user: User, chat: Chat, task: str) -> int:
    """Refuse every open suggestion; return how many."""
    return sum(_decide(user, row, SuggestionState.LEFT) for row in list_open(chat, task))


def list_open(chat: Chat, task: str = AdviceTask.POINTS) -> list[Suggestion]:
    """Return the suggestions on which nobody has decided."""
    rows = Suggestion.objects.filter(advice__chat=chat, advice__task=task)
    return list(rows.filter(state=SuggestionState.OPEN))


@contextmanager
def _set_aside_unfit(row: Suggestion) -> Iterator[None]:
    """Set a suggestion aside that does not fit any more; nothing else is done then."""
    try:
        with transaction.atomic():
            yield
    except Declined as declined:
        open_ = Suggestion.objects.filter(pk=row.pk, state=SuggestionState.OPEN)
        open_.update(state=SuggestionState.STALE, why=declined.code, body={})
        raise


def _take_place(user: User, row: Suggestion) -> Change:
    row = Suggestion.objects.select_for_update().select_related("advice__chat").get(pk=row.pk)
    if row.state != SuggestionState.OPEN:
        raise Declined("suggestion-decided")
    chat, move = row.advice.chat, msgspec.convert(row.body, Move)
    named = Q(key=move.post) | Q(body__own_id=move.post)
    entry = chat.entries.filter(named, kind=EntryKind.POST).exclude(text="").first()
    if entry is None:
        raise Declined("suggestion-gone")
    if {"question": entry.question, "by": entry.placed_by} != row.seen:
        raise Declined("suggestion-stale")
    _decide(user, row, SuggestionState.TAKEN)
    return sort.correct_posts(user, chat, [entry], question=move.question or "", kind=move.kind)


def _take(user: User, row: Suggestion) -> Block | None:
    draft = Draft.objects.select_for_update().get(chat=row.advice.chat)
    row = Suggestion.objects.select_for_update().select_related("advice").get(pk=row.pk)
    if row.state != SuggestionState.OPEN:
        raise Declined("suggestion-decided")
    seen = row.seen["revisions"]
    _require_as_seen(draft, seen)
    standing = _Standing(draft)
    block = _CARRY_OUT[row.kind](user, standing, msgspec.convert(row.body, StorySuggestion), row)
    _decide(user, row, SuggestionState.TAKEN)
    _see_anew(row, seen)
    return block


def _decide(user: User, row: Suggestion, state: str) -> int:
    """Note what became of an open suggestion; return whether it was open."""
    open_ = Suggestion.objects.filter(pk=row.pk, state=SuggestionState.OPEN)
    return open_.update(state=state, body={}, decided_by=user, decided_at=timezone.now())


def _require_as_seen(draft: Draft, seen: Mapping[str, int]) -> None:
    now = {str(pk): revision for pk, revision in draft.blocks.values_list("pk", "revision")}
    if any(now.get(pk) != revision for pk, revision in seen.items()):
        raise Declined("suggestion-stale")


def _see_anew(row: Suggestion, before: Mapping[str, int]) -> None:
    """Update what other suggestions have seen of these blocks, now that this one is taken."""
    now = dict(Block.objects.filter(pk__in=before).values_list("pk", "revision"))
    for other in list_open(row.advice.chat):
        revisions = other.seen["revisions"]
        fresh = {
            pk: now.get(int(pk), seen) if before.get(pk) == seen else seen
            for pk, seen in revisions.items()
        }
        if fresh != revisions:
            other.seen = {**other.seen, "revisions": fresh}
            other.save(update_fields=["seen"])


class _Standing:
    """A draft as it stands: each point by the post that it quotes first, and its question."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.rows = list(draft.blocks.all())
        self.posts = read_posts(draft)
        self.points: dict[str, Block] = {}
        self.quoted: set[str] = set()
        self.homes: dict[int, str] = {}
        label = ""
        for row in self.rows:
            body = row.body
            if body["type"] == "heading" and body.get("level", 2) == 2:
                label = body.get("question", "")
            elif body["type"] == "point":
                self.points.setdefault(body["voices"][0]["quoted"], row)
                self.quoted.update(voice["quoted"] for voice in body["voices"])
            self.homes[row.pk] = label

    def find(self, mark: str) -> Block:
        """Return the block of a point. Raises Declined where it is no longer there."""
        if mark not in self.points:
            raise Declined("suggestion-stale")
        return self.points[mark]

    def require_true(self, bullet: Bullet) -> PointBlock:
        """Return a bullet as a point of today's posts. Raises Declined if they do not carry it."""
        point = take_point(bullet)
        (kept,) = keep_edition(Edition(number=0, blocks=(point,)), self.posts.values()).blocks
        if not isinstance(kept, PointBlock) or kept.bullet.text != bullet.text:
            raise Declined("suggestion-gone")
        return kept


def _move(user: User, standing: _Standing, said: StorySuggestion, row: Suggestion) -> Block:
    block = standing.find(said.points[0])
    if standing.homes[block.pk] != row.seen["home"]:
        raise Declined("suggestion-stale")
    write.put_under(user, block, said.question)
    return block


def _shorten(user: User, standing: _Standing, said: StorySuggestion, _row: Suggestion) -> Block:
    block = standing.find(said.points[0])
    bullet = standing.require_true(_require(said.bullet)).bullet
    return write.word_block(user, block, block.revision, {"text": bullet.text})


def _join(user: User, standing: _Standing, said: StorySuggestion, _row: Suggestion) -> Block:
    first, second = map(standing.find, said.points)
    after = standing.rows[standing.rows.index(first) + 1 :]
    if after[:1] != [second]:
        write.place_block(user, second, after[0] if after else None)
    return write.join_next(user, first)


def _name_theme(user: User, standing: _Standing, said: StorySuggestion, _row: Suggestion) -> Block:
    if not _list_words(standing.posts.values()).issuperset(split_words(said.theme)):
        raise Declined("suggestion-gone")
    return write.name_theme(user, standing.find(said.points[0]), said.theme)


def _put_in(user: User, standing: _Standing, said: StorySuggestion, _row: Suggestion) -> Block:
    bullet = _require(said.bullet)
    if bullet.quoted in standing.quoted:
        raise Declined("suggestion-stale")
    after = standing.points.get(said.after)
    if after is not None and standing.homes[after.pk] != said.question:
        after = None
    point = standing.require_true(bullet)
    return write.put_in_point(user, standing.draft, point, said.question, after)


def _order(user: User, standing: _Standing, said: StorySuggestion, row: Suggestion) -> None:
    seen = row.seen["order"]
    here = [
        one.pk for one in standing.rows
        if one.pk in seen and standing.homes[one.pk] == said.question
    ]  # fmt: skip
    if len(here) < 2 or here != [pk for pk in seen if pk in here]:
        raise Declined("suggestion-stale")
    wanted = [standing.points[mark].pk for mark in said.points if mark in standing.points]
    write.order_blocks(user, standing.draft, [pk for pk in wanted if pk in here])


def _require(bullet: Bullet | None) -> Bullet:
    if bullet is None:
        raise Declined("suggestion-gone")
    return bullet


def _list_words(posts: Iterable[Post]) -> set[str]:
    return {word for post in posts if not post.deleted for word in split_words(post.text)}


_CarryOut = Callable[[User, _Standing, StorySuggestion, Suggestion], Block | None]
_CARRY_OUT: dict[str, _CarryOut] = {
    "move": _move,
    "shorten": _shorten,
    "join": _join,
    "theme": _name_theme,
    "take": _put_in,
    "order": _order,
}
