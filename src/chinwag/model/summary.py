"""A summary: what was said on each question, every bullet pointing at its posts."""

from __future__ import annotations

import msgspec

from chinwag.model.note import Note

LEFT_OUT_MARK = "[…]"  # stands in a quotation where words of the post were left out
ORIGINS = ("quoted", "machine", "person")  # whose words a bullet's text is


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words of one post, letter for letter: `author`, who wrote `post`, said `text` there.

    Where something in between was left out, `text` has LEFT_OUT_MARK instead.
    """

    post: str
    author: str
    text: str


class Bullet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One point. `text` stands letter for letter in the post `quoted`, which is one of `posts`.

    `posts` are the ids of every post behind it, the quoted one first; `agreeing` are those of them
    that only say yes to it. `people` is the number of different authors who say it, `agreed` how
    many more only agree. `kind` is "shared" (two or more people say it) or "single". `author` is
    the handle of the person quoted.

    `origin` tells whose words `text` is: "quoted" (the post's), "machine" (a language model's) or
    "person" (the host's). `parts` are the quotations it is made of, where it is more than one
    stretch of one post: with "quoted" the posts in which its author went on, whose texts, joined by
    a space (or by LEFT_OUT_MARK where a host shortened it between them), are `text`; with the
    others the words that it rests on. `replies` are answers to the
    point that make sense only with it; they are not counted in `posts` and `people`. `theme` is
    what it is about, in a few words that people said; "" where nobody named it.
    """

    text: str
    posts: tuple[str, ...]
    people: int
    kind: str
    quoted: str
    author: str
    origin: str = "quoted"
    parts: tuple[Quote, ...] = ()
    replies: tuple[Quote, ...] = ()
    theme: str = ""
    agreed: int = 0
    agreeing: tuple[str, ...] = ()


class SharedLink(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A resource that was shared on a question, and the ids of the posts that share it."""

    url: str
    posts: tuple[str, ...]


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that came up on a question: how many `people` used it, in which `posts` (ids)."""

    phrase: str
    people: int
    posts: tuple[str, ...]


class QuestionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One question's summary.

    `posts` and `people` count what was said on it (the asking posts apart, and no tombstones) and
    by how many.
    `left_out` are the ids of posts placed on the question that stand behind no bullet and are
    quoted under none. `lead` tells in a sentence or two, a note each, why there are no bullets; it
    is empty where there are some. `themes` are the phrases that came up most, with the posts that
    use them.
    """

    label: str
    text: str
    posts: int
    people: int
    bullets: tuple[Bullet, ...]
    links: tuple[SharedLink, ...]
    left_out: tuple[str, ...]
    lead: tuple[Note, ...] = ()
    themes: tuple[Theme, ...] = ()


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The whole chat's summary: `summary.json`. `unplaced` are the ids with no question.

    `lead` tells how many people said how much on how many questions, or that nobody said anything.
    `notes` tell how the points were chosen, where a language model chose them.
    """

    questions: tuple[QuestionSummary, ...]
    unplaced: tuple[str, ...]
    lead: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
