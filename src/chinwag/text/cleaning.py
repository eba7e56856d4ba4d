"""A post's text as a person would quote it: the wrapping off, the words untouched.

The wrapping stands at either end: the people addressed, the answer's label, the chat's hashtag, the
block of tags that files the post, links and pictures, and the separators between them. The rest is
one stretch of the text in which every run of white space is one space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from chinwag.text.hashtags import fold_tag
from chinwag.text.labels import Label, find_labels
from chinwag.text.links import LINK

# A tag, mention or label at the end belongs to the sentence after one of these words: "at #tag".
_LEANING_WORDS = """
a about an and are as at be between both but by enjoy every find follow following for from her
his hosting if in into is its join joined joining like love loved loves my new of on or our than
the their this to today's tonight's under using via was weekly were which with without your au
aux avec dans de des du en et la le les pour sur un une der die das dem den des ein eine im in
mit und von zum zur für con del el los las para por un una y em no na com da do il lo gli di e
nel per ile ve için thank thanks missed
"""
_LEANING = frozenset(_LEANING_WORDS.split())
# A mention, tag or label at the start is the subject before one of these words: "@ann is right".
_GOES_ON = re.compile(
    r"(?:['’]s\b|(?:is|are|was|were|has|have|had|does|did|can|will|would|could|should|may|might"
    r"|makes?|made|says?|said|wrote|writes|offers?|gives?|gave|helps?|provides?|shows?|seems?|looks?"
    r"|rocks?|and(?=\s@?\w)|est|sont|ist|sind|es|son|é|è|sono)\b)",
)
# A label without a mark is the subject before fewer words: "A2 have them read" is an answer.
_LABEL_GOES_ON = re.compile(r"['’]s\b|(?:is|are|was|were|seems?|asks?|and(?=\s@?\w))\b")
_MENTION = r"[@\uff20](?>[\w.]*\w(?:@[\w.-]*\w)?)"
_LEAD_REPOST = re.compile(rf"[\"“]?\s*(?:RT|MT)\s+(?:{_MENTION}\s?:?|\w+:)", re.IGNORECASE)
_LEAD_MENTIONS = re.compile(rf"(?:\.?{_MENTION}[\s,:;&+/|-]*(?:and\s+(?=[@]))?)+")
_LEAD_HELLO = re.compile(rf"(?:hi|hey|hello)\s+{_MENTION}[\s,:!.]+", re.IGNORECASE)
_NICK = r"[\w\[\]`^{}|\\-]{2,30}"
# Several people; one person; one without a mark, before a word that begins a sentence.
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
_BLANKS = re.compile(r"\s*")
_LEAD_STRAY = re.compile(r"[\s|:;,>~/\\•·\-–—=]+(?=[\s\w\"“‘'(\[#@¿¡&$£€+]|[^\x00-\x7f])")
_LEAD_ASIDE = re.compile(r"\([^()]{1,80}\)\s?:\s+(?=\w)")  # "(late, sorry): we lend"
_LEAD_SMILEY = re.compile(r"[:;=]['’]?-?[)(DP]+\s+")
_LEAD_POINT = re.compile(r"\.(?=\s?[@#]|\s+\w)|&(?=\s?[^\W\d])")  # ". @ann", "& how", no ".NET"

_TRAIL_COUNTER = re.compile(
    r"(?:[(\[]\s?\d{1,2}\s?(?:/|of)\s?(?:\d{1,2}|x|n|\?)\s?[)\]]|(?<=[.!?…,\s])\d{1,2}/(?:\d{1,2}|x|n)"
    r"|\(cont(?:['’]?d)?\.?\))$",
    re.IGNORECASE,
)
_TRAIL_MENTIONS = re.compile(rf"(?:^|(?<=\s))(?:/?cc:?\s*)?(?:{_MENTION}[\s,&]*){{1,60}}$", re.I)
_TRAIL_TAG = re.compile(r"(?<![\w&/])[#\uff03](?=\w*[^\W\d])\w+$")
_STRAY = r"[\s|:;,>~/\\•·\-–—=→➡👉⬇↓👇\ufe0f]"
_TRAIL_STRAY = re.compile(rf"(?<!{_STRAY}){_STRAY}+$")
_ENDS_IN_LINK = re.compile(rf"(?:{LINK.pattern})\W*$", re.IGNORECASE)
# Some tools glue the words and the repost together: "So true! #bookchatRT @ann: books".
_QUOTED_REPOST = re.compile(
    rf"\s[\"“]?(?:RT|MT)\s+[\"“]?{_MENTION}\s?:?\s|(?-i:(?<=[a-z0-9])RT)\s+{_MENTION}\s?:\s",
    re.IGNORECASE,
)
_QUOTE = re.compile(r'["“”«»]')
_STOPS = (".", "!", "?", "…")
_BEFORE_LABEL = 120  # characters of tags and mentions that may stand before a label
_MOST_ROUNDS = 60  # times that something is taken off one end
_LOOK_AHEAD = 24  # characters after a label or a tag that show whether the sentence goes on
_LAST_WORD = re.compile(r"(?<![\w'’])([\w'’]+)\W{0,2}$")
_CLOSING_SIGN = re.compile(r"[.!?…。！？)\]\"”’*:;]|[^\w\s,.'’&/-]")


def clean_post(
    text: str,
    hashtag: str = "",
    people: Collection[str] = (),
    labels: tuple[Label, ...] | None = None,
) -> str:
    """Return the words of a post without mentions, label, tags and links at its ends.

    `hashtag` is the chat's own; `people` are handles (case folded) that may stand without `@`, as
    in "ann: yes". The result stands letter for letter in the text, white space apart, and is ""
    where the post says nothing else. A label, tag or mention that is part of a sentence stays.
    `labels` are those of the text, where they are found already.
    """
    start, end = 0, _cut_quoted(text)
    labels = find_labels(text) if labels is None else labels
    start = _trim_start(text, start, end, labels, fold_tag(hashtag), people)
    end = _trim_end(text, start, end, labels, fold_tag(hashtag))
    return " ".join(text[start:end].split())


def _cut_quoted(text: str) -> int:
    """Return where another person's words begin ("So true! RT @ann: books"), else the length."""
    found = _QUOTED_REPOST.search(text)
    return found.start() if found and _LEAD_REPOST.match(text) is None else len(text)


