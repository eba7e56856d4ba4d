"""Labels: the "A3:", "Q9 part 2", "(A2)", "Frage 3:" by which people number what they say.

They are found wherever they stand, with their place, and refused where they are something else: "a
3 legged stool", "A4 paper", "Q1 results 2020", "T1 diabetes". Whether "Q4:" asks or answers cannot
be seen in the label: that is for `steps/kinds` to decide.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable

import msgspec

from chinwag.text.links import LINK


class Label(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One label in a text, with its span (`text[start:end]`, punctuation and brackets included).

    `role` is "answer", "question" or "topic", by the letter or word. `part` is "2" in "Q9 part 2",
    "b" in "A1b", "" where there is none. `where` tells where it stands: "start" (nothing but
    mentions, hashtags, quotation marks or a counter before it), "line" (first on a later line),
    "end" (nothing but hashtags, links or mentions after it), "bracket" or "midst". `marked` is true
    where a colon or the like follows, as after a label that opens what is said. `said` is how it is
    written, where that differs from "A3" or "Q3": "③", "third question".
    """

    role: str
    number: int
    part: str = ""
    start: int
    end: int
    where: str = "start"
    marked: bool = False
    said: str = ""


_LETTERS = dict.fromkeys("aａ", "answer") | dict.fromkeys("qｑ", "question")
_LETTERS |= dict.fromkeys("tｔ", "topic")  # "Ｑ３": Japanese keyboards have letters of full width
# Letters of other languages: (F)rage, (P)regunta or pergunta, (D)omanda, (S)oru, (س)ؤال;
# (R)éponse, respuesta, resposta or risposta, (C)evap, (ج)واب. They mean much else, so they must
# open the text.
_FOREIGN = dict.fromkeys("fpdsس", "question") | dict.fromkeys("rcج", "answer")
_QUESTIONS = (
    "question ques frage pregunta pergunta domanda soru vraag fråga spørgsmål spørsmål kysymys"
    " pytanie otázka вопрос питання въпрос ερώτηση שאלה 質問 問 問題 问题 题 질문 سؤال السؤال प्रश्न"
    " cwestiwn ceist galdera pertanyaan soalan întrebare kérdés swali"
)
_ANSWERS = (
    "answer ans antwort réponse reponse respuesta resposta risposta cevap antwoord svar vastaus"
    " odpowiedź odpověď ответ відповідь отговор απάντηση תשובה 回答 答え 答 답변 답 جواب الجواب"
    " उत्तर ateb freagra erantzun jawaban jawapan răspuns válasz jibu"
)
WORDS = (
    dict.fromkeys(_QUESTIONS.split(), "question")
    | dict.fromkeys(_ANSWERS.split(), "answer")
    | {"topic": "topic"}
)
_DIGIT = re.compile(r"\d")
_DELIMITER = r"[:：;,.)\]>|~…\-–—]"

