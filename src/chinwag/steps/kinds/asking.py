"""Which posts ask: every post with a question's number, and how much it looks like an asking.

The same "Q4:" asks, answers, announces ("Q4 coming up!"), repeats or quotes. What tells them apart
is how the text reads, who says it, and what came before; none of it is tuned to a community.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from chinwag.model import Post
from chinwag.steps.kinds.halves import find_halves, join_halves, read_second_half
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import WITHIN
from chinwag.text import words
from chinwag.text.captions import is_caption
from chinwag.text.labels import Label
from chinwag.text.links import LINK

# Whole points: a sign counts one, a strong one two, so that nothing is tuned to a community.
ASKS = 3  # a candidate that scores less is no asking
_AGAINST = 3  # what a candidate loses that passes on, or only announces, a question
_LIKELY = 2  # score of a text that asks, whoever says it
_FEWEST_WORDS = 2  # of a question
A_FEW = 4  # words that say something by themselves; of a command, those that may announce
_HARDLY = 5  # times as many posts as follow this asking, after another one of the number


class Asking(msgspec.Struct, frozen=True):
    """A post that may ask a question: `at` is its place in time order, `score` how likely.

    `announces` tells whether it may only announce the question, unlike another post that asks it.
    """

    at: int
    read: ReadPost
    number: int
    part: str
    score: int
    wording: str
    announces: bool = False
    amid: bool = False  # the number stands amid a post
    second: ReadPost | None = None  # in which its author goes on with the question

    @property
    def post(self) -> Post:
        """The post that may ask."""
        return self.read.post


_QUESTION_MARK = re.compile(r"[?？؟]")
_OPENS_QUESTION = re.compile(
    r"(?:(?:so|and|ok|okay|now|also|in|for|as|if|when|thinking)\b[^.?!]{0,60}?,?\s)?"
    r"(?:how|what|why|where|when|who|which|whose|do|does|did|is|are|was|were|can|could|would"
    r"|should|will|have|has|any|anyone|comment|quel(?:le)?s?|que|qu|qui|pourquoi|où|combien|wie"
    r"|was|warum|wo|wer|welche[rsn]?|cómo|qué|por|cuál(?:es)?|quién|dónde|como|quais|qual|quem"
    r"|onde|come|cosa|perché|quali|quale|chi|dove|nasıl|neden|ne|hangi|kim|nerede"
    r"|هل|ما|ماذا|كيف|لماذا|من|أين|متى|كم|أي)\b"
    # Japanese asks at the end, or by a word in the midst.
    r"|.*(?:か[。？?]*\s*$|教えて|どう|どこ|どの|どんな|なぜ|何|いつ|誰|いくつ)",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"(?:please |pls )?(?:share|describe|tell|explain|name|list|give|think|choose|pick|discuss"
    r"|imagine|suggest|recommend|let[’']?s|partage[zr]?|décrive?z|nenne?n?|beschreib(?:t|en)?"
    r"|teilt|erzählt|comparten?|describen?|compartilhem?|descreva|condivide(?:te)?|descrivi"
    r"|paylaş|anlat)\b",
    re.IGNORECASE,
)
_SPEAKS_OF_SELF = re.compile(
    r"(?:i|i[’'](?:m|d|ve|ll)|my|mine|we|we[’'](?:re|ve|d|ll)|our|me|for me|personally|honestly"
    r"|yes|no|not|agree|je|j[’']\w+|mon|ma|nous|ich|wir|mein|unser|yo|mi|nosotros|eu|meu|nós|io"
    r"|noi|ben|biz)\b",
    re.IGNORECASE,
)
_COMING_UP = re.compile(
    r"\b(?:coming|comes?|up next|next up|on deck|on the (?:way|horizon|table)|here(?:[’']s)?"
    r"|in case|(?:in|after) (?:a|one|two|\d+) (?:min|moment|sec)|minutes?|forgot|missed|repost"
    r"|repeat|moving|move|ready|next|now|soon|follow(?:s|ing)?|shortly|back to|are we on"
    r"|no time for|can[’']?t (?:seem to )?see|kommt|gleich|bientôt|arrive|suivante|próxima"
    r"|siguiente|viene|vem aí|in arrivo|prossima|geliyor|sırada)\b",
    re.IGNORECASE,
)
_PASSES_ON = re.compile(r"^\s*(?:RT\b|MT\b|via @|[“\"«]\s*@)", re.IGNORECASE)
_QUOTATION = re.compile(r"^\s*[“\"«][^”\"»]*[”\"»]")
_OUT = re.compile(rf"{LINK.pattern}|[@#][\w.@-]+", re.IGNORECASE)
# An "@" must start a run of the letters of handles, or the run is searched again for each.
_MENTION = r"(?<![\w@-])(?<![\w@-]\.)(?<!\.\.)@[\w.@-]+"
_LAST_OUT = re.compile(
    rf"(?:\b(?:via|cc|h/t) )?(?:{LINK.pattern}|#[\w.@-]+|{_MENTION})…?$", re.IGNORECASE
)
_FIRST_OUT = re.compile(r"^(?:@[\w.@-]+|[.:：;,、)\]–—-]+)\s*")
_MOST_ROUNDS = 60  # times that something is taken off a question
_CREDIT = re.compile(
    r"^(?:\((?:(?:a )?question )?(?:from|by|via|asked by|proposed by|suggested by|thanks to|h/t|c/o"
    r"|von|de|da|par|por|gan)\s[^()]{1,40}\)|(?:from|by|via|h/t|von|gan) @[\w.@-]*\w(?=\s*[:–—-]))"
    r"\s*[:–—-]?\s*",
    re.IGNORECASE,
)
_PART_OF = r"(?:\([1-9]\s?(?:/|of)\s?[2-9]\)|[1-9]/[2-9])"
_INVITES = re.compile(
    r"(?:how|what|why|where|when|who|which|do|does|did|is|are|can|could|would|should|will|have|has|any|anyone"
    r"|comment|quel|que|wie|was|warum|cómo|qué|como|qual|come|cosa|perché|nasıl|neden"
    r"|هل|ماذا|كيف|لماذا|أين|متى)\b|.*(?:皆さん|みなさん|皆様|ですか|ますか|でしょうか)",
    re.IGNORECASE,
)
_OPENS = ("start", "line")


def find_askings(posts: Sequence[ReadPost], moderators: Iterable[str] = ()) -> list[Asking]:
    """Return every post that may ask a numbered question, scored; `posts` are in time order.

    `moderators` are those a person named. A score of `ASKS` or more means that it asks.
    """
    return _score_people(posts, _score_texts(posts), frozenset(moderators))


def clean_question(text: str) -> str:
    """Return a question's wording without what surrounds it; no word of the question changes.

    Off come the hashtags, mentions, links and counters ("1/2") at its ends, and who is said to
    have proposed it ("(from Ann): ...").
    """
    wording = re.sub(r"\s+", " ", text).strip()
    before = None
    for _ in range(_MOST_ROUNDS):
        if before == wording:
            break
        before = wording
        wording = _LAST_OUT.sub("", wording).strip()
        wording = _FIRST_OUT.sub("", wording).strip()
        wording = _CREDIT.sub("", wording)
        wording = re.sub(rf"^{_PART_OF} | {_PART_OF}$", "", wording).strip()
    return wording.strip(" \t|-–—:…@") or wording


def count_words(text: str) -> int:
    """Count the words that are left when links, mentions and hashtags are gone."""
    return words.count_words(_OUT.sub(" ", text))


def asks_everybody(read: ReadPost) -> bool:
    """Return whether a post puts a question to all, without a number: "Has anyone ...?"."""
    text = read.text.strip()
    if read.post.reply_to or text.startswith(("@", ".@")) or is_caption(text):
        return False
    sentences = re.split(r"(?<=[.!?؟])\s+|(?<=[。！？])", text)
    asks = [sentence for sentence in sentences if _QUESTION_MARK.search(sentence)]
    invites = any(_INVITES.match(s) or re.search(r"\b(?:you|every|any)", s, re.I) for s in asks)
    return bool(asks) and count_words(text) > A_FEW and invites


class _Candidate(msgspec.Struct, frozen=True):
    """A number that a post may ask, scored by what the post says alone."""

    number: int
    part: str
    score: int
    wording: str
    announces: bool
    amid: bool


def _score_texts(posts: Sequence[ReadPost]) -> list[Asking]:
    halves = find_halves(posts)
    seconds = {read.id for read in halves.values()}
    return [
        Asking(
            at, read, one.number, one.part, one.score, one.wording, one.announces, one.amid,
            halves.get(at),
        )
        for at, read in enumerate(posts)
        if read.id not in seconds
        for one in _find_in_halves(read, halves.get(at))
    ]  # fmt: skip


def _find_in_halves(read: ReadPost, second: ReadPost | None) -> tuple[_Candidate, ...]:
    """Return each number that a post may ask, its words joined with those of a second half."""
    if second is None:
        return read.recall(_find_numbers)
    whole = join_halves(read.text, read_second_half(second))
    label = read.labels[0]
    post = msgspec.structs.replace(read.post, text=whole)
    return (_score_text(post, label, len(whole), 1),)


def _find_numbers(read: ReadPost) -> tuple[_Candidate, ...]:
    """Return each number that a post may ask, once."""
    if read.is_silent:
        return ()
    labels = [label for label in read.labels if label.role != "answer"]
    numbers = len({label.number for label in labels})
    stops = [*(label.start for label in labels[1:]), len(read.text)]
    found: dict[tuple[int, str], _Candidate] = {}
    for label, stop in zip(labels, stops, strict=False):
        if (label.number, label.part) not in found:
            found[label.number, label.part] = _score_text(read.post, label, stop, numbers)
    return tuple(found.values())


def _score_text(post: Post, label: Label, stop: int, numbers: int) -> _Candidate:
    """Score the number of one label by what its post says alone."""
    after = post.text[label.end : max(stop, label.end)]
    before = post.text[: label.start]
    is_after = label.where != "end" and not count_words(after) < A_FEW <= count_words(before)
    says = after if is_after else before
    wording = clean_question(says)
    score = _score_wording(wording, says)
    score += _score_place(label)
    announces = _announces(before, after, says)
    opens = label.where in _OPENS and count_words(wording) >= _FEWEST_WORDS
    may_ask = opens and bool(_QUESTION_MARK.search(wording))
    if announces and not may_ask:
        score -= _AGAINST
    score -= _count_against(post, before, numbers)
    amid = label.where not in _OPENS
    return _Candidate(label.number, label.part, score, wording, announces and may_ask, amid)


def _announces(before: str, after: str, says: str) -> bool:
    """Return whether a question is only announced: "Q4 coming up!", "no time for Q5, but ...?"."""
    if _COMING_UP.search(_OUT.sub(" ", before)[-30:]) and not re.match(
        r"\s*+\S{0,3}?\s*+[:.…]", after
    ):
        return not _QUESTION_MARK.search(after) or not re.match(r"[\s:.]*[A-Z¿]", after)
    short = count_words(says) <= A_FEW or not _QUESTION_MARK.search(says)
    return short and bool(_COMING_UP.search(_OUT.sub(" ", before + " " + _cut_command(after))))


def _cut_command(after: str) -> str:
    """Return what may announce: of a text that opens with a command, its opening alone.

    "Name one thing to try before the next winter" asks, "Share on: Q4 is next" announces.
    """
    wording = clean_question(after)
    is_command = _COMMANDS.match(wording)
    return " ".join(wording.split()[:A_FEW]) if is_command else after


def _score_place(label: Label) -> int:
    """Return what speaks for a number by where it stands: at the start, or without a mark amid."""
    if label.where in _OPENS:
        return 1
    return 0 if label.marked or label.where in ("end", "bracket") else -1


def _score_wording(wording: str, says: str) -> int:
    asks = bool(_QUESTION_MARK.search(_OUT.sub(" ", says)))
    short = 0 if asks and count_words(wording) >= _FEWEST_WORDS else -1
    score = (1 if count_words(says) >= A_FEW else short) + 2 * asks
    if _OPENS_QUESTION.match(wording) or _COMMANDS.match(wording):
        score += 1
    return score - bool(_SPEAKS_OF_SELF.match(wording))


def _count_against(post: Post, before: str, numbers: int) -> int:
    """Return what speaks against: a quotation, a reply, a name in front, other numbers."""
    against = _AGAINST * _quotes(post.text) + before.lstrip().startswith("@")
    against += bool(post.reply_to) and post.reply_to_author != post.author
    return against + 2 * (max(1, numbers) - 1)  # "Q1 and Q2", or a list of them all


def _quotes(text: str) -> bool:
    """Return whether a text passes on another's words, or speaks after a quotation."""
    quotation = _QUOTATION.match(text)
    rest = text[quotation.end() :] if quotation else ""
    return bool(_PASSES_ON.match(text)) or "@" in rest or count_words(rest) > 0


