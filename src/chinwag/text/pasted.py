"""Posts as a person copies them from a page: where one ends, who wrote it, when, and the words.

The order of the lines is that of the pages' own sources: Mastodon shows how long ago before the
name (`components/status.jsx`), Bluesky name, handle and time in one line (`PostMeta.tsx`). X's page
has no public source: name, handle, a dot, the time, the words, and counts, as copied by a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

_HEAD = 4  # lines in which an author may stand
_LONGEST_NAME = 80
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # marks of direction
_HANDLE = r"\(?@(?P<handle>[\w-][\w.-]{0,80}(?:@[\w.-]{1,80})?)\)?"
_DOT = r"[·•|]"
# "Ana @ana@shelf.example", "@ana.example · 2h", "(@ana)"
_AUTHOR = re.compile(
    rf"(?:(?P<name>[^@#]{{1,80}})\s)?{_HANDLE}(?:\s*{_DOT}\s*(?P<time>.{{0,60}}))?"
)
_UNIT = (
    r"(?:s|sec|secs|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|w|wks?|weeks?|mo|mos|"
    r"months?|y|yrs?|years?|std\.?|tg\.?|j|sem|時間|分|日|小时|分钟)"
)
_AGO = re.compile(
    rf"(?:vor|il y a|hace|há)?\s*(?:\d{{1,2}}|an?)\s?{_UNIT}\.?(?: ago|前)?(?: \*)?|now|just now|"
    r"yesterday",
    re.IGNORECASE,
)
_MONTH = r"[A-Za-zÀ-ÿ]{3,12}\.?"
_DAY = re.compile(rf"{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}}\.? {_MONTH}(?: \d{{4}})?")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?::\d\d)?(?:\s?([AaPp])\.?[Mm]\b\.?)?")
_COUNT = re.compile(r"\d{1,3}(?:[,. ]\d{3}){0,3}|\d+(?:[.,]\d)?\s?[KkMm]")
_ANSWERING = re.compile(r"replying to|replied to .{1,80}|continued thread", re.IGNORECASE)
_SHORTENED = re.compile(r"show more|read more|see more|…more", re.IGNORECASE)
_BUTTON = re.compile(
    r"show more|show less|read more|see more|…more|translate(?: post)?|show translation|"
    r"see translation|quote|edited|alt|gif|pinned|ad|promoted|follow|following|reply|repost|like|"
    r"share|bookmark|views?|likes?|reposts?|quotes?|replies|bookmarks?|boosts?|favou?rites?|"
    r"show this thread|show replies|show more replies|everybody can reply|write your reply|"
    r"read \d+ repl(?:y|ies)|view all replies|last edited .{1,60}|"
    r"(?:reposted|boosted) by .{1,80}|.{1,80} (?:reposted|boosted)|"
    r"[\d,.]+[KkMm]? (?:views?|likes?|reposts?|quotes?|boosts?|favou?rites?|replies|bookmarks?)|"
    r"post|web|·|•",
    re.IGNORECASE,
)


class PastedPost(NamedTuple):
    """What the lines of one copied post say.

    `time` is the line with its moment, "" where there is none; `ago` what the page shows in its
    place, "2h" or "13 Oct". `answers` is the handle of the person whom it answers. `is_cut` tells
    that the page showed only the beginning.
    """

    author: str
    name: str
    time: str
    ago: str
    answers: str
    words: str
    is_cut: bool


class _Head(NamedTuple):
    """Who wrote a post, and when, as its first lines have it; `rest` is the number of the next."""

    author: str
    name: str
    time: str
    ago: str
    rest: int


def cut_posts(text: str, is_address: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the posts in a copied text, each with all its lines.

    A post ends with the address of its page (`is_address` knows one), before the lines that name
    the next one's author, or at two blank lines. An address alone, right after another post has
    ended, is a post by itself.
    """
    lines = [_UNSEEN.sub("", line).strip() for line in text.splitlines()]
    starts = set(_find_heads(lines, is_address))
    blocks: list[list[str]] = [[]]
    blank = 0  # lines since the last one with words
    for number, line in enumerate(lines):
        if not line:
            blank += 1
            continue
        if number in starts or blank > 1:
            blocks.append([])
        elif blank and blocks[-1]:
            blocks[-1].append("")
        blocks[-1].append(line)
        blank = 0
        if is_address(line):
            blocks.append([])
    posts = ("\n".join(block).strip() for block in blocks if not all(map(_is_furniture, block)))
    return tuple(filter(None, posts))