_HEAD = re.compile(
    r"(?<!\w\.)(?<![\w@&'’/$£€])(?P<open>[(\[])?\#?"
    rf"(?:(?P<word>{'|'.join(sorted(WORDS, key=len, reverse=True))})s?"
    r"\.?\s*(?:no\.?|nr\.?|number)?\s*\#?"
    r"|(?P<letter>[aqtａｑｔfpdsrcسج])(?P<gap>\.?\s?\#?))"
    r"(?P<number>\d{1,2})(?![\d%°])(?:\uFE0F?\u20E3)?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:\.(?P<point>1?\d)(?!\w|\.\w)"
    r"|\s?[,(]?\s?(?:part|pt\.?)\s?(?P<part>\d|[a-e])(?!\w)\)?"
    r"|,?\s?p\.?(?P<short>\d)(?!\w)"
    r"|(?P<letter>[a-e])(?![\w'’])"
    r"|(?P<upper>[A-E])(?=[:.)])"
    r"|\.(?P<dotted>[a-e])(?=[:.)]|\s*$)"
    r"|\.(?P<late>[b-e])(?=\s))",
    re.IGNORECASE,
)
# "Q2: 7. How": the host's seventh under Q2, written apart; with an 8 it is a list ("7. ... 8.").
_APART = re.compile(r"(?P<part>[1-9]|1\d)[.)]\s+(?=[^\W\d_]{2})")
_ITEM = re.compile(r"(?<![\w.])(?P<number>\d{1,2})[.)]\s")
_TAIL = re.compile(
    r"(?:ish\b|\s?\(\?\)|\s?\((?:follow[ -]?up|cont[^)]{0,8})\)|\s?follow[ -]?up(?=\s?:)"
    r"|[\s,]{0,2}(?:cont(?:['’]?d)?\b|continued(?=\s?[:.…\-–—]))\.?)?",
    re.IGNORECASE,
)
_MARK = re.compile(rf"\s?{_DELIMITER}{{1,3}}(?!\w*[/\\])\s*")
_NEXT = re.compile(
    r"(?P<sep>\s?(?:/|&|\+|,|and|und|y|et|e|-|–)\s?)(?P<letter>[aqt])?(?P<number>\d{1,2})(?![\d\w%])",
    re.I,
)
_ENDED = re.compile(r"\s?[:.)]")
_GLUED = re.compile(r"[A-Z][a-z]|I(?=\s|['’]m)|[a-z]{3}")
_UNSPACED = (("\u3041", "\u30ff"), ("\u3400", "\u9fff"))  # kana and Han: no space is due

# What may stand before a label that opens a text, and after one that ends it.
_BEFORE = re.compile(
    r"(?:\s|[.,:;!|>\-–—\"'“”‘’«»*•(\[]|RT\b|MT\b|via\b|[@#][\w.@-]+|\(?\d{1,2}\s?(?:/|of)\s?\d{1,2}\)?"
    rf"|{LINK.pattern}|[\u2190-\u2BFF\uFE0F\u200D\U0001F000-\U0001FAFF])*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:\s|[.,:;!?|\-–—\"'“”‘’*)\]…]|[@#][\w.@-]+|\(?\d{{1,2}}\s?/\s?\d{{1,2}}\)?|{LINK.pattern}"
    r"|[\u2190-\u2BFF\uFE0F\u200D\U0001F000-\U0001FAFF])*",
    re.IGNORECASE,
)

# "A4 paper", "A2 level", "the A1 motorway"; "Q1 results 2020"; "T1 diabetes"; "a Q1/A1 format".
_NOT_AFTER = {
    "answer": re.compile(
        r"\s?(?:[- ]?size[ds]?|paper|sheets?|pages?|posters?|booklets?|leaflets?|notebooks?|flyers?"
        r"|envelopes?|printouts?|landscape|portrait|format|levels?|learners?|speakers?|certificate"
        r"|motorway|road|sauce|hz|battery|batteries)\b",
        re.IGNORECASE,
    ),
    "question": re.compile(
        r"\s?(?:format|results?|earnings|revenues?|sales|profits?|forecasts?|budgets?|targets?|figures"
        r"|of \d{4}|(?:this|last|next) year|FY|['’]?\d{2,4})\b",
        re.IGNORECASE,
    ),
    "topic": re.compile(
        r"\s?(?:format|diabet\w*|d\b|dm\b|mri|weighted|relaxation|images?|lines?|funds?|tumou?rs?|cells?"
        r"|cancers?|lesions?|\()",
        re.IGNORECASE,
    ),
}
_NOT_BEFORE = re.compile(
    r"(?:\baudi|\bvitamin|\b(?:hba|size|on the|the|an?|m)|\b(?:grade|din|iso|ipad|class))\s$",
    re.IGNORECASE,
)
_NEAR = 40  # characters before or after a label that show what it is
_LONGEST_TAIL = 1000  # characters of tags, links and mentions that may stand after the last label
_BLANKS = re.compile(r"\s*")
_VERB_BEFORE = re.compile(
    r"\b(?:to|i|we|you|they|must|should|would|will|can|could|please|may|i['’]ll|let['’]?s|gonna)\s$",
    re.IGNORECASE,
)


