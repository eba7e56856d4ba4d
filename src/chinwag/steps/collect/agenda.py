"""Reading an agenda: the planned questions, from whatever a host keeps them in.

A numbered list ("1.", "Q1:", "9b)", "Question 3 -"), a Markdown list, one question a line or a
paragraph, or TOML. Titles and remarks around a numbered list are left; wrapped lines are joined.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from chinwag.errors import InputError
from chinwag.model import Question
from chinwag.text.links import LINK
from chinwag.text.numerals import SIGN, fold_signs
from chinwag.text.openings import Opening, find_openings

_TOML = re.compile(r"^[^\S\n]*(?:\[\[\s*questions\s*\]\]|questions\s*=)", re.MULTILINE)
_TOML_LINE = re.compile(r"line (\d+)")
_WORD = r"(?:questions?|ques|q|frage|pregunta|pergunta|domanda|soru|vraag)"
_PART = (
    r"(?:\.(?P<point>\d)(?!\d)|[\s,]*\(?(?:part|pt\.?)\s*(?P<part>\d|[a-e])\)?"
    r"|\s?(?P<letter>[a-e])(?=[\s).:\]*_]|$))?"
)
_BULLETS = "-*+•–·‣⁃◦▪▫●○■□➢➤►✓✔➔→\uf0b7\uf0a7\uf0d8\u2043"  # Word's own among them
_LEAD = rf"^[\s>]*(?:[{re.escape(_BULLETS)}]\s+|\#{{1,6}}\s+)?[*_(\[<{{]{{0,3}}"
_MARK = r"[*_]{0,2}\s*(?:[.):：、．\]/>}]+|[-–—](?=\s))[*_]{0,2}\s*"
_NUMBERED = re.compile(
    rf"{_LEAD}(?:{_WORD}\s*\.?\s*\#?\s*(?P<number>\d{{1,2}}){_PART}(?![\w%])(?:{_MARK}|[*_]{{0,2}}\s+|$)"
    rf"|(?P<bare>\d{{1,2}}){_PART.replace('?P<', '?P<bare_')}(?:{_MARK}(?=\D|$)|(?<=\.\d)\s+))"
    r"(?P<text>.*)$",
    re.IGNORECASE,
)
_SUBLIST = re.compile(r"^\s*\(?(?P<letter>[a-e])[.)]\s+(?P<text>\S.*)$", re.IGNORECASE)
_BULLET = re.compile(rf"^\s*(?:[{re.escape(_BULLETS)}]|o(?=\t))\s+(?P<text>\S.*)$")
_HEADING = re.compile(r"^\s*(?:\#{1,6}\s|[=\-*_]{3,}\s*$)")
_SIGNED = re.compile(rf"(\d{{1,2}}){SIGN}[\s.):]*")
_TOTAL = re.compile(r"^(?:of\s)?\d{1,2}\s?[:.)\]-]?\s+(?=\D)")  # "Q1/5 Why?"
# A line that tells a day ("13. Oktober 2026, 19 Uhr", "Tuesday, October 13th") or where to look.
_MONTH = (
    r"(?:jan|gen|ene|feb|fév|fev|mar|mär|mrt|apr|abr|avr|may|mai|maj|mei|mag|jun|jui|giu|jul|lug|aug"
    r"|ago|aoû|sep|set|oct|okt|out|ott|nov|dec|dez|déc|dic)[^\W\d]{0,7}\.?"
)
_YEAR = r"(?:,?\s(?:de\s)?(?:19|20)\d\d)"
_DATE = re.compile(
    r"^\W*(?:[^\W\d]{2,12}\.?,?\s)?(?:"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s|de\s)?{_MONTH}{_YEAR}?|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?{_YEAR}?"
    rf"|{_MONTH}{_YEAR}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:\d{{4}}|\d\d))"
    r"(?:[^?\w]+(?:at\s|um\s|à\s)?\d{1,2}(?:[:.h]\d\d)?[^?]{0,20})?[^\w?？؟]*$",
    re.IGNORECASE,
)
_SMALL_ROMAN = re.compile(r"^(\s*\(?)([ivx]{1,5})(?=[.)]\s)", re.MULTILINE)
_IS_SECOND_ROMAN = re.compile(r"^\s*\(?ii[.)]\s", re.MULTILINE)
_LINK_ONLY = re.compile(rf"^\W*(?:{LINK.pattern})\W*$", re.IGNORECASE)
TITLE_WORDS = 10  # a first line with more words is not a title
ASKS = ("?", "？", "؟", "\u037e", "՞")
_LONG_LINE = 60  # characters; a shorter line that does not end a sentence is not a wrapped one


class _Line(NamedTuple):
    """A line that begins a question: where it stands, its label and its words so far."""

    number: int
    label: str
    text: str


def read_agenda(text: str) -> tuple[Question, ...]:
    """Return the questions of an agenda, in its order, each with `by` "agenda".

    Labels are as the agenda has them ("3", "9.2"; "9b" is part b of 9: "9.2"), or count from 1
    where it has none. Raises InputError, naming the line, for an agenda without a question, for
    a question without words, for a number given twice, and for TOML that cannot be read.
    """
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise InputError("The agenda is not text.", code="agenda-not-text")
    if _IS_SECOND_ROMAN.search(text):  # "i) ... ii) ..." counts as "I) ... II) ..." does
        text = _SMALL_ROMAN.sub(lambda one: one[1] + one[2].upper(), text)
    lines = [_plain(line) for line in text.splitlines()]
    found = list(_read_toml(text) if _TOML.search(text) else _read_lines(lines))
    if not found:
        raise InputError("The agenda holds no question.", code="agenda-empty")
    _check_questions(found)
    return tuple(Question(label=line.label, text=line.text, by="agenda") for line in found)


def _check_questions(found: list[_Line]) -> None:
    seen: dict[str, int] = {}
    for line in found:
        if not line.text:
            raise InputError(
                "Line {line} of the agenda gives question {label} no words.",
                code="agenda-question-without-words",
                line=line.number,
                label=line.label,
            )
        if line.label in seen:
            raise InputError(
                "Line {line} of the agenda gives the number {label} again; line {earlier} has it"
                " already.",
                code="agenda-number-twice",
                line=line.number,
                label=line.label,
                earlier=seen[line.label],
            )
        seen[line.label] = line.number


def _plain(line: str) -> str:
    """Return a line with numbers in circles or on keys as plain ones: "③ Why?" is "3. Why?"."""
    folded = fold_signs(line).text
    return _SIGNED.sub(r"\1. ", folded) if SIGN in folded else line


def _read_lines(lines: list[str]) -> list[_Line]:
    if any(_is_numbered(line) for line in lines):
        return _read_numbered(lines)
    if series := _find_series(lines):
        return _read_series(lines, series)
    if any(_BULLET.match(line) for line in lines):
        return _number(_join_bullets(lines))
    return _number(_join_plain(lines))


def _read_numbered(lines: list[str]) -> list[_Line]:
    """Read a numbered list; a line right below a question, or indented, goes on with it."""
    found: list[_Line] = []
    is_open = False
    for number, line in enumerate(lines, 1):
        begun = _begin_question(line, found)
        if begun:
            label, text = begun
            found.append(_Line(number, label, _clean(text)))
        elif line.strip() and found and _goes_on(line, is_open=is_open):
            found[-1] = _go_on(found[-1], line)
        is_open = bool(begun) or (is_open and bool(line.strip()))
    # "9." may only head its parts "a)" and "b)".
    parted = {line.label.partition(".")[0] for line in found if "." in line.label}
    return [line for line in found if line.text or line.label not in parted]


def _is_numbered(line: str) -> bool:
    """Return whether a line begins a question by its number; a day's date does not."""
    begun = _NUMBERED.match(line)
    return begun is not None and not _DATE.match(line)


