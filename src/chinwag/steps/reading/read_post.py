"""A post as read: what every judgement asks of its text, worked out once.

Each fact is worked out when it is first asked for, and lives as long as the reading. None of it
outlives the run, or the chat in memory, that holds the reading: a post taken out takes its words
with it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import msgspec

from chinwag.model import Post
from chinwag.steps.reading.numbering import Numbering, Said, find_numbering, read_labels
from chinwag.text.labels import Label, cut_labels, find_labels
from chinwag.text.links import LINK
from chinwag.text.mentions import find_mentions
from chinwag.text.openings import find_openings
from chinwag.text.parts import Counter, cut_counters, find_counters, goes_on
from chinwag.text.reach import cut_reading
from chinwag.text.words import content_words

_P = ParamSpec("_P")
_T = TypeVar("_T")

_LEADING_NAMES = re.compile(r"^[\s.“\"(]*(?:[@＠][\w.@-]*\w[\s,:&+]*)+")
_NAME = re.compile(r"[@＠]([\w.-]*\w)")
_CALLED = re.compile(r"^\W{0,2}([\w|^`\[\]{}\\-]{2,30}?)(?P<mark>\s?[:,]|\s)\s*(?=\S)")
_ADDRESSED = re.compile(r"(?:[\s.“\"]*@[\w.@-]*\w)+")
_HANDLE = re.compile(r"(?<!@)@([\w.@-]*\w)")
_MENTION_FIRST = re.compile(r"^[\s.“\"]*@([\w.-]*\w)")
_QUOTATION = re.compile(r"(?:[“\"«‘]|^>\s?)([^“”\"«»’\n]{12,})")
_TAG_OR_NAME = re.compile(r"(?<!\w)[@#＠＃][\w.@-]+")
_SPOKEN_WORD = re.compile(r"\w+(?:['’]\w+)*")
_AROUND_SPEECH = ' .,:;-–—"“”¡¿'
_SPEAKS_TO_ONE = ("@", ".@", "“@", '"@')
_QUESTION_MARKS = ("?", "؟", "？", "\u037e", "՞", "፧")
_SHORTEST_CALLED = 3  # letters of a name by which people are called without `@`
SAME_WORDS = 4  # words of another post by which it is recognised
TYPING = 0.2  # seconds that a character takes to write


class Names(NamedTuple):
    """People named in a text, case folded.

    `led` are those it opens with, `called` is the bare word before a colon or comma that may be
    somebody's name ("" for none), `named` are all that it mentions with `@`.
    """

    led: tuple[str, ...]
    called: str
    named: frozenset[str]


class ReadPost:
    """One post, and what its text says to any judgement that asks.

    `given` is the post as it was given, `post` the same with as much of its text as is read.

    >>> read = ReadPost(post)                                            # doctest: +SKIP
    >>> read.labels, read.words, read.is_silent                          # doctest: +SKIP
    """

    def __init__(self, post: Post, numbering: Numbering | None = None) -> None:
        """Hold a post, and how its chat numbers where that is known; nothing is read yet."""
        self.given = post
        self.post = _cut_post(post)
        self._numbering = numbering or Numbering()
        self.id = post.id
        self.author = post.author
        self.text = self.post.text
        self.created_at = post.created_at
        self._recalled: dict[Any, Any] = {}

    def recall(
        self, work: Callable[Concatenate[ReadPost, _P], _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T:
        """Return what `work` makes of this reading and the arguments, worked out once.

        Rooms above keep their own findings with it; `args` must be hashable.
        """
        key = (work, args, *kwargs.items())
        if key not in self._recalled:
            self._recalled[key] = work(self, *args, **kwargs)
        found: _T = self._recalled[key]
        return found

    @cached_property
    def is_silent(self) -> bool:
        """Whether nothing here is its author's own: deleted, lost, or a repost."""
        return self.post.deleted or self.post.text_lost or bool(self.post.repost_of)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Every label in the text, in order, as the chat numbers."""
        return read_labels(self._numbering, self.said)

    @cached_property
    def said(self) -> Said:
        """What the post says by which the chat's way to number is told."""
        return Said(
            author=self.author,
            at=self.created_at.timestamp(),
            asks=self.asks,
            replies=self.replies,
            openings=() if self.is_silent else find_openings(self.text),
            labels=find_labels(self.text),
        )

    @cached_property
    def usual_labels(self) -> tuple[Label, ...]:
        """The labels that open the text, end it or stand in brackets."""
        return tuple(label for label in self.labels if label.where != "midst")

    @cached_property
    def plain(self) -> str:
        """The text without its usual labels."""
        return cut_labels(self.text, self.usual_labels)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The stems of the content words, in order, doubles included."""
        return content_words(self.text)

    @cached_property
    def plain_words(self) -> tuple[str, ...]:
        """The same without the words of the usual labels."""
        return self.words if self.plain == self.text else content_words(self.plain)

    @cached_property
    def names(self) -> Names:
        """The people named in the text."""
        lead = _LEADING_NAMES.match(self.text)
        call = _CALLED.match(self.text)
        called = call[1].casefold() if call else ""
        is_name = len(called) >= _SHORTEST_CALLED and bool(content_words(called))
        return Names(
            led=tuple(name.casefold() for name in _NAME.findall(lead[0])) if lead else (),
            called=called if is_name else "",
            named=frozenset(name.casefold() for name in find_mentions(self.text)),
        )

    @cached_property
    def addressed(self) -> tuple[str, ...]:
        """Whom the post speaks to, in small letters: whom it answers, and the names that lead."""
        lead = _ADDRESSED.match(self.text)
        names = [self.post.reply_to_author, *(_HANDLE.findall(lead[0]) if lead else ())]
        return tuple(name.lower() for name in names if name)

    @cached_property
    def addressee(self) -> str:
        """The one person addressed, as written: whom the source says, else the first name."""
        found = _MENTION_FIRST.match(self.text)
        return self.post.reply_to_author or (found[1] if found else "")

    @cached_property
    def quotations(self) -> tuple[str, ...]:
        """What stands between quotation marks, twelve letters or more each."""
        return tuple(_QUOTATION.findall(self.text))

    @cached_property
    def counter(self) -> Counter | None:
        """The first counter in the text ("2/3"), None where there is none."""
        return next(iter(find_counters(self.text)), None)

    @cached_property
    def goes_on(self) -> bool:
        """Whether the text opens as one that goes on from what was said before."""
        return goes_on(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether the text holds a question mark of any script."""
        return any(mark in self.text for mark in _QUESTION_MARKS)

    @cached_property
    def speech(self) -> str:
        """The text without labels, links, tags, mentions and counters."""
        bare = _TAG_OR_NAME.sub(" ", LINK.sub(" ", self.plain))
        return cut_counters(bare).strip(_AROUND_SPEECH)

    @cached_property
    def speech_words(self) -> tuple[str, ...]:
        """The words of the speech in small letters, apostrophes straight; each is kept once."""
        words = _SPOKEN_WORD.findall(self.speech)
        return tuple(sys.intern(word.lower().replace("’", "'")) for word in words)

    @cached_property
    def replies(self) -> bool:
        """Whether the post answers another, by its source or by the name that it opens with."""
        return bool(self.post.reply_to) or self.text.lstrip().startswith(_SPEAKS_TO_ONE)

    def fits(self, numbering: Numbering) -> bool:
        """Return whether the post reads the same when its chat numbers like this."""
        if self._numbering == numbering or not self.said.openings:
            return True
        return read_labels(numbering, self.said) == self.labels

    def is_short(self, most: int) -> bool:
        """Return whether the speech has at most so many words."""
        return len(self.speech_words) <= most