def find_labels(text: str) -> tuple[Label, ...]:
    """Return every label in a text, in order; the several of "A1/2" or "A1 & A2" one by one.

    >>> [(label.role, label.number, label.part) for label in find_labels("@ann A1b: yes (see Q2)")]
    [('answer', 1, 'b'), ('question', 2, '')]
    """
    if not _DIGIT.search(text):
        return ()
    links = deque(found.span() for found in LINK.finditer(text))
    lead = _find_lead(text)
    items = frozenset(item["number"] for item in _ITEM.finditer(text))
    found: list[Label] = []
    for head in _HEAD.finditer(text):
        while links and links[0][1] <= head.start():
            links.popleft()
        inside = bool(links) and links[0][0] <= head.start()
        if inside or (found and head.start() < found[-1].end):
            continue
        found.extend(_read_labels(text, head, lead, items))
    return tuple(found)


def read_part(part: str) -> str:
    """Return a part as digits: "b" is the second."""
    return str(ord(part) - ord("a") + 1) if part.isalpha() else part


def strip_labels(text: str, *, everywhere: bool = False) -> str:
    """Return a text without the labels that open it, end it or stand in brackets.

    With `everywhere` labels in the midst of a sentence go too, as when labels are hidden to test.
    """
    labels = find_labels(text)
    return cut_labels(text, [one for one in labels if everywhere or one.where != "midst"])


def cut_labels(text: str, labels: Iterable[Label]) -> str:
    """Return a text without these labels of its own, which are in order."""
    kept: list[str] = []
    at = 0
    for label in labels:
        kept.append(text[at : label.start])
        at = label.end
    return "".join([*kept, text[at:]]).strip() if at else text


def _find_lead(text: str) -> int:
    """Return where a text begins to speak: past mentions, hashtags, links, counters and quotes."""
    found = _BEFORE.match(text)
    return found.end() if found else 0


def _read_labels(text: str, head: re.Match[str], lead: int, items: frozenset[str]) -> list[Label]:
    """Return the labels that begin at `head`, none where it is a false friend."""
    role = _tell_role(head)
    end, part = _read_part(text, head.end())
    where = _tell_where(text, head, end, lead)
    end = _TAIL.match(text, end).end()  # type: ignore[union-attr]  # it matches emptiness, too
    numbers = [(role, int(head["number"]), part)]
    while following := _NEXT.match(text, end):
        if not _is_next(head, following, text):
            break
        numbers.append(
            (_LETTERS.get((following["letter"] or "").lower(), role), int(following["number"]), "")
        )
        end = following.end()
    mark = _MARK.match(text, end)
    if not _is_label(text, head, end, where, bool(mark)):
        return []
    if mark and (apart := _read_apart(text, mark.end(), numbers[-1], items)):
        numbers = [(role, int(head["number"]), apart["part"])]
        mark = apart
    start, stop = head.start(), mark.end() if mark else end
    if where != "start" and where != "line" and not head["open"]:
        stop = end if not mark or where == "end" else stop
    elif not mark:
        stop = _BLANKS.match(text, stop).end()  # type: ignore[union-attr]  # as above
    return [
        Label(role=r, number=n, part=p, start=start, end=stop, where=where, marked=bool(mark))
        for r, n, p in numbers
    ]


def _tell_role(head: re.Match[str]) -> str:
    if head["word"]:
        return WORDS[head["word"].lower()]
    letter = head["letter"].lower()
    return _LETTERS.get(letter) or _FOREIGN[letter]


def _read_part(text: str, at: int) -> tuple[int, str]:
    """Return where the part of a label ends, and the part ("" where it has none)."""
    found = _PART.match(text, at)
    if not found:
        return at, ""
    value = next(part for part in found.groups() if part)
    if (
        found["letter"]
        and found["letter"].isupper()
        and text[found.end() : found.end() + 1] not in ":.)"
    ):
        return at, ""  # "A2B", "A1C levels"
    return found.end(), value.lower()


