"""A post's text as a person would quote it: the wrapping off, the words untouched.

What is taken off stands at either end: who is addressed, the answer's label, the chat's hashtag,
the block of tags that files the post, links and pictures, and the separators between them. What
is left is one stretch of the text in which every run of white space is one space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from chinwag.text.hashtags import fold_tag
from chinwag.text.labels import Label, find_labels
from chinwag.text.links import LINK

# Before a tag, mention or label at the end these say that it belongs to the sentence: "at #tag".
_LEANING_WORDS = """
a about an and are as at be between both but by enjoy every find follow following for from her
his hosting if in into is its join joined joining like love loved loves my new of on or our than
the their this to today's tonight's under using via was weekly were which with without your au
aux avec dans de des du en et la le les pour sur un une der die das dem den des ein eine im in
mit und von zum zur für con del el los las para por un una y em no na com da do il lo gli di e
nel per ile ve için thank thanks missed
"""
_LEANING = frozenset(_LEANING_WORDS.split())
# After a mention, tag or label at the start these say that it is the subject: "@ann is right".
_GOES_ON = re.compile(
    r"(?:['’]s\b|(?:is|are|was|were|has|have|had|does|did|can|will|would|could|should|may|might"
    r"|makes?|made|says?|said|wrote|writes|offers?|gives?|gave|helps?|provides?|shows?|seems?|looks?"
    r"|rocks?|and(?=\s@?\w)|est|sont|ist|sind|es|son|é|è|sono)\b)",
)
# After a label without a mark fewer words do: "A2 is the one"; but "A2 have them read" answers.
_LABEL_GOES_ON = re.compile(r"['’]s\b|(?:is|are|was|were|seems?|asks?|and(?=\s@?\w))\b")
_MENTION = r"[@\uff20][\w.]*\w(?:@[\w.-]*\w)?"
_LEAD_REPOST = re.compile(rf"[\"“]?\s*(?:RT|MT)\s+(?:{_MENTION}\s?:?|\w+:)", re.IGNORECASE)
_LEAD_MENTIONS = re.compile(rf"(?:\.?{_MENTION}[\s,:;&+/|-]*(?:and\s+(?=[@]))?)+")
_LEAD_HELLO = re.compile(rf"(?:hi|hey|hello)\s+{_MENTION}[\s,:!.]+", re.IGNORECASE)
_NICK = r"[\w\[\]`^{}|\\-]{2,30}"
# Several people; one; one without a mark, before a word that begins what is said.
_ADDRESSED = (
    re.compile(rf"({_NICK}(?:(?:,|\s?&|\sand)?\s{_NICK}){{1,3}})[:,]\s+"),
    re.compile(rf"({_NICK})[:,]\s+"),
    re.compile(
        rf"({_NICK})\s(?=(?:it|i|you|we|they|there|yes|yep|yeah|no|exactly|right|correct)\b)"
    ),
)
_LEAD_TAGS = re.compile(r"[#\uff03]\w+(?:\s+[#\uff03]\w+)*")
_LEAD_ITEM = re.compile(r"[a-e]\)\s+|(?:&|and|\+)\s?[a-e][:.)]\s*", re.IGNORECASE)
_LEAD_COUNTER = re.compile(
    r"(?:\(\d{1,2}\s?(?:/|of)\s?\d{1,2}\)|\d{1,2}/\d{1,2}(?=[\s:.)-]))[:.)]*"
)
_LEAD_STRAY = re.compile(r"[\s|:;,>~/\\•·\-–—=]+(?=[\s\w\"“‘'(\[#@¿¡&$£€+]|[^\x00-\x7f])")
_LEAD_SMILEY = re.compile(r"[:;=]['’]?-?[)(DP]+\s+")
_LEAD_POINT = re.compile(r"\.(?=\s?[@#])")

_TRAIL_COUNTER = re.compile(
    r"(?:[(\[]\s?\d{1,2}\s?(?:/|of)\s?(?:\d{1,2}|x|n|\?)\s?[)\]]|(?<=[.!?…,\s])\d{1,2}/(?:\d{1,2}|x|n)"
    r"|\(cont(?:['’]?d)?\.?\))$",
    re.IGNORECASE,
)
_TRAIL_MENTIONS = re.compile(rf"(?:^|(?<=\s))(?:/?cc:?\s*)?(?:{_MENTION}[\s,&]*)+$", re.IGNORECASE)
_TRAIL_TAG = re.compile(r"(?<![\w&/])[#\uff03](?=\w*[^\W\d])\w+$")
_TRAIL_STRAY = re.compile(r"[\s|:;,>~/\\•·\-–—=→➡👉⬇↓👇\ufe0f]+$")
_ENDS_IN_LINK = re.compile(rf"(?:{LINK.pattern})\W*$", re.IGNORECASE)
# Some tools glue the two together: "So true! #bookchatRT @ann: books".
_QUOTED_REPOST = re.compile(
    rf"\s[\"“]?(?:RT|MT)\s+[\"“]?{_MENTION}\s?:?\s|(?-i:(?<=[a-z0-9])RT)\s+{_MENTION}\s?:\s",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"([\w'’]+)\W{0,2}$")
_SENTENCE_END = re.compile(r"[.!?…。！？)\]\"”’*:;]\s*$|\n\s*$|[^\w\s,.'’&/-]\s*$")


def clean_post(text: str, hashtag: str = "", people: Collection[str] = ()) -> str:
    """Give the words of a post without mentions, label, tags and links at its ends.

    `hashtag` is the chat's own, `people` are handles (case folded) that IRC users address without
    `@` ("ann: yes"). The result stands letter for letter in the text, white space apart; it is
    "" where nothing else was said. A label, tag or mention that is part of a sentence stays.
    """
    start, end = 0, _cut_quoted(text)
    labels = find_labels(text)
    start = _trim_start(text, start, end, labels, fold_tag(hashtag), people)
    end = _trim_end(text, start, end, labels, fold_tag(hashtag))
    return " ".join(text[start:end].split())


def _cut_quoted(text: str) -> int:
    """Give where somebody else's words begin, as in "So true! RT @ann: books"; or the length."""
    found = _QUOTED_REPOST.search(text)
    return found.start() if found and _LEAD_REPOST.match(text) is None else len(text)