def read_pasted(text: str) -> PastedPost:
    """Return what one copied post says; `author` is "" where no line names one."""
    lines = [_UNSEEN.sub("", line).strip() for line in text.splitlines()]
    head = _read_head(lines)
    body = lines[head.rest :]
    answers, body = _take_answered(body)
    time, body = (head.time, body) if head.time else _take_time(body)
    is_of_page = bool(head.ago or time or answers)
    is_cut = False
    if is_of_page:
        body, is_cut = _strip_buttons(body)
    words = "\n".join(body).strip()
    return PastedPost(head.author, head.name, time, head.ago, answers, words, is_cut)


def says_clock(line: str) -> bool:
    """Return whether a line is a moment with its clock, and little else."""
    clock = _CLOCK.search(line)
    return clock is not None and len(line) <= 50 and len(line.split()) <= 8


def _is_vague(line: str) -> bool:
    return len(line) <= 30 and bool(_AGO.fullmatch(line) or _DAY.fullmatch(line))


def _is_dot(line: str) -> bool:
    return line != "" and _undot(line) == ""


def _undot(line: str) -> str:
    """Return a line without the dot that parts it from what stood before."""
    return re.sub(rf"\A{_DOT}\s*", "", line)


def _find_heads(lines: Sequence[str], is_address: Callable[[str], bool]) -> list[int]:
    """Return the numbers of the lines at which a post begins by naming its author."""
    heads = []
    filled = [number for number, line in enumerate(lines) if line]
    for at in range(len(filled)):
        near = _Near(lines, filled, at)
        found = _AUTHOR.fullmatch(near.look(0)) if len(near.look(0)) <= 200 else None
        if found is None or _ANSWERING.fullmatch(near.look(-1)) or near.look(-1) == "and":
            continue
        back = 0 if found["name"] else near.find_name(is_address)
        if near.has_age_before(back):
            heads.append(near.number(back - 1))
        elif near.has_time_after(found["time"]) or near.is_free(back, is_address):
            heads.append(near.number(back))
    return heads


class _Near:
    """The lines with words around one of them, counted from it."""

    def __init__(self, lines: Sequence[str], filled: Sequence[int], at: int) -> None:
        self._lines, self._filled, self._at = lines, filled, at

    def look(self, away: int) -> str:
        """Return the line so many lines after this one, "" beyond either end."""
        at = self._at + away
        return self._lines[self._filled[at]] if 0 <= at < len(self._filled) else ""

    def number(self, away: int) -> int:
        """Return the number of that line among all."""
        return self._filled[self._at + away]

    def find_name(self, is_address: Callable[[str], bool]) -> int:
        """Return -1 where the line before holds the name that goes with a handle, else 0."""
        line = self.look(-1)
        is_name = bool(line) and len(line) <= _LONGEST_NAME and not _is_furniture(line)
        is_near = is_name and self.number(0) - self.number(-1) <= 2
        return -1 if is_near and not is_address(line) and "#" not in line else 0

    def has_age_before(self, back: int) -> bool:
        """Return whether an age stands before the line so many back, and is of no post before."""
        age, before = self.look(back - 1), self.look(back - 2)
        is_taken = _is_dot(before) or _AUTHOR.fullmatch(before[:200]) is not None
        return _AGO.fullmatch(age) is not None and not is_taken

    def has_time_after(self, said: str | None) -> bool:
        """Return whether a time follows, in the same line (`said`) or in the next ones."""
        after = self.look(1)
        return bool(said) or _is_dot(after) or _is_vague(_undot(after))

    def is_free(self, back: int, is_address: Callable[[str], bool]) -> bool:
        """Return whether a post has ended before the line so many lines back."""
        before = self.look(back - 1)
        is_own = _is_furniture(before) and not (_is_dot(before) or _is_vague(before))
        if not before or is_address(before) or is_own:
            return True
        return self.number(back) - self.number(back - 1) > 1