def _read_apart(
    text: str, at: int, label: tuple[str, int, str], items: frozenset[str]
) -> re.Match[str] | None:
    """Return the part that stands apart from the question's number ("Q2: 7. How"), None if none.

    An answer with a number is a list's ("A1: 2. Boxes"), and so is one of several.
    """
    role, _number, part = label
    found = _APART.match(text, at) if role == "question" and not part else None
    if not found:
        return None
    number = int(found["part"])
    return None if items & {str(number - 1), str(number + 1)} else found


def _tell_where(text: str, head: re.Match[str], end: int, lead: int) -> str:
    start = head.start()
    after = _AFTER.match(text, end, end + _LONGEST_TAIL)
    if start <= lead:
        return "start"
    if head["open"] and text[end : end + 2].lstrip()[:1] in (")", "]"):
        return "bracket"
    line = text.rfind("\n", 0, start) + 1
    if line and not text[line:start].strip(" \t•*-–"):
        return "line"
    return "end" if after and after.end() == len(text) else "midst"


def _is_next(head: re.Match[str], following: re.Match[str], text: str) -> bool:
    """Return whether "/2", "& A2" goes on with the labels: never a counter, a date or a list."""
    if following["letter"]:
        return following["letter"].isupper() or not (head["letter"] or "").isupper()
    if following["sep"].strip() in ("/", "&", "+"):
        return int(following["number"]) > int(head["number"]) and following["sep"] in (
            "/",
            "&",
            "+",
            " & ",
        )
    return following["sep"] == " and " and bool(_ENDED.match(text, following.end()))


def _is_label(text: str, head: re.Match[str], end: int, where: str, marked: bool) -> bool:
    """Return whether something is a label, and no false friend of one."""
    role = _tell_role(head)
    rest = text[end : end + _NEAR]
    if rest[:1].isalnum() and not _is_glued(head, rest, where):
        return False
    if rest[:2] in ("'s", "’s"):
        return False
    if not marked and _NOT_AFTER[role].match(rest):
        return False
    if head["word"]:
        opens = where in ("start", "line")
        return marked or opens or not _VERB_BEFORE.search(_find_near(text, head))
    if head["letter"].lower() not in _LETTERS:
        return _is_foreign(head, rest, where)
    if head["gap"].strip(".#"):
        return _is_spaced(head, text, end, where)
    return where != "midst" or marked or _is_named(text, head)


def _is_glued(head: re.Match[str], rest: str, where: str) -> bool:
    """Return whether a space was forgotten: in "A1Foundation of", not in "A11y" or "A1c"."""
    if any(first <= rest[:1] <= last for first, last in _UNSPACED):
        return where in ("start", "line")
    return bool(
        where == "start" and head["letter"] in ("A", "Q") and not head["gap"] and _GLUED.match(rest)
    )


def _is_foreign(head: re.Match[str], rest: str, where: str) -> bool:
    opens = where in ("start", "line") and not head["gap"].strip("#")
    return opens and bool(re.match(r"\s?[:：)]|[.\-–]\s", rest))


def _is_spaced(head: re.Match[str], text: str, end: int, where: str) -> bool:
    """Return whether a spaced label is one: "A 1: yes", but not "a 3 legged stool"."""
    colon = re.match(r"\s?[:：)]\s|[.\-–]\s|\s[-–]\s", text[end : end + 3])
    if head["letter"] in "Qq":
        return bool(colon) or where in ("start", "line") or head["letter"] == "Q"
    return where in ("start", "line", "bracket") and bool(colon or head["gap"].strip() == ".")


def _is_named(text: str, head: re.Match[str]) -> bool:
    """Return whether "A1" in the midst of a sentence speaks of the answer: "re A1", "not A2"."""
    if head["letter"] in "qQ":
        return True
    return head["letter"].isupper() and not _NOT_BEFORE.search(_find_near(text, head))


def _find_near(text: str, head: re.Match[str]) -> str:
    """Return what stands shortly before a label."""
    return text[max(0, head.start() - _NEAR) : head.start()]