def _find_series(lines: list[str]) -> dict[int, Opening]:
    """Return the openings of lines numbered in another way ("Question One:", "V2:", "II.")."""
    by_mark: dict[tuple[str, str], dict[int, Opening]] = {}
    for place, line in enumerate(lines):
        for opening in find_openings(line)[:1]:
            style = (
                opening.style if not opening.mark or opening.style in ("letter", "roman") else ""
            )
            rising = by_mark.setdefault((opening.mark, style), {})
            last = max((one.number for one in rising.values()), default=opening.number - 1)
            if opening.marked and opening.number == last + 1 and (rising or opening.number <= 1):
                rising[place] = opening
    longest = max(by_mark.values(), key=len, default={})
    return longest if len(longest) > 1 else {}


def _read_series(lines: list[str], series: dict[int, Opening]) -> list[_Line]:
    """Read the lines that open with a series' numbers; what stands below one goes on with it."""
    found: list[_Line] = []
    is_open = False
    for place, line in enumerate(lines):
        if opening := series.get(place):
            text = _clean(line[opening.end :])
            found.append(_Line(place + 1, str(opening.number), text))
        elif line.strip() and found and _goes_on(line, is_open=is_open):
            found[-1] = _go_on(found[-1], line)
        is_open = place in series or (is_open and bool(line.strip()))
    return found


def _goes_on(line: str, *, is_open: bool) -> bool:
    """Return whether a line goes on with the question above it, with no blank line between."""
    goes_on = is_open or line[0].isspace()
    return goes_on and not _HEADING.match(line) and not is_aside(line.strip())


def _begin_question(line: str, found: list[_Line]) -> tuple[str, str] | None:
    """Return the label and the words of a line that begins a question."""
    if (begun := _NUMBERED.match(line)) and _is_numbered(line):
        return _read_label(begun), _TOTAL.sub("", begun["text"], count=1)
    if found and (part := _SUBLIST.match(line)):
        whole = found[-1].label.partition(".")[0]
        return f"{whole}.{_count_letter(part['letter'])}", part["text"]
    return None


