"""Selecting: the posts of one chat out of many, in two passes and bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import datetime, timedelta

import msgspec

from chinwag.model import Post, Window
from chinwag.steps.collect.tagging import had_tag, has_tag
from chinwag.text.hashtags import fold_tag
from chinwag.text.labels import find_labels
from chinwag.text.reach import cut_reading

LATE = timedelta(days=7)


class Selected(msgspec.Struct, frozen=True, kw_only=True):
    """The posts taken, in the order given, doubles included.

    `late` are the ids of those that came after the window, `outside` how many posts were left
    because of their time, `untagged` how many because they have nothing to do with the hashtag.
    """

    posts: tuple[Post, ...]
    late: tuple[str, ...] = ()
    outside: int = 0
    untagged: int = 0


def select_posts(
    posts: Iterable[Post],
    window: Window,
    *,
    hashtag: str = "",
    only_tagged: bool = False,
    others: Sequence[Window] = (),
    buried: Set[str] = frozenset(),
) -> Selected:
    """Return the posts of the window, and the late ones of the seven days after it.

    Late is a post that answers or reposts one of the chat's, directly or through others, or that
    has the hashtag and opens with the label of an answer; the latter only until the next chat
    begins (`others` are the windows of other chats). With `only_tagged` (a file of many tags, see
    `is_firehose`) the window's posts are those with the hashtag and the threads around them.

    `buried` are the ids of tombstones that are the chat's, whatever their time.

    `posts` is gone through twice: give a collection or a reader. A one-shot iterator is held
    whole. Beside the posts taken, a few words are kept for each reply in the files.
    """
    if iter(posts) is posts:
        posts = tuple(posts)
    choice = _Choice(
        buried, window, fold_tag(hashtag) if only_tagged else "", fold_tag(hashtag), others
    )
    for post in posts:
        choice.look_at(post)
    choice.settle()
    taken = [post for post in posts if choice.takes(post)]
    late = dict.fromkeys(post.id for post in taken if post.created_at > window.end)
    return Selected(
        posts=tuple(taken), late=tuple(late), outside=choice.outside, untagged=choice.untagged
    )


class _Choice:
    """What is known of the posts after the first pass, and which of them are the chat's."""

    def __init__(
        self, buried: Set[str], window: Window, needed: str, tag: str, others: Sequence[Window]
    ) -> None:
        self.buried = buried
        self.window = window
        self.needed = needed
        self.tag = tag
        self.last = window.end + LATE
        begins = [other.start for other in others if other.start > window.end]
        self.next_begins: datetime = min(begins, default=self.last)
        self.taken: set[str] = set()
        self.parents: dict[str, str] = {}  # replies that may be taken, and what they answer
        self.ids: dict[str, str] = {}  # other ids of posts
        self.outside = 0
        self.untagged = 0

    def look_at(self, post: Post) -> None:
        """Take note of one post in the first pass."""
        if post.aliases:
            self.ids.update(dict.fromkeys(post.aliases, post.id))
        if self._is_chosen(post):
            self.taken.add(post.id)
        if parent := self._find_parent(post):
            self.parents[post.id] = parent

    def _is_inside(self, post: Post) -> bool:
        return self.window.start <= post.created_at <= self.window.end

    def _is_late(self, post: Post) -> bool:
        return self.window.end < post.created_at <= self.last

    def _is_chosen(self, post: Post) -> bool:
        """Return whether a post is the chat's whatever it answers."""
        if self._is_late(post):
            return self._is_late_answer(post)
        if not self._is_inside(post):
            return False
        return not self.needed or self._is_tagged(post)

    def _find_parent(self, post: Post) -> str:
        """Return the id that a post answers or repeats, if that may take it along, else ""."""
        if self._is_late(post):
            return post.reply_to or post.repost_of
        if self.needed and self._is_inside(post):
            return post.reply_to or ""
        return ""

    def settle(self) -> None:
        """Take the replies to what is taken, and in a file of many tags what those answer."""
        answers: dict[str, list[str]] = {}
        for child, parent in self.parents.items():
            answers.setdefault(self.ids.get(parent, parent), []).append(child)
        open_ids = list(self.taken)
        while open_ids:
            for child in answers.get(open_ids.pop(), ()):
                if child not in self.taken:
                    self.taken.add(child)
                    open_ids.append(child)
        if self.needed:
            self._take_parents()

    def _take_parents(self) -> None:
        for child in tuple(self.taken):
            parent = self.parents.get(child)
            while parent and (parent := self.ids.get(parent, parent)) not in self.taken:
                self.taken.add(parent)
                parent = self.parents.get(parent)

    def takes(self, post: Post) -> bool:
        """Return whether a post is the chat's; count it where it is not."""
        if post.deleted and post.id in self.buried:
            return True
        if self._is_inside(post):
            taken = not self.needed or post.id in self.taken
            self.untagged += not taken
            return taken
        taken = self._is_late(post) and post.id in self.taken
        self.outside += not taken
        return taken

    def _is_tagged(self, post: Post) -> bool:
        """Return whether a post has the hashtag, or had it before it was edited."""
        return has_tag(post, self.tag) or had_tag(post, self.tag)

    def _is_late_answer(self, post: Post) -> bool:
        """Return whether a post has the tag and opens with the label of an answer to this chat."""
        if not self.tag or post.repost_of:
            return False
        if post.created_at >= self.next_begins or not self._is_tagged(post):
            return False
        labels = find_labels(cut_reading(post.text))
        return any(label.role == "answer" and label.where == "start" for label in labels)