def _score_people(
    posts: Sequence[ReadPost], local: Sequence[Asking], given: frozenset[str]
) -> list[Asking]:
    """Add who says it: people who are first with several numbers are those who ask."""
    firsts: Counter[str] = Counter()
    by_number: dict[tuple[int, str], list[Asking]] = defaultdict(list)
    for asking in local:
        by_number[asking.number, asking.part].append(asking)
    local = [_weigh_announcing(one, by_number[one.number, one.part]) for one in local]
    by_number.clear()
    for asking in local:
        by_number[asking.number, asking.part].append(asking)
    for same in by_number.values():
        likely = [asking for asking in same if asking.score >= _LIKELY]
        if likely:
            firsts[min(likely, key=lambda asking: asking.at).post.author] += 1
    counts = _count_following(posts, local)
    most = {key: max(counts[asking.at] for asking in same) for key, same in by_number.items()}
    return [
        msgspec.structs.replace(
            asking,
            score=asking.score
            + _score_person(asking.post.author, firsts, given)
            - _score_silence(counts[asking.at], most[asking.number, asking.part]),
        )
        for asking in local
    ]


def _weigh_announcing(asking: Asking, same: Sequence[Asking]) -> Asking:
    """Return what may announce a question ("Q2: ready?") as announcing where another post asks."""
    if not asking.announces or not any(_asks_after(other, asking) for other in same):
        return asking
    return msgspec.structs.replace(asking, score=asking.score - _AGAINST)