def _trim_start(
    text: str, start: int, end: int, labels: tuple[Label, ...], tag: str, people: Collection[str]
) -> int:
    """Return where the words begin, going forward as long as something can be taken off."""
    steps: tuple[Callable[[int], int], ...] = (
        lambda at: _skip_label(text, at, labels),
        lambda at: _skip_pattern(_LEAD_REPOST, text, at),
        lambda at: _skip_pattern(_LEAD_HELLO, text, at),
        lambda at: _skip_mentions(text, at),
        lambda at: _skip_tag(text, at, tag),
        lambda at: _skip_addressed(text, at, people),
        lambda at: _skip_pattern(LINK, text, at),
        lambda at: _skip_pattern(_LEAD_COUNTER, text, at),
        lambda at: _skip_pattern(_LEAD_POINT, text, at),
        lambda at: _skip_pattern(_LEAD_SMILEY, text, at),
        lambda at: _skip_pattern(_LEAD_ASIDE, text, at),
    )
    for _ in range(_MOST_ROUNDS):
        before = start
        start = _skip_pattern(_BLANKS, text, start)
        for step in steps:
            start = step(start)
        if start == before:
            break
        start = _skip_pattern(_LEAD_STRAY, text, start)
    return min(start, end)


def _skip_pattern(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _goes_on(text: str, at: int) -> bool:
    is_glued = text.startswith("-", at) and text[at + 1 : at + 2].isalnum()  # "#tag-ers"
    rest = text[at : at + _LOOK_AHEAD].lstrip(" ")
    return is_glued or _GOES_ON.match(rest) is not None


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
    tags = map(fold_tag, found.group().split())
    return found.end() if tag in tags else start


def _skip_label(text: str, start: int, labels: tuple[Label, ...]) -> int:
    """Skip a label that opens the text, together with the tags and mentions before it."""
    for label in labels:
        if _opens_with(text, start, label) and not _is_subject(text, label):
            return _skip_pattern(_LEAD_ITEM, text, label.end)
    return start


def _opens_with(text: str, start: int, label: Label) -> bool:
    """Return whether a label is the next thing from `start` on, or follows tags and mentions."""
    is_near = label.end > start >= label.start - _BEFORE_LABEL
    if not is_near or label.where not in ("start", "line"):
        return False
    if label.where == "line" and label.start > start:
        return False
    return not _QUOTE.search(text, start, label.start)


def _is_subject(text: str, label: Label) -> bool:
    """Return whether the sentence goes on after a label: "A2 is the one"."""
    if label.marked or text.startswith("and ", label.end):
        return False
    rest = text[label.end : label.end + _LOOK_AHEAD].lstrip(" ")
    return _LABEL_GOES_ON.match(rest) is not None


def _skip_addressed(text: str, start: int, people: Collection[str]) -> int:
    """Skip the people to whom a post on a log speaks: "ann: yes", "ann, ben and cem: yes"."""
    for pattern in _ADDRESSED:
        found = pattern.match(text, start)
        if found is not None and _are_people(found[1], people):
            return found.end()
    return start


def _are_people(addressed: str, people: Collection[str]) -> bool:
    names = set(re.findall(_NICK, addressed.casefold())) - {"and"}
    return all(name.rstrip("_") in people for name in names)


def _trim_end(text: str, start: int, end: int, labels: tuple[Label, ...], tag: str) -> int:
    """Return where the words end, going back as long as something can be taken off."""
    steps: tuple[Callable[[str], int], ...] = (
        _drop_link,
        lambda part: _drop_tags(part, tag),
        lambda part: _drop_mentions(part, tag),
        lambda part: _drop_label(part, start, labels),
        lambda part: _drop_pattern(_TRAIL_COUNTER, part),
    )
    for _ in range(_MOST_ROUNDS):
        part = text[start:end].rstrip()
        kept = min(step(part) for step in steps)
        end = start + kept
        if kept == len(part):
            break
        end = start + _drop_pattern(_TRAIL_STRAY, part[:kept])
    return end


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
    tags, rest = _list_last_tags(part)
    leans = _leans(rest) and not _ENDS_IN_LINK.search(rest)
    if not tags or leans:
        tags = tags[:-1]  # the first tag of the block ends the sentence
    if not tags:
        return len(part)
    begins = tags[-1].start()
    if not rest or _ends_sentence(part[:begins]):
        return begins
    return _find_filing(part, tags, tag)


def _list_last_tags(part: str) -> tuple[list[re.Match[str]], str]:
    """Return the tags with which a text ends, the last one first, and the text before them."""
    tags: list[re.Match[str]] = []
    while found := _TRAIL_TAG.match(part, max(part.rfind("#"), part.rfind("\uff03"), 0)):
        tags.append(found)
        part = part[: found.start()].rstrip()
    return tags, part


def _find_filing(part: str, tags: list[re.Match[str]], tag: str) -> int:
    """Return where the tags begin that file a post, after a sentence without a mark at its end.

    One lone tag of another kind before the chat's own may end the sentence: it stays.
    """
    own = [found.start() for found in tags if fold_tag(found.group()) == tag]
    filed = min(own, default=len(part))
    others = [found.start() for found in tags if found.start() < filed]
    return filed if len(others) < 2 else others[-1]


def _leans(before: str) -> bool:
    found = _LAST_WORD.search(before)
    if found is None or before.endswith(_STOPS):
        return False
    return found[1].casefold() in _LEANING


def _drop_mentions(part: str, tag: str) -> int:
    """Drop the handles of people who are to see it: after "cc", a sentence's end or the tag."""
    found = _TRAIL_MENTIONS.search(part)
    if not found:
        return len(part)
    is_copied = found[0].lstrip("/").lower().startswith("cc")
    if is_copied or _has_ended(part[: found.start()].rstrip(), tag):
        return found.start()
    return len(part)


def _has_ended(before: str, tag: str) -> bool:
    """Return whether a sentence has ended, by a mark, a link or the chat's tag."""
    if not before or _ends_sentence(before) or _ENDS_IN_LINK.search(before):
        return True
    filed = _TRAIL_TAG.search(before)
    return filed is not None and fold_tag(filed[0]) == tag


def _ends_sentence(before: str) -> bool:
    """Return whether a text ends in a sign that closes a sentence, or in a line of its own."""
    spoken = before.rstrip()
    return "\n" in before[len(spoken) :] or _CLOSING_SIGN.match(spoken[-1:]) is not None


def _drop_label(part: str, start: int, labels: tuple[Label, ...]) -> int:
    closing = (label for label in labels if _may_close(label))
    for label in closing:
        at, end = label.start - start, label.end - start
        is_last = not part[end:].strip(" )].")
        if is_last and at > 0:
            return len(part) if _leans(part[:at]) else at
    return len(part)


def _may_close(label: Label) -> bool:
    if label.where == "end":
        return label.role == "answer"
    return label.where == "bracket"
