"""Material: what a host can choose from, before a sheet is written or read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from chinwag.model import (
    Block,
    Bullet,
    Chat,
    Edition,
    HeadingBlock,
    LinkBlock,
    PointBlock,
    Post,
    Summary,
)
from chinwag.steps.editing.keep import list_points
from chinwag.steps.editing.marks import mark_points, mark_posts
from chinwag.steps.editing.points import is_fit, is_full, quote_post, take_point

Points = tuple[PointBlock, ...]


class Material:
    """An edition, and for each question what stands beside it.

    `edition` is the one that stands, true to the posts of now, or the draft. `offers` are points
    that have come since it was made, and `unused` those that it leaves out; both by the question's
    label, best first. `posts` are all that can be quoted, by id. `title` is the chat's. `pictures`
    are those that the chat folder keeps: what each shows, by its name.
    """

    def __init__(
        self,
        edition: Edition,
        chat: Chat,
        posts: Sequence[Post],
        offers: Mapping[str, Points],
        unused: Mapping[str, Points],
        pictures: Mapping[str, str],
    ) -> None:
        self.edition = edition
        self.title = chat.title
        self.hashtag = chat.hashtag
        self.questions = {question.label: question.text for question in chat.questions}
        self.offers = offers
        self.unused = unused
        self.pictures = pictures
        self.posts = {post.id: post for post in posts if is_fit(post)}
        self.people = frozenset(name.casefold() for post in posts for name in _list_people(post))

    @cached_property
    def post_marks(self) -> dict[str, str]:
        """The mark of every post that can be quoted, by its id."""
        return mark_posts(self.posts)

    @cached_property
    def points(self) -> dict[str, PointBlock]:
        """Every point that can be chosen, by its mark: first those of the edition."""
        beside = [point for groups in (self.offers, self.unused) for group in groups.values()
                  for point in group]  # fmt: skip
        return mark_points([*list_points(self.edition), *beside], self.post_marks)

    @cached_property
    def marks(self) -> dict[PointBlock, str]:
        """The mark of every point that can be chosen."""
        return {point: mark for mark, point in self.points.items()}

    def list_seen(self) -> tuple[str, ...]:
        """Return the ids of the posts that a sheet of this material offers."""
        bullets = [point.bullet for point in self.points.values()]
        ids = {one for bullet in bullets for one in bullet.posts}
        return tuple(sorted(ids | set(self.edition.seen)))


def draft_edition(summary: Summary) -> Edition:
    """Return the edition that nobody has edited: the summary's points, question by question."""
    blocks: list[Block] = []
    for question in summary.questions:
        blocks.append(HeadingBlock(text=question.text, question=question.label))
        blocks += [take_point(bullet) for bullet in question.bullets]
        blocks += [LinkBlock(url=link.url, posts=link.posts) for link in question.links]
    return Edition(number=0, blocks=tuple(blocks))


def gather_material(
    chat: Chat,
    posts: Sequence[Post],
    summary: Summary,
    candidates: Mapping[str, Sequence[Bullet]],
    edition: Edition | None,
    pictures: Mapping[str, str] | None = None,
) -> Material:
    """Return what a host can choose from.

    `edition` is the one that stands, true to the posts (`keep_edition`), or None. `candidates` are
    for each question the points that its posts could make, best first; behind them come the posts
    left out in which nothing to quote was found. `pictures` are those of the chat folder.
    """
    standing = edition or draft_edition(summary)
    used = {one for point in list_points(standing) for one in _list_behind(point)}
    seen = set(standing.seen)
    offers: dict[str, Points] = {}
    unused: dict[str, Points] = {}
    known = {post.id: post for post in posts if is_fit(post) and is_full(post)}
    for question in summary.questions:
        label = question.label
        rest = [quote_post(known[one], chat.hashtag) for one in question.left_out if one in known]
        left = _leave_out((*question.bullets, *candidates.get(label, ()), *rest), used)
        new = [bullet for bullet in left if edition and bullet.quoted not in seen]
        offers[label] = tuple(map(take_point, new))
        unused[label] = tuple(take_point(bullet) for bullet in left if bullet not in new)
    return Material(standing, chat, posts, offers, unused, pictures or {})


def _list_behind(point: PointBlock) -> Iterable[str]:
    """Return the posts whose words a point has taken up."""
    return (point.bullet.quoted, *point.bullet.posts, *(one.post for one in point.bullet.replies))


def _leave_out(bullets: Sequence[Bullet], used: set[str]) -> list[Bullet]:
    """Return the bullets whose quoted post is behind no point; the first of each post.

    A post in which the author of one of them went on is part of that one, and not offered again.
    """
    going_on = {part.post for one in bullets for part in one.parts if part.post != one.quoted}
    left: dict[str, Bullet] = {}
    for bullet in bullets:
        if bullet.quoted not in used and bullet.quoted not in going_on:
            left.setdefault(bullet.quoted, bullet)
    return list(left.values())


def _list_people(post: Post) -> Iterable[str]:
    return (post.author, *post.mentions, *(repost.author for repost in post.reposts))