def _is_furniture(line: str) -> bool:
    """Return whether a line is the page's own: a count, a button, a time."""
    return bool(_COUNT.fullmatch(line) or _BUTTON.fullmatch(line) or _is_vague(line))


def _read_head(lines: Sequence[str]) -> _Head:
    """Return what the first lines say of author and time, nothing where they name no author."""
    names = ((at, _find_author(lines, at)) for at in range(len(lines[:_HEAD])))
    number, found = next(((at, one) for at, one in names if one), (0, None))
    if found is None:
        return _Head("", "", "", "", 0)
    handle, name, said = found["handle"], found["name"], found["time"]
    before = [line for line in lines[:number] if line and not _is_furniture(line)]
    name = (name or (before[-1] if before else "")).strip()
    times = [line for line in lines[:number] if _is_vague(line)]
    rest = number + 1
    if said:
        times.append(said.strip())
    while rest < len(lines) and (not (line := _undot(lines[rest])) or _is_time(line)):
        times.append(line)
        rest += 1
    moment = next((line for line in times if says_clock(line)), "")
    return _Head(handle, name, moment, next(filter(_is_vague, times), ""), rest)


def _find_author(lines: Sequence[str], at: int) -> re.Match[str] | None:
    """Return the author whom a line names, None where it names none or no words follow."""
    line = lines[at]
    return _AUTHOR.fullmatch(line) if len(line) <= 200 and any(lines[at + 1 :]) else None


def _is_time(line: str) -> bool:
    return _is_vague(line) or (says_clock(line) and not re.search(r"[#@]", line))


def _take_answered(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Return the handle after "Replying to", and the lines without that."""
    if not lines or not _ANSWERING.match(lines[0]):
        return "", list(lines)
    handles = re.findall(r"@([\w.-]+(?:@[\w.-]+)?)", lines[0])
    rest = 1
    while rest < len(lines) and re.fullmatch(rf"{_HANDLE}|and|others|&", lines[rest]):
        handles += re.findall(r"@([\w.-]+(?:@[\w.-]+)?)", lines[rest])
        rest += 1
    return (handles[0] if handles else ""), list(lines[rest:])


def _take_time(lines: Sequence[str]) -> tuple[str, list[str]]:
    """Return the line that is a moment, and the others."""
    for number, line in enumerate(lines):
        if says_clock(line) and _states_day(line):
            return line, [*lines[:number], *lines[number + 1 :]]
    return "", list(lines)


def _states_day(line: str) -> bool:
    return bool(re.search(r"\d{4}", line))


def _strip_buttons(lines: Sequence[str]) -> tuple[list[str], bool]:
    """Return the lines without what the page shows around the words, and whether it cut them."""
    start, end = 0, len(lines)
    is_cut = False
    while start < end and (not lines[start] or _BUTTON.fullmatch(lines[start])):
        start += 1
    while start < end and (not lines[end - 1] or _ends_page(lines[end - 1])):
        end -= 1
        is_cut = is_cut or _SHORTENED.fullmatch(lines[end]) is not None
    return list(lines[start:end]), is_cut


def _ends_page(line: str) -> bool:
    return bool(_COUNT.fullmatch(line) or _BUTTON.fullmatch(line))
