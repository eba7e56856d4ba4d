"""Names that the hosts keep out of a story, and names that they give: in every value of it.

A hidden person has a handle like "name-hidden-1" everywhere, in posts and in what others say to
them, and no link leads to where they wrote. What they said stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from chinwag.messages import Catalogue, open_catalogue
from chinwag.model import Post, Story

_PLAIN_WORD = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST_ID = 8  # characters of an id that is looked for inside addresses
_SHORTEST_NAME = 3
# Fields that hold words of ours alone: somebody may be called "answer".
_OUR_WORDS = frozenset(
    ("by", "code", "format", "kind", "lang", "label", "method", "origin", "question", "type")
)


def hide_names(
    story: Story, hidden: Sequence[str], names: Mapping[str, str], language: str = "en"
) -> Story:
    """Return a story that nowhere tells who the people `hidden` are, and calls others by `names`.

    Both are by handle, in any case. `language` is a key of `messages.LANGUAGES`.
    """
    if names:
        given = {handle.casefold(): name for handle, name in names.items()}
        story = msgspec.structs.replace(
            story, posts=tuple(_name_author(post, given) for post in story.posts)
        )
        story = _use_posts(story)
    return _Hider(story, hidden, open_catalogue(language)).hide() if hidden else story


def list_hidden_ids(posts: Iterable[Post], hidden: Sequence[str]) -> dict[str, str]:
    """Return, by the id of each hidden person's post, the id that it has in the story."""
    handles = {handle.casefold() for handle in hidden}
    theirs = [post.id for post in posts if post.author.casefold() in handles]
    return {id_: f"post-hidden-{number}" for number, id_ in enumerate(theirs, 1)}


def find_names(text: str, posts: Iterable[Post], hidden: Sequence[str]) -> tuple[str, ...]:
    """Return the handles and names of hidden people that a text tells, in order."""
    some = tuple(posts)
    pattern = _compile(_list_forms(some, hidden), _list_handles(some))
    return tuple(dict.fromkeys(found.group() for found in pattern.finditer(text)))


def _name_author(post: Post, names: Mapping[str, str]) -> Post:
    name = names.get(post.author.casefold())
    return msgspec.structs.replace(post, author_name=name) if name else post


def _use_posts(story: Story) -> Story:
    """Return a story whose questions hold its posts as they are now."""
    now = {post.id: post for post in story.posts}

    def renew(posts: Iterable[Post]) -> tuple[Post, ...]:
        return tuple(now[post.id] for post in posts)

    questions = tuple(
        msgspec.structs.replace(one, asked=renew(one.asked), posts=renew(one.posts))
        for one in story.questions
    )
    return msgspec.structs.replace(story, questions=questions, unplaced=renew(story.unplaced))


class _Hider:
    """Hides people in one story."""

    def __init__(self, story: Story, hidden: Sequence[str], words: Catalogue) -> None:
        self._name = words.say("name_hidden")
        self._handles = {
            handle.casefold(): f"name-hidden-{number}" for number, handle in enumerate(hidden, 1)
        }
        theirs = [post for post in story.posts if post.author.casefold() in self._handles]
        self._ids = list_hidden_ids(story.posts, hidden)
        self._theirs = set(self._ids)
        forms = _list_forms(theirs, hidden)
        called = {post.author_name.strip() for post in theirs}
        self._instead = {
            form.casefold(): self._name if form in called else self._handles[handle]
            for form, handle in forms.items()
        }
        self._pattern = _compile(forms, _list_handles(story.posts))
        inside = [re.escape(one) for one in self._ids if len(one) >= _SHORTEST_ID]
        self._inside = re.compile("|".join(inside)) if inside else None
        self._story = story

    def hide(self) -> Story:
        """Return the story without these names."""
        posts = tuple(self._hide_post(post) for post in self._story.posts)
        words = msgspec.structs.replace(self._story, posts=posts, pictures={})
        values = self._hide_value(msgspec.to_builtins(_use_posts(words)))
        hidden = msgspec.convert(values, Story)
        return msgspec.structs.replace(hidden, pictures=self._story.pictures)

    def _hide_post(self, post: Post) -> Post:
        if post.id not in self._theirs:
            return post
        return msgspec.structs.replace(
            post, url="", author_name=self._name, author_id="", aliases=(), sightings=()
        )

    def _hide_value(self, value: Any, field: str = "") -> Any:
        """Return plain values without the names; `field` is where they stand."""
        if isinstance(value, str):
            return value if field in _OUR_WORDS else self._hide_text(value)
        if isinstance(value, list | tuple):
            return [self._hide_value(one, field) for one in value]
        if not isinstance(value, dict):
            return value
        if field == "by_person":
            return {self._hide_text(handle): posts for handle, posts in value.items()}
        return {name: self._hide_value(one, name) for name, one in value.items()}

    def _hide_text(self, text: str) -> str:
        whole = self._ids.get(text) or self._handles.get(text.casefold())
        if whole:
            return whole
        if self._inside:
            text = self._inside.sub(lambda found: self._ids[found.group()], text)
        return self._pattern.sub(self._say_instead, text)

    def _say_instead(self, found: re.Match[str]) -> str:
        said = found.group().replace("＠", "@")
        instead = self._instead.get(said.casefold(), self._name)
        lead = said[: len(said) - len(said.lstrip("@/"))]
        tail = ":" if said.endswith(":") else ""
        return f"{lead}{instead}{tail}"