def _cut_post(post: Post) -> Post:
    """Return a post with as much of its text as is read."""
    text = cut_reading(post.text)
    return post if text is post.text else msgspec.structs.replace(post, text=text)


class Readings:
    """The posts of one run, or of one running chat, each read once."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._read: dict[str, ReadPost] = {}
        self._numbering = Numbering()

    def read(self, posts: Iterable[Post]) -> list[ReadPost]:
        """Return the readings of posts, in their order; a post that has changed is read again."""
        return [self._read_one(post) for post in posts]

    def read_chat(self, posts: Iterable[Post]) -> list[ReadPost]:
        """Return the readings of all posts of a chat, in time order, and note how it numbers."""
        in_time = sorted(posts, key=lambda post: post.created_at)
        self._numbering = find_numbering([read.said for read in self.read(in_time)])
        return self.read(in_time)

    def share(self, posts: Sequence[Post]) -> tuple[Post, ...]:
        """Return posts, in the place of each that is read already the very one that was read.

        So a run that reads its file again holds no second copy.
        """
        known = (self._read.get(post.id) for post in posts)
        return tuple(
            read.given if read is not None and read.given == post else post
            for read, post in zip(known, posts, strict=True)
        )

    def forget(self, identifier: str) -> None:
        """Drop what was read of a post; one that is not known is no error."""
        self._read.pop(identifier, None)

    def _read_one(self, post: Post) -> ReadPost:
        known = self._read.get(post.id)
        if known is None or known.given != post or not known.fits(self._numbering):
            known = self._read[post.id] = ReadPost(post, self._numbering)
        return known


def read_in_time(posts: Iterable[Post], readings: Readings | None = None) -> list[ReadPost]:
    """Return the readings of posts in time order; of one moment, in the order they were given.

    `readings` are those of the run, which know how the chat numbers; without them each post is
    read for this once, and the posts are taken for the whole chat.
    """
    if readings is None:
        return Readings().read_chat(posts)
    return readings.read(sorted(posts, key=lambda post: post.created_at))
