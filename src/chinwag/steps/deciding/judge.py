"""What of an answer holds: numbers that exist, stretches that stand, themes that were said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chinwag.model import KINDS, Choice, Decision, ModelAnswer, Move, Post
from chinwag.steps.deciding.read_answer import MoveRow, PointRow, read_rows
from chinwag.steps.deciding.requests import Request
from chinwag.steps.deciding.stretches import has_good_length, is_turned, take_stretch
from chinwag.text.words import split_words

DROPPED = {
    "unreadable": "the answer is not of the form that was asked for",
    "number": "it names a post that was not sent",
    "again": "it names a post a second time",
    "words": "the words do not stand in the post",
    "length": "the words are too few to stand alone, or too many",
    "turned": "the cut leaves out what turns the meaning",
    "many": "there are more points than were asked for",
    "own": "the post that says the same is by the same person",
    "theme": "nobody said the words of the theme",
    "label": "there is no such question",
    "kind": "there is no such kind of post",
    "sure": "the post was not to be moved",
}
_MOST_THEME = 5  # words
_THEME = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*(?: [^\W_]+(?:['’-][^\W_]+)*){1,4}")
_NOWHERE = frozenset({"none", "-", "null"})


def judge_answer(request: Request, answer: ModelAnswer, model: str) -> Decision:
    """Return what of an answer holds, with what was dropped counted by reason (see DROPPED)."""
    judging = _Judging(request)
    rows = read_rows(answer.text)
    if rows is None:
        judging.dropped["unreadable"] += 1
    else:
        for move in rows.moves:
            judging.take_move(move)
        if request.task == "choose":
            judging.take_points(rows.points)
    return Decision(
        model=model,
        task=request.task,
        digest=request.digest(model),
        question=request.question,
        choices=tuple(judging.choices),
        moves=tuple(judging.moves.values()),
        dropped=dict(judging.dropped.most_common()),
    )


class _Judging:
    """One answer, judged row by row. `used` are the posts that stand in a point already."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.choices: list[Choice] = []
        self.moves: dict[str, Move] = {}
        self.used: set[int] = set()
        self.dropped: Counter[str] = Counter()
        texts = [post.text for post in request.posts.values()]
        self.said = {word for text in texts for word in split_words(text)}

    def take_points(self, rows: Sequence[PointRow]) -> None:
        """Take the points that hold; what each prints is settled before who says the same."""
        taken: list[tuple[PointRow, str]] = []
        for row in rows:
            fault, text = self._judge_point(row)
            if not fault and len(taken) == self.request.at_most:
                fault = "many"
            if fault:
                self.dropped[fault] += 1
            else:
                self.used.add(row.post)
                taken.append((row, text))
        for row, text in taken:
            self.choices.append(
                Choice(
                    post=self.request.posts[row.post].id,
                    text=text,
                    same=tuple(self._take_same(row)),
                    theme=self._take_theme(row.theme),
                )
            )

    def _judge_point(self, row: PointRow) -> tuple[str, str]:
        """Return why a point does not hold ("" where it does), and its words in the post."""
        post = self.request.posts.get(row.post)
        if post is None:
            return "number", ""
        if row.post in self.used:
            return "again", ""
        text = take_stretch(row.text, post.text)
        if not text:
            return "words", ""
        if not has_good_length(text):
            return "length", ""
        return ("turned", "") if is_turned(text, post.text) else ("", text)

    def _take_same(self, row: PointRow) -> list[str]:
        """Return the ids of the posts that say the same: other people's, each once in an answer."""
        quoted, taken = self.request.posts[row.post], []
        for number in row.same:
            post = self.request.posts.get(number)
            fault = self._judge_same(number, post, quoted)
            if fault or post is None:
                self.dropped[fault] += 1
            else:
                self.used.add(number)
                taken.append(post.id)
        return taken

    def _judge_same(self, number: int, post: Post | None, quoted: Post) -> str:
        if post is None:
            return "number"
        if number in self.used:
            return "again"
        return "own" if post.author == quoted.author else ""

    def _take_theme(self, said: str) -> str:
        """Return a theme of words that people said, "" for any other."""
        theme = " ".join(said[:200].split())
        if not theme:
            return ""
        if is_theme(theme, self.said):
            return theme
        self.dropped["theme"] += 1
        return ""

    def take_move(self, row: MoveRow) -> None:
        """Take where a model put a post, if it was asked about and there is such a question."""
        post = self.request.posts.get(row.post)
        where = None if row.question.casefold() in _NOWHERE else self._find_label(row.question)
        fault = self._judge_move(row, post, where)
        if fault or post is None:
            self.dropped[fault] += 1
            return
        if self.request.task == "choose" and where == self.request.question:
            return  # it stands there already
        self.moves[post.id] = Move(post=post.id, question=where, kind=row.kind)

    def _judge_move(self, row: MoveRow, post: Post | None, where: str | None) -> str:
        if post is None:
            return "number"
        if row.post not in self.request.doubtful or self._is_told(post):
            return "sure"
        if post.id in self.moves:
            return "again"
        if where == "":
            return "label"
        return "kind" if row.kind and not is_kind(row.kind) else ""

    def _is_told(self, post: Post) -> bool:
        placement = self.request.placed.get(post.id)
        return placement is not None and placement.by == "person"

    def _find_label(self, said: str) -> str:
        """Return the label that was meant: "Q3" is "3"; "" where there is no such question."""
        bare = said.casefold().removeprefix("q").strip(" .:#")
        return next((one for one in self.request.labels if one.casefold() in (said, bare)), "")


def is_theme(theme: str, said: set[str]) -> bool:
    """Return whether a theme has two to five words, each of which somebody said."""
    return bool(_THEME.fullmatch(theme)) and said.issuperset(split_words(theme))


def is_kind(kind: str) -> bool:
    """Return whether a model may give a post this kind; no model may call it a question."""
    return kind in KINDS and kind != "question"