def _asks_after(other: Asking, asking: Asking) -> bool:
    """Return whether another post asks plainly later, or its author does in other words."""
    if other.at <= asking.at or other.score < _LIKELY:
        return False
    differs = other.wording.casefold() != asking.wording.casefold()
    return not other.announces or (differs and other.read.author == asking.read.author)


def _score_person(author: str, firsts: Counter[str], given: frozenset[str]) -> int:
    """Return what speaks for who says it: named as a host, first with several numbers, or none."""
    return 2 if author in given else min(2, firsts[author]) - 1


def _score_silence(following: int, most: int) -> int:
    """Return what speaks against an asking that hardly anybody's posts follow: it announces."""
    return 2 if most >= _HARDLY and following * _HARDLY < most else 0


def _count_following(posts: Sequence[ReadPost], askings: Sequence[Asking]) -> dict[int, int]:
    """Count, for each candidate, the posts of others in the ten minutes after it."""
    times = [read.created_at for read in posts]
    own: dict[str, list[int]] = defaultdict(list)
    for at, read in enumerate(posts):
        own[read.author].append(at)
    counts: dict[int, int] = {}
    for asking in askings:
        first = asking.at + 1
        stop = bisect_right(times, asking.post.created_at + WITHIN, lo=first)
        places = own[asking.read.author]
        counts[asking.at] = stop - first - bisect_left(places, stop) + bisect_left(places, first)
    return counts
