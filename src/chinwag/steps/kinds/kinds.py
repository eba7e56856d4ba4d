"""What kind of post it is: greeting, thanks, housekeeping, agreement and so on.

The model of `steps/judging` says how likely each kind is. A post that its author numbered answers,
whatever it speaks of; whether any other post of the talk answers the chat or replies to somebody is
seen in its form.
"""

from __future__ import annotations

import math
import re

from chinwag.steps.judging.judgements import TALK, judge_kind
from chinwag.steps.judging.phrase_classes import find_classes
from chinwag.steps.judging.surroundings import ANYWHERE, Surroundings, surround
from chinwag.steps.kinds.asking import asks_everybody
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import ChatView
from chinwag.text.links import LINK
from chinwag.text.words import split_words

NOWHERE = frozenset({"greeting", "thanks", "housekeeping", "announcement", "spam"})
SURELY = 0.7  # a post so likely to be no part of the talk is left out: better one too many in

_QUOTED_POST = re.compile(
    r"(?:twitter|x)\.com/\w+/status/\d|/@[\w.@-]+/\d{6,}|bsky\.\w+/profile/\S+/post/"
)
_LINK_LAST = re.compile(rf"(?:{LINK.pattern})\W*$", re.IGNORECASE)
_TAKES_UP = ("agrees", "you")
_QUOTES = re.compile(r"^\W*[“\"]@\w")


def find_kinds(view: ChatView) -> list[str]:
    """Return the kinds of a chat's posts, one by one, each of KINDS."""
    return [_find_kind(view, at) for at in range(len(view.posts))]


def _find_kind(view: ChatView, at: int) -> str:
    if asks_chat(view, at):
        return "question"
    is_answer = not tells_numbering(view, at)
    kind = view.reads[at].recall(tell_kind, surround(view, at), numbers_answers=is_answer)
    return "answer" if kind == "reply" and _answers_asking(view, at) else kind


def _answers_asking(view: ChatView, at: int) -> bool:
    """Return whether a post answers one that asks a numbered question."""
    told = view.parent[at]
    return view.numbered and told >= 0 and view.posts[told].id in view.asks


def tells_numbering(view: ChatView, at: int) -> bool:
    """Return whether a host names answers before any question is out ("say A1, A2 and so on").

    Nobody can give an answer then: it tells how they are numbered.
    """
    read = view.reads[at]
    return (
        view.numbered
        and view.newest[at] < 0
        and read.author in view.moderators
        and any(label.role == "answer" for label in read.labels)
    )


def asks_chat(view: ChatView, at: int) -> bool:
    """Return whether a post asks a question of the chat, or all where none is numbered."""
    read = view.reads[at]
    if read.id in view.asks:
        return True
    return not view.numbered and not read.post.text_lost and read.recall(asks_everybody)


def tell_kind(
    read: ReadPost, around: Surroundings = ANYWHERE, *, numbers_answers: bool = True
) -> str:
    """Return the kind of a post that asks no question of the chat: one of KINDS but "question".

    Without `numbers_answers` an answer's number in it does not tell that it answers.
    """
    if read.post.deleted or read.post.text_lost:
        return "reply" if read.post.reply_to else "answer"
    if numbers_answers and _numbers_its_answer(read):
        return "reply" if _QUOTES.match(read.text) else "answer"
    if not read.speech_words:
        return _tell_wordless(read)
    likely = read.recall(judge_kind, around)
    left_out = weigh_outside(read, around) >= SURELY
    kinds = {kind: share for kind, share in likely.items() if (kind in NOWHERE) == left_out}
    kind = max(kinds, key=lambda one: kinds[one])
    return _tell_talk(read) if kind == TALK else kind


def weigh_outside(read: ReadPost, around: Surroundings) -> float:
    """Return how likely the words of a post are to be no part of the talk, from 0 to 1."""
    likely = read.recall(judge_kind, around)
    return math.fsum(share for kind, share in likely.items() if kind in NOWHERE)


def _numbers_its_answer(read: ReadPost) -> bool:
    """Return whether a post bears an answer's number, and no question's beside it."""
    opens = any(label.where != "midst" or label.marked for label in read.labels)
    return opens and all(label.role == "answer" for label in read.labels)


def _tell_wordless(read: ReadPost) -> str:
    """Return "agreement" for a post of emoji alone; a link or a picture says something."""
    shows = bool(read.post.links) or bool(read.post.media) or "http" in read.text
    return _tell_talk(read) if shows else "agreement"


def _tell_talk(read: ReadPost) -> str:
    """Return "reply" where a post answers another or quotes one, else "answer"."""
    if read.usual_labels:
        return "answer"
    quotes = bool(_QUOTED_POST.search(read.text)) or bool(_QUOTES.match(read.text))
    answers = read.replies or quotes or read.post.quote_of or _takes_up(read)
    return "reply" if answers else "answer"


def _takes_up(read: ReadPost) -> bool:
    """Return whether a post opens as one that answers somebody, and shows or names whom."""
    shows = bool(_LINK_LAST.search(read.text)) or bool(read.names.named)
    opens = {name for name, at in find_classes(split_words(read.speech)) if at == 0}
    return shows and not opens.isdisjoint(_TAKES_UP)