def _list_forms(posts: Iterable[Post], hidden: Sequence[str]) -> dict[str, str]:
    """Return the forms in which people are named in running text, each with the handle it tells.

    A handle that could be a word ("ann") is one only behind "@", in the path of an address, or
    where a line speaks to somebody ("ann: yes").
    """
    forms: dict[str, str] = {}
    for handle in hidden:
        short = handle.partition("@")[0]
        told = [f"@{handle}", f"/{handle}", f"/@{handle}", f"{handle}:", f"@{short}", f"/@{short}"]
        told += [] if _PLAIN_WORD.fullmatch(handle) else [handle]
        forms |= dict.fromkeys(told, handle.casefold())
    folded = {handle.casefold() for handle in hidden}
    for post in posts:
        name, author = post.author_name.strip(), post.author.casefold()
        if author in folded and len(name) >= _SHORTEST_NAME:
            forms[name] = author
    return forms


def _list_handles(posts: Iterable[Post]) -> frozenset[str]:
    """Return the handles of everybody who writes in posts or is spoken to there."""
    some = ((post.author, post.reply_to_author or "", *post.mentions) for post in posts)
    return frozenset(handle.casefold() for handles in some for handle in handles)


def _compile(forms: Iterable[str], handles: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of any of these forms; `handles` are those that may begin with one."""
    listed = sorted(forms, key=lambda form: (-len(form), form))
    hyphened = [handle for handle in handles if "-" in handle]
    inner = "|".join(_bound(form, hyphened) for form in listed)
    return re.compile(rf"(?:{inner})" if inner else r"(?!)", re.IGNORECASE)


def _bound(form: str, hyphened: Iterable[str]) -> str:
    """Return a pattern of a form as a whole word; one that could be a word is told by its case.

    A sign next to a handle does not make it somebody else's: ".@ann", "...@ann", "@ann-thanks".
    Only a letter or a digit does, and what a hyphen adds where `hyphened` has it.
    """
    if form[-1] == ":":  # it speaks to somebody only where a line begins with it
        return rf"(?m:^){re.escape(form)}(?!\w)"
    if form[0] in "@/":
        sign = "[@＠]" if form[0] == "@" else "/"
        start, body = (r"(?<!\w)" if form[0] == "@" else ""), f"{sign}{re.escape(form[1:])}"
        end = _bar_longer(form.lstrip("@/"), hyphened)
    else:
        start, body, end = r"(?<![\w@＠/])(?<!\w[.-])", re.escape(form), r"(?!-\w)"
    if _PLAIN_WORD.fullmatch(form):
        body = f"(?-i:{body})"
    return rf"{start}{body}(?!\w){end}"


def _bar_longer(handle: str, hyphened: Iterable[str]) -> str:
    """Return a pattern that bars a handle where it is the beginning of another with a hyphen."""
    lead = f"{handle.casefold()}-"
    rests = sorted(re.escape(one[len(lead) :]) for one in hyphened if one.startswith(lead))
    return rf"(?!-(?:{'|'.join(rests)})(?!\w))" if rests else ""