def _read_label(begun: re.Match[str]) -> str:
    number = int(begun["number"] or begun["bare"])
    parts = [*begun.group("point", "part", "letter")]
    parts += begun.group("bare_point", "bare_part", "bare_letter")
    part = next((part for part in parts if part), "")
    return f"{number}.{_count_letter(part)}" if part else str(number)


def _count_letter(part: str) -> str:
    return part if part.isdigit() else str("abcde".index(part.lower()) + 1)


def _join_bullets(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Return each item of a list with its line; what stands around the list is left."""
    item: tuple[int, str] | None = None
    for number, line in enumerate(lines, 1):
        bullet = _BULLET.match(line)
        if (bullet or not line.strip()) and item:
            yield item
            item = None
        if bullet and not is_aside(bullet["text"]):
            item = number, bullet["text"]
        elif item and not bullet:
            item = item[0], f"{item[1]} {line.strip()}"
    if item:
        yield item


def _join_plain(lines: list[str]) -> list[tuple[int, str]]:
    """Return each line or wrapped paragraph with its line, without the title above them."""
    items: list[tuple[int, str]] = []
    is_open = False
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if not words or _HEADING.match(line) or is_aside(words):
            is_open = False
        elif is_open and _is_wrapped(items[-1][1], lines[number - 2], words):
            items[-1] = items[-1][0], f"{items[-1][1]} {words}"
        else:
            items.append((number, words))
            is_open = True
    if len(items) > 1 and _is_title(items[0][1], [text for _number, text in items[1:]]):
        return items[1:]
    return items


def _is_wrapped(before: str, line: str, words: str) -> bool:
    """Return whether a line goes on with the sentence of the line before it."""
    if before.endswith(("?", ".", "!", "？", "؟", ":")):
        return False
    return words[0].islower() or len(line.rstrip()) >= _LONG_LINE


def is_aside(words: str) -> bool:
    """Return whether a line is a date or a link, and asks nothing."""
    return bool(_DATE.match(words) or _LINK_ONLY.match(words))


def _is_title(first: str, others: list[str]) -> bool:
    """Return whether a first line heads the questions below it: it asks nothing, and they do."""
    if first.endswith(":"):
        return True
    is_short = len(first.split()) <= TITLE_WORDS and not first.endswith((".", "!"))
    asking = sum(any(mark in other for mark in ASKS) for other in others)
    asks = any(mark in first for mark in ASKS)
    return not asks and (asking == len(others) or (is_short and asking * 2 >= len(others)))


def _number(items: Iterable[tuple[int, str]]) -> list[_Line]:
    return [_Line(line, str(n), _clean(text)) for n, (line, text) in enumerate(items, 1)]


def _go_on(line: _Line, more: str) -> _Line:
    return line._replace(text=_clean(f"{line.text} {more.strip()}"))


def _clean(text: str) -> str:
    """Take off the stars of Markdown's bold type around the whole, and spare spaces."""
    text = " ".join(text.split())
    for mark in ("**", "__"):
        if text.count(mark) == 1:
            text = text.removeprefix(mark).removesuffix(mark)
        elif text.startswith(mark) and text.endswith(mark) and text.count(mark) == 2:
            text = text[2:-2]
    return text.strip()


def _read_toml(text: str) -> Iterator[_Line]:
    """Read `questions = ["...", ...]` or `[[questions]]` with `label` and `text`."""
    try:
        said: Any = tomllib.loads(text)["questions"]
    except tomllib.TOMLDecodeError as failure:
        line = _TOML_LINE.search(str(failure))
        where = f"Line {line[1]} of the agenda" if line else "The end of the agenda"
        raise InputError(
            "{where} is not TOML: {fault}.", code="agenda-not-toml", where=where, fault=str(failure)
        ) from failure
    except KeyError:
        return
    if not isinstance(said, list):
        raise InputError("The agenda's “questions” is not a list.", code="agenda-not-list")
    lines = _find_toml_lines(text)
    for count, entry in enumerate(said, 1):
        at = lines[count - 1] if len(lines) == len(said) else lines[0]
        yield _read_entry(entry, count, at)


def _find_toml_lines(text: str) -> list[int]:
    """Return the line of each `[[questions]]`, or of `questions =`."""
    return [text.count("\n", 0, found.end()) + 1 for found in _TOML.finditer(text)]


def _read_entry(entry: Any, count: int, line: int) -> _Line:
    label: Any = str(count)
    words = entry
    if isinstance(entry, dict):
        words = entry.get("text", entry.get("question", ""))
        label = entry.get("label", entry.get("number", label))
    if not isinstance(words, str) or not isinstance(label, str | int | float):
        raise InputError(
            "Question {number} of the agenda (line {line}) is not text: {entry!r}.",
            code="agenda-entry-invalid",
            number=count,
            line=line,
            entry=entry,
        )
    shown = str(label).strip()
    begun = _NUMBERED.match(f"{shown}:")
    return _Line(line, _read_label(begun) if begun else shown, _clean(words))