def _trim_start(
    text: str, start: int, end: int, labels: tuple[Label, ...], tag: str, people: Collection[str]
) -> int:
    """Give where the words begin, going forward as long as something can be taken off."""
    while True:
        before = start
        while start < end and text[start].isspace():
            start += 1
        start = _skip_label(text, start, labels)
        start = _skip_pattern(_LEAD_REPOST, text, start)
        start = _skip_pattern(_LEAD_HELLO, text, start)
        start = _skip_mentions(text, start)
        start = _skip_tag(text, start, tag)
        start = _skip_addressed(text, start, people)
        start = _skip_pattern(LINK, text, start)
        start = _skip_pattern(_LEAD_COUNTER, text, start)
        start = _skip_pattern(_LEAD_POINT, text, start)
        start = _skip_pattern(_LEAD_SMILEY, text, start)
        if start == before:
            return min(start, end)
        start = _skip_pattern(_LEAD_STRAY, text, start)


def _skip_pattern(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _goes_on(text: str, at: int) -> bool:
    glued = text[at : at + 1] == "-" and text[at + 1 : at + 2].isalnum()  # "#tag-ers"
    return glued or bool(_GOES_ON.match(text[at : at + 24].lstrip(" ")))


def _skip_mentions(text: str, start: int) -> int:
    found = _LEAD_MENTIONS.match(text, start)
    if not found:
        return start
    if _goes_on(text, found.end()):  # the last one is the subject: "@ann @ben is right"
        listed = re.search(r"(?:and|[&+])\s*@\S+\s*$", found.group())
        return start if listed else start + max(found.group().rfind("@"), 0)
    return found.end()


def _skip_tag(text: str, start: int, tag: str) -> int:
    """Skip the chat's tag, and the block of tags in which it stands."""
    found = _LEAD_TAGS.match(text, start)
    if not found or _goes_on(text, found.end()):
        return start
    tags = [fold_tag(one) for one in found.group().split()]
    return found.end() if tag in tags else start


def _skip_label(text: str, start: int, labels: tuple[Label, ...]) -> int:
    """Skip a label that opens the text, together with the tags and mentions before it."""
    for label in labels:
        opens = label.where in ("start", "line") and label.end > start >= label.start - 120
        if not opens or any(quote in text[start : label.start] for quote in '"“”«»'):
            continue
        if label.where == "line" and label.start > start:
            continue
        rest = text[label.end : label.end + 24].lstrip(" ")
        if label.marked or text.startswith("and ", label.end) or not _LABEL_GOES_ON.match(rest):
            return _skip_pattern(_LEAD_ITEM, text, label.end)
    return start


def _skip_addressed(text: str, start: int, people: Collection[str]) -> int:
    """Skip the people to whom a post on a log speaks: "ann: yes", "ann, ben and cem: yes"."""
    for pattern in _ADDRESSED:
        found = pattern.match(text, start)
        named = re.findall(_NICK, found[1].casefold()) if found else ()
        if found and all(name.rstrip("_") in people for name in named if name != "and"):
            return found.end()
    return start


def _trim_end(text: str, start: int, end: int, labels: tuple[Label, ...], tag: str) -> int:
    """Give where the words end, going back as long as something can be taken off."""
    steps: tuple[Callable[[str], int], ...] = (
        _drop_link,
        lambda part: _drop_tags(part, tag),
        lambda part: _drop_mentions(part, tag),
        lambda part: _drop_label(part, start, labels),
        lambda part: _drop_pattern(_TRAIL_COUNTER, part),
    )
    while True:
        part = text[start:end].rstrip()
        kept = len(part)
        for step in steps:
            kept = min(kept, step(part))
        if kept == len(part):
            return start + len(part)
        end = start + _drop_pattern(_TRAIL_STRAY, part[:kept])


def _drop_pattern(pattern: re.Pattern[str], part: str) -> int:
    found = pattern.search(part)
    return found.start() if found else len(part)


def _drop_link(part: str) -> int:
    """Drop the last link with its opening bracket, where nothing but closing marks follows."""
    links = list(LINK.finditer(part))
    if not links or part[links[-1].end() :].strip(' )]}…"”'):
        return len(part)
    start = links[-1].start()
    opening = re.search(r"[(\[{]\s*$", part[:start])
    return opening.start() if opening else start


def _drop_tags(part: str, tag: str) -> int:
    """Drop the chat's tag at the end, and a block of tags that is no part of the sentence."""
    spans: list[tuple[int, bool]] = []
    rest = part
    while found := _TRAIL_TAG.search(rest):
        spans.append((found.start(), fold_tag(found.group()) == tag))
        rest = rest[: found.start()].rstrip()
    if not spans or (_leans(rest) and not _ENDS_IN_LINK.search(rest)):
        spans = spans[:-1]  # the first tag of the block ends the sentence
    if not spans:
        return len(part)
    if not rest or _SENTENCE_END.search(part[: spans[-1][0]]):
        return spans[-1][0]
    filed = min((at for at, own in spans if own), default=len(part))
    others = [at for at, own in spans if not own and at < filed]
    # One lone tag of another kind may end the sentence: it stays.
    return filed if len(others) < 2 else others[-1]


def _leans(before: str) -> bool:
    found = _LAST_WORD.search(before)
    return found is not None and found[1].casefold() in _LEANING and before[-1:] not in ".!?…"


def _drop_mentions(part: str, tag: str) -> int:
    """Drop the handles of people who were to see it: after "cc", a sentence's end or the tag."""
    found = _TRAIL_MENTIONS.search(part)
    if not found:
        return len(part)
    before = part[: found.start()].rstrip()
    copied = found[0].lstrip("/").lower().startswith("cc")
    ended = not before or _SENTENCE_END.search(before) or _ENDS_IN_LINK.search(before)
    filed = _TRAIL_TAG.search(before)
    if copied or ended or (filed is not None and fold_tag(filed[0]) == tag):
        return found.start()
    return len(part)


def _drop_label(part: str, start: int, labels: tuple[Label, ...]) -> int:
    for label in labels:
        at, end = label.start - start, label.end - start
        closes = label.where == "bracket" or (label.where == "end" and label.role == "answer")
        if closes and at > 0 and not part[end:].strip(" )]."):
            return len(part) if _leans(part[:at]) else at
    return len(part)
