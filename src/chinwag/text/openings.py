"""Openings: whatever number a text begins with, beside whatever mark, in whatever notation.

"V1:", "Вопрос 2.", "3)", "4️⃣", "⑤", "QVI", "Question Seven:", "第八問：", "9th question:", "SLQ10".
Most such openings label nothing. How a whole chat uses them shows which do: `steps/reading`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from chinwag.text.labels import WORDS
from chinwag.text.links import LINK
from chinwag.text.numerals import (
    COUNTED,
    HAN_SIGNS,
    LETTERS,
    ORDERED,
    SIGN,
    Folded,
    fold_signs,
    read_numeral,
)

_WITHIN = 160  # signs of a text in which it begins to speak, at most
_STARTS = 12  # names, tags and marks that may stand before a label, at most
_NUMBER = 60  # signs after which no opening's number comes
_LONGEST_TAG = 200
_LONGEST_LIST = 2000

_WORD = "|".join(sorted((re.escape(word) for word in COUNTED | ORDERED), key=len, reverse=True))
_LETTER = "".join(LETTERS)
_TOKEN = re.compile(
    r"(?P<digits>(?<!\d)\d{1,2})(?![\d%])"
    r"|(?P<roman>[IVX]{1,4})(?![^\W_])"
    rf"|(?<![^\W_])(?P<word>{_WORD})(?![^\W_])"
    rf"|(?P<han>[{HAN_SIGNS}]{{1,3}})"
    rf"|(?<![^\W_])(?P<letter>[{_LETTER}{_LETTER.upper()}])(?![^\W_])",
    re.IGNORECASE,
)
_OPENS = re.compile(r"[(\[{<⟨⟪【（〔〖「『《*_~=|\"'“«‹\-–—\#]{0,3}\s?")
# A letter, or a sign that Indic and other scripts write above, below or beside one.
_L = (
    r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0eff\u1000-\u109f\u1780-\u17ff])"
)
_MARK = re.compile(
    rf"(?P<before>(?:{_L}{{1,12}}[\s,]{{1,2}}){{0,3}}?)(?P<mark>{_L}{{1,24}})?"
    r"(?P<gap>\s?[.,:\#№_\-–/(\[°º=~*|\s]{0,2}"
    r"(?:(?:no|nr|n|num|number|nummer|numero|número|numéro|номер|the)\b[.°º]?)?\s?[\#№]?)"
)
_ENDING = re.compile(r"(?:st|nd|rd|th|er|re|e|è?me|ste|de|ª|º|°|a|o|-?[йяе])?\.?\s")
_NOUN = re.compile(rf"(?P<noun>{_L}{{2,24}})(?:(?=\s?[,.!])|(?:\s{_L}{{1,12}})?(?=\s?[:：\-–—]))")
_PART = re.compile(
    r"(?:\.(?P<point>\d)(?![\w.])|(?P<letter>[a-e])(?![^\W_])|(?P<upper>[A-E])(?=[:.)])"
    r"|,?\s?(?:[Pp]art|[Pp]t\.?)\s?(?P<part>\d))?"
)
_TOTAL = re.compile(
    rf"(?:{SIGN}?\s?(?:[/\\]|(?:out )?of|von|van|de|di|sur|av|af|из|z)\s?"
    r"(?P<total>\d{1,2})(?!\d))?",
    re.IGNORECASE,
)
_LISTED = r"(?<![\w.:/]){next}(?:\s?[.)\]:]\s|{sign})"  # the next of a list in the same post
_COUNTER_WORD = re.compile(r"[^\W\d_a-zA-Z]{0,2}(?=\s|[:：.,、)）」】\]?？])")  # "1問：", "1번:"
_SEPARATOR = re.compile(
    rf"(?P<close>[*_~=|\"'”»›)\]}}>】）〕」』》⟩⟫〗º°]*)"
    rf"(?:\s?(?:{SIGN}|[)\]}}>】）〕」』》⟩⟫〗:：;.,、．。!/\\→➡…º°*_]|[-–—|~=](?=[\s)\]]|[A-Z][a-z]))+"
    r"|\s[-–—|>]+(?=\s))?\s*"
)
_SKIPPED = re.compile(
    rf"{LINK.pattern}|[@＠][\w.@-]{{1,{_LONGEST_TAG}}}|[\#＃]\w{{1,{_LONGEST_TAG}}}"
    r"|(?:RT|MT|via)\b:?|\(?\d{1,2}\s?/\s?\d{1,2}\)?(?=\s)|[^\w\s@\#]\s*|\s+",
    re.IGNORECASE,
)
_LETTERED = ("roman", "word", "letter")  # notations that are words of their own, too
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class Opening(NamedTuple):
    """A number that a text begins with.

    `mark` is the word, letter or nothing that it stands beside, in small letters; `style` is the
    notation ("digits", "roman", "word", "han", "letter", "nth", or "sign" for a number in a circle
    or on a key). `part` is "2" in "1.2", `total` 3 in "1/3", else 0. `start` and `end` are its
    span, separators included; `marked` tells whether there is one. `said` is the label as written.
    """

    mark: str
    style: str
    number: int
    part: str
    total: int
    start: int
    end: int
    marked: bool
    said: str
    is_closed: bool = False


def find_openings(text: str) -> tuple[Opening, ...]:
    """Return what a text may begin with as its label, in order: often nothing.

    >>> [(one.mark, one.number) for one in find_openings("@ann 2️⃣ What comes back?")]
    [('', 2)]
    """
    folded = fold_signs(text[:_WITHIN])
    found: dict[int, Opening] = {}
    at = 0
    for _ in range(_STARTS):
        opening = _read_opening(folded, at)
        if opening and not _goes_on(text, opening):
            said = _clean(text[opening.start : opening.end])
            found.setdefault(opening.end, opening._replace(said=said))
        skipped = _SKIPPED.match(folded.text, at)
        if not skipped or not skipped[0]:
            break
        at = skipped.end()
    return tuple(found.values())


def _goes_on(text: str, opening: Opening) -> bool:
    """Return whether a bare number is the first of a list in one post: "1. this 2. that"."""
    if opening.mark:
        return False
    rest = fold_signs(text[opening.end : opening.end + _LONGEST_LIST]).text
    return bool(re.search(_LISTED.format(next=opening.number + 1, sign=SIGN), rest))


def _read_opening(folded: Folded, at: int) -> Opening | None:
    """Return the opening at one place of a folded text, None where there is none."""
    opens = _OPENS.match(folded.text, at)
    start = opens.end() if opens else at
    if folded.text[at : at + 1].isspace():
        return None
    is_tag = "#" in folded.text[at:start]
    for token in _TOKEN.finditer(folded.text, start, start + _NUMBER):
        mark = _MARK.fullmatch(folded.text, start, token.start())
        if (
            mark
            and not (is_tag and mark["mark"] and " " in mark[0])
            and (opening := _read_numbered(folded, at, mark, token))
        ):
            return opening
    return None


def _read_numbered(
    folded: Folded, at: int, mark: re.Match[str], token: re.Match[str]
) -> Opening | None:
    style, number = token.lastgroup or "", _tell_number(token)
    if number is None or not _fits(mark, token, style):
        return None
    if nth := _read_nth(folded, at, mark, token):
        return nth._replace(number=number)
    word = _tell_mark(mark)
    tail = _read_tail(folded.text, token, style)
    separator = _find_separator(folded.text, tail.end)
    if " " in word and not separator:
        return None
    if not _ends(folded.text, tail.end, separator, bool(mark["mark"]), style):
        return None
    if style == "digits":
        style = _tell_style(folded.text[at : tail.end], token, bool(mark["mark"] or separator))
    return Opening(
        mark=word,
        style=style,
        number=number,
        part=tail.part,
        total=tail.total,
        start=folded.places[at],
        end=folded.places[separator.end() if separator else tail.end],
        marked=bool(separator),
        said="",
        is_closed=bool(separator and separator[0].strip(" *_~=|") == ""),
    )


class _Tail(NamedTuple):
    """What follows a number: its part, of how many it is one, and where that ends."""

    part: str
    total: int
    end: int


def _read_tail(text: str, token: re.Match[str], style: str) -> _Tail:
    part = _PART.match(text, token.end()) if style == "digits" else None
    end = part.end() if part else token.end()
    total = _TOTAL.match(text, end)
    end = total.end() if total else end
    counted = _COUNTER_WORD.match(text, end)
    return _Tail(
        part=next((one for one in part.groups() if one), "").lower() if part else "",
        total=int(total["total"] or 0) if total else 0,
        end=counted.end() if counted else end,
    )


def _tell_mark(mark: re.Match[str]) -> str:
    """Return what a number stands beside, in small letters: "question", "discussion point"."""
    word = (mark["mark"] or "").casefold()
    if mark["before"] and word not in WORDS:
        return f"{mark['before']}{word}".casefold()
    return word


def _tell_style(said: str, token: re.Match[str], is_marked: bool) -> str:
    """Return how digits number: as a "sign", as "digits", or "plain" with nothing beside them."""
    if token.string.startswith(SIGN, token.end()):
        return "sign"
    return "digits" if is_marked or "#" in said or "№" in said else "plain"


def _read_nth(folded: Folded, at: int, mark: re.Match[str], token: re.Match[str]) -> Opening | None:
    """Return an opening such as "First question:", "2nd question -" or "3. Frage:"."""
    ending = _ENDING.match(folded.text, token.end())
    noun = _NOUN.match(folded.text, ending.end()) if ending else None
    is_word = (token["word"] or "").casefold() in ORDERED
    if not noun or not (is_word or (token["digits"] and not mark["mark"])):
        return None
    separator = _find_separator(folded.text, noun.end())
    return Opening(
        mark=noun["noun"].casefold(),
        style="nth",
        number=0,
        part="",
        total=0,
        start=folded.places[at],
        end=folded.places[separator.end() if separator else noun.end()],
        marked=True,
        said="",
    )


def _find_separator(text: str, at: int) -> re.Match[str] | None:
    """Return what closes a label and sets it off from what is said, None where nothing does."""
    found = _SEPARATOR.match(text, at)
    return found if found and found[0].strip() else None


def _tell_number(token: re.Match[str]) -> int | None:
    if token["letter"]:
        return LETTERS.get(token["letter"].casefold())
    return read_numeral(token[0])


def _fits(mark: re.Match[str], token: re.Match[str], style: str) -> bool:
    """Return whether a number may stand so beside its mark: "QI", but no "Qone" and no "AI"."""
    if style == "digits":
        return True
    if style == "roman":
        return token[0].isupper() and (
            not mark["mark"] or bool(mark["gap"]) or mark["mark"].isupper()
        )
    if style == "han":
        return not mark["mark"] or not mark["mark"].isascii()
    return bool(mark["gap"].strip(" ") or mark["gap"]) if mark["mark"] else True


def _ends(text: str, end: int, separator: re.Match[str] | None, has_mark: bool, style: str) -> bool:
    """Return whether a label may end here: "Q1 What", "Q1What", "1. What", but no "1.5", "3-D"."""
    after = separator.end() if separator else end
    following = text[after : after + 2]
    if separator:
        return _is_set_off(separator[0], following, has_mark, style)
    if not has_mark and style in (*_LETTERED, "han"):
        return False
    if style in ("word", "letter", "roman") and following[:1].isspace():
        return has_mark and style != "letter"
    if following[:1].isspace() or not following:
        return True
    if _UNSPACED.match(following):
        return has_mark
    return has_mark and following[:1].isupper() and following[1:2].islower()


def _is_set_off(separator: str, following: str, has_mark: bool, style: str) -> bool:
    """Return whether a separator parts a label from what is said: not so in "1.5" or "A-frame"."""
    if separator[-1].isspace() or not following:
        return True
    is_number = following[:1].isdigit() and separator.strip() in (".", ",", ":", "/", "-")
    return not (is_number or (not has_mark and style in _LETTERED))


def _clean(said: str) -> str:
    """Return a label as written, without the blanks and marks around it."""
    return said.strip(" \t\n:：;,.-–—*_~=|\"'“”«»、")
