"""A story that was told elsewhere, as an edition: its author's words, and posts between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from chinwag.model import (
    Block,
    Chat,
    Edition,
    HeadingBlock,
    LinkBlock,
    Note,
    ParagraphBlock,
    Placement,
    PointBlock,
    Post,
    ToldPart,
    ToldStory,
    make_note,
)
from chinwag.steps.editing.points import is_fit, quote_post, take_point
from chinwag.steps.editing.sheet_lines import read_lines
from chinwag.text.labels import find_labels, read_part, strip_labels

_OWN = ("heading", "paragraph")
_KEY = re.compile(r"(\w++\s*+)(:)")
_LABELLED = re.compile(r"\[(?=Q?[\w.]+\])", re.IGNORECASE)
_MARKS = re.compile(r"([\\`*\[\]<])")


def tell_edition(
    stories: Sequence[ToldStory],
    chat: Chat,
    posts: Sequence[Post],
    placements: Iterable[Placement],
    may_say: Callable[[str], bool] = bool,
) -> Edition | None:
    """Return the edition that tells the stories of a chat as their authors told them.

    Words of an author become paragraphs and headings, the posts that they showed become points,
    in their order; a post that asks a question becomes its heading. Whose words they are stands
    behind those that open a story. Words that `may_say` refuses are left out. It is None where no
    story shows a post of this chat, or none has words of its own.
    """
    teller = _Teller(chat, posts, placements, may_say)
    told = [one for one in stories if teller.knows(one)]
    if not any(part.kind in _OWN for story in told for part in story.parts):
        return None
    for story in told:
        teller.tell(story)
    names = (f"@{one.author}" if one.author else one.author_name for one in told)
    return Edition(
        number=0,
        blocks=tuple(teller.blocks),
        who=", ".join(dict.fromkeys(filter(None, names))),
        at=next((one.at for one in told if one.at), None),
    )


def note_told(edition: Edition) -> Note:
    """Return a note that an edition was told elsewhere: by whom, in how many words and posts."""
    own = [
        one.text
        for one in edition.blocks
        if isinstance(one, ParagraphBlock)
        or (isinstance(one, HeadingBlock) and (one.reworded or not one.question))
    ]
    words = sum(len(text.split()) for text in own)
    points = sum(isinstance(one, PointBlock) for one in edition.blocks)
    return make_note("story-told", who=edition.who or "?", words=words, points=points)


class _Teller:
    """Makes blocks of told stories, one part after the other."""

    def __init__(
        self,
        chat: Chat,
        posts: Sequence[Post],
        placements: Iterable[Placement],
        may_say: Callable[[str], bool],
    ) -> None:
        self.blocks: list[Block] = []
        self._chat = chat
        self._posts = {post.id: post for post in posts if is_fit(post)}
        self._now = dict(_list_names(posts))
        self._places = {one.post: one.question for one in placements}
        self._may_say = may_say
        self._texts = {question.label: question.text for question in chat.questions}
        self._asking = {
            post: question.label
            for question in chat.questions
            if question.by != "time"
            for post in question.posts
        }
        self._shown: set[str] = set()  # posts and, as "[3]", questions
        self._label = ""  # of the question under which the next block stands

    def knows(self, story: ToldStory) -> bool:
        """Return whether a story shows a post of this chat."""
        return any(self._find(part) for part in story.parts)

    def tell(self, story: ToldStory) -> None:
        """Add a story: its title, where the chat has another, its opening, by whom, the rest."""
        if story.title and story.title != self._chat.title and self._may_say(story.title):
            self._head(story.title)
        parts = story.parts
        opening = next(
            (at for at, part in enumerate(parts) if part.kind != "paragraph"), len(parts)
        )
        for part in parts[:opening]:
            self._tell_part(part, parts[opening:])
        if (byline := _write_byline(story)) and self._may_say(byline):
            self.blocks.append(ParagraphBlock(text=byline))
        for at, part in enumerate(parts[opening:], start=opening + 1):
            self._tell_part(part, parts[at:])

    def _tell_part(self, part: ToldPart, rest: Sequence[ToldPart]) -> None:
        if part.kind == "post":
            self._show(self._find(part))
        elif not self._may_say(part.text) or not self._may_say(part.address or "-"):
            return
        elif part.kind == "paragraph":
            self.blocks.append(ParagraphBlock(text=_guard(part.text)))
        elif part.kind == "link":
            self.blocks.append(LinkBlock(url=part.address, words=part.text))
        else:
            self._tell_heading(part.text, rest)

    def _find(self, part: ToldPart) -> str:
        """Return the id by which the chat knows a post that is shown, "" for another part."""
        return self._now.get(part.post, "") if part.kind == "post" else ""

    def _show(self, id_: str) -> None:
        """Add a post once: as a point, or as the heading of the question that it asks."""
        if label := self._asking.get(id_, ""):
            self._ask(label)
        elif id_ in self._posts and id_ not in self._shown:
            self._shown.add(id_)
            self.blocks.append(take_point(quote_post(self._posts[id_], self._chat.hashtag)))

    def _ask(self, label: str, words: str = "") -> None:
        """Add the heading of a question once, reworded where there are words for it."""
        if f"[{label}]" in self._shown:
            return
        self._shown.add(f"[{label}]")
        self._label = label
        own = " ".join(self._texts[label].split())
        reworded = bool(words) and words != own
        text = words if reworded else own
        self.blocks.append(HeadingBlock(text=text, question=label, reworded=reworded))

    def _tell_heading(self, text: str, rest: Sequence[ToldPart]) -> None:
        """Add a heading: a question's where it names one, else one of the author's own.

        That stands inside the question to which the next post belongs, or which it asks.
        """
        named = (f"{one.number}.{read_part(one.part)}".rstrip(".") for one in find_labels(text))
        label = next((one for one in named if one in self._texts), "")
        if label and f"[{label}]" not in self._shown:
            self._ask(label, " ".join(strip_labels(text).split()))
            return
        asked = self._asking.get(self._find(rest[0]), "") if rest else ""
        if asked and f"[{asked}]" not in self._shown:
            self._ask(asked)
            self._head(text, level=3)
            return
        following = next(filter(None, map(self._find, rest)), "")
        is_inside = bool(self._label) and self._places.get(following) == self._label
        self._head(text, level=3 if is_inside else 2)

    def _head(self, text: str, level: int = 2) -> None:
        self._label = self._label if level == 3 else ""
        self.blocks.append(HeadingBlock(text=_LABELLED.sub("(", text), level=level))


def _list_names(posts: Iterable[Post]) -> Iterator[tuple[str, str]]:
    """Yield each id by which a post was ever known, or a repost of it, and the one of now."""
    for post in posts:
        yield from ((one.id, post.id) for one in post.reposts)
    for post in posts:
        yield from ((one, post.id) for one in (*post.aliases, post.id))


def _write_byline(story: ToldStory) -> str:
    """Return who told a story where, in no language: its title, the name, the handle."""
    handle = f"@{story.author}" if story.author else ""
    who = f"{story.author_name} ({handle})" if story.author_name and handle else ""
    who = _escape(who or story.author_name or handle)
    title = _escape(story.title or story.address)
    linked = f"[{title}]({story.address})" if story.address else title
    return f"— {', '.join(filter(None, (who, linked)))}" if who else ""


def _escape(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)


def _guard(text: str) -> str:
    """Return a paragraph of which a sheet takes no line for anything but words."""
    return "\n".join(map(_guard_line, text.split("\n")))


def _guard_line(line: str) -> str:
    if all(one.kind == "words" for one in read_lines(line, ())):
        return line
    key = _KEY.match(line)
    return f"{key[1]}\\{line[key.end(1) :]}" if key else f"\\{line}"
