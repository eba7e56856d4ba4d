"""Suggestions: what another choice of points would change in an edition, one change at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chinwag.model import Block, Bullet, HeadingBlock, PointBlock, Post, Suggestion
from chinwag.steps.editing.points import put_behind


def suggest_edits(
    blocks: Sequence[Block], chosen: Mapping[str, Sequence[Bullet]], posts: Sequence[Post]
) -> tuple[Suggestion, ...]:
    """Return what would make of some blocks the points chosen for each question, best first.

    Nothing is left out of the blocks, and words of the hosts' own stay. A question that has no
    heading among the blocks is passed over. Every bullet has to stand in its posts.
    """
    standing = _Standing(blocks, {post.id: post for post in posts})
    return tuple(
        suggestion
        for label, bullets in chosen.items()
        if label in standing.labels
        for suggestion in standing.suggest(label, bullets)
    )


class _Place(NamedTuple):
    """A point of the blocks, and the label of the question under which it stands."""

    block: PointBlock
    question: str

    @property
    def mark(self) -> str:
        return self.block.voices[0].quoted


class _Standing:
    """The points as they stand: which quotes a post, and which has it behind it."""

    def __init__(self, blocks: Sequence[Block], posts: Mapping[str, Post]) -> None:
        self.labels: set[str] = set()
        self._posts = posts
        self._order: list[_Place] = []
        self._quoting: dict[str, _Place] = {}
        self._resting: dict[str, _Place] = {}
        label = ""
        for block in blocks:
            if isinstance(block, HeadingBlock) and block.level == 2:
                label = block.question
                self.labels |= {label} - {""}
            elif isinstance(block, PointBlock):
                self._note(_Place(block, label))

    def _note(self, place: _Place) -> None:
        self._order.append(place)
        for voice in place.block.voices:
            self._quoting.setdefault(voice.quoted, place)
        for post in place.block.bullet.posts:
            self._resting.setdefault(post, place)

    def suggest(self, label: str, bullets: Sequence[Bullet]) -> Iterator[Suggestion]:
        """Yield what would make these the points of a question."""
        before, marks, joined = "", list[str](), set[str]()
        for bullet in bullets:
            place = self._find(bullet)
            if place is None:
                yield self._take(label, bullet, before)
                before = bullet.quoted
                continue
            if place.mark in joined:
                continue
            yield from _change(label, bullet, place)
            for other in self._list_same(bullet, place, {*joined, *marks}):
                joined.add(other)
                yield Suggestion(kind="join", question=label, points=(place.mark, other))
            marks.append(place.mark)
            before = place.mark
        yield from self._order_points(label, [one for one in marks if one not in joined])

    def _find(self, bullet: Bullet) -> _Place | None:
        return self._quoting.get(bullet.quoted) or self._resting.get(bullet.quoted)

    def _take(self, label: str, bullet: Bullet, after: str) -> Suggestion:
        """Suggest a point, with those of its posts that stand behind no other."""
        free = [post for post in bullet.posts if post not in self._resting]
        return Suggestion(
            kind="take",
            question=label,
            points=(bullet.quoted,),
            bullet=put_behind(bullet, free, self._posts),
            after=after,
        )

    def _list_same(self, bullet: Bullet, place: _Place, used: set[str]) -> Iterator[str]:
        """Yield the other points whose posts say the same as a bullet, each once."""
        there = (self._quoting.get(post) for post in bullet.posts[1:])
        marks = dict.fromkeys(one.mark for one in there if one is not None)
        yield from (mark for mark in marks if mark != place.mark and mark not in used)

    def _order_points(self, label: str, wanted: Sequence[str]) -> Iterator[Suggestion]:
        now = [one.mark for one in self._order if one.question == label and one.mark in wanted]
        new = [mark for mark in dict.fromkeys(wanted) if mark in now]
        if new != now:
            yield Suggestion(kind="order", question=label, points=tuple(new))


def _change(label: str, bullet: Bullet, place: _Place) -> Iterator[Suggestion]:
    """Yield what would make of a point the one that was chosen."""
    own, points = place.block.bullet, (place.mark,)
    if place.question != label:
        yield Suggestion(kind="move", question=label, points=points)
    if own.origin == "quoted" and own.text != bullet.text and bullet.quoted in own.posts:
        yield Suggestion(kind="shorten", question=label, points=points, bullet=bullet)
    if bullet.theme and own.theme != bullet.theme:
        yield Suggestion(kind="theme", question=label, points=points, theme=bullet.theme)
