"""What a language model suggests for a draft, as it is shown at the blocks that it concerns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from chinwag.model import HeadingBlock, PointBlock
from chinwag.model import Suggestion as StorySuggestion
from chinwag.web.chats.models import Entry, Suggestion, SuggestionState
from chinwag.web.chats.queries.write import DraftPage, Word, mark_words


class ShownSuggestion(NamedTuple):
    """A suggestion as the page shows it.

    `words` are the point to take, the theme, or the point to join with; `texts` the points in the
    order that they would have; `marked` a point's words as they would become.
    """

    pk: int
    kind: str
    question: str
    author: str = ""
    people: int = 1
    words: str = ""
    theme: str = ""
    texts: tuple[str, ...] = ()
    marked: tuple[Word, ...] = ()


class SuggestedPlace(NamedTuple):
    """Where a model would put a post: the question's label ("" for none), and its kind.

    `seen` is how the post stood when it was asked.
    """

    pk: int
    question: str
    kind: str
    seen: Mapping[str, str]

    def fits(self, entry: Entry) -> bool:
        """Return whether a post still stands as it did."""
        return {"question": entry.question, "by": entry.placed_by} == self.seen


class Decided(NamedTuple):
    """How many suggestions there are, and what became of the others."""

    open: int
    taken: int
    left: int
    stale: int

    @property
    def all(self) -> int:
        """How many there were."""
        return sum(self)


def place_suggestions(
    page: DraftPage, rows: Iterable[Suggestion]
) -> Mapping[int, tuple[ShownSuggestion, ...]]:
    """Return the open suggestions by the block at which each is shown.

    What concerns a point stands at it, the others at the heading of their question.
    """
    texts, blocks, headings = _list_points(page)
    shown: defaultdict[int, list[ShownSuggestion]] = defaultdict(list)
    for row in rows:
        if row.state != SuggestionState.OPEN:
            continue
        said = msgspec.convert(row.body, StorySuggestion)
        at_heading = said.kind in ("take", "order")
        place = headings.get(said.question) if at_heading else blocks.get(said.points[0])
        if place is not None:
            shown[place].append(_show(row.pk, said, texts))
    return {place: tuple(some) for place, some in shown.items()}


def list_places(rows: Iterable[Suggestion]) -> Mapping[str, SuggestedPlace]:
    """Return where a model would put posts, by their ids in the folder; of the open ones alone."""
    return {
        row.body["post"]: SuggestedPlace(
            row.pk, row.body["question"] or "", row.body["kind"], row.seen
        )
        for row in rows
        if row.state == SuggestionState.OPEN
    }


def count_decided(rows: Iterable[Suggestion]) -> Decided:
    """Return how many suggestions are open, taken, left, and no longer fitting."""
    counts = Counter(row.state for row in rows)
    return Decided(*(counts[str(state)] for state in SuggestionState))


def _list_points(page: DraftPage) -> tuple[dict[str, str], dict[str, int], dict[str, int]]:
    """Return the words and the block of each point, and the block of each question's heading."""
    texts: dict[str, str] = {}
    blocks: dict[str, int] = {}
    headings: dict[str, int] = {}
    for row, block in zip(page.rows, page.blocks, strict=True):
        if isinstance(block, PointBlock):
            texts.setdefault(block.voices[0].quoted, block.bullet.text)
            blocks.setdefault(block.voices[0].quoted, row.pk)
        elif isinstance(block, HeadingBlock) and block.level == 2:
            headings.setdefault(block.question, row.pk)
    return texts, blocks, headings


def _show(pk: int, said: StorySuggestion, texts: Mapping[str, str]) -> ShownSuggestion:
    first = texts.get(said.points[0], "")
    shown = ShownSuggestion(pk, said.kind, said.question)
    if said.kind == "join":
        return shown._replace(words=texts.get(said.points[1], ""))
    if said.kind == "order":
        return shown._replace(texts=tuple(texts[one] for one in said.points if one in texts))
    if said.bullet is None:
        return shown._replace(words=said.theme)
    bullet = said.bullet
    if said.kind == "shorten":
        return shown._replace(words=bullet.text, marked=mark_words(first, bullet.text))
    return shown._replace(
        words=bullet.text, author=bullet.author, people=bullet.people, theme=bullet.theme
    )
