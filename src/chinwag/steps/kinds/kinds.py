"""What kind of post it is: greeting, thanks, housekeeping, agreement and so on.

What a post says leads (`kind_phrases`); who says it, and when, decides between readings: a host's
"Q6 is in two parts" is housekeeping, "great discussion" is thanks when the hour closes, and whoever
gives a name and a place in a first post introduces themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from chinwag.steps.kinds import kind_phrases as phrases
from chinwag.steps.kinds.asking import asks_everybody
from chinwag.steps.reading.read_post import ReadPost
from chinwag.steps.reading.view import ChatView
from chinwag.text.courtesies import tell_courtesy
from chinwag.text.links import LINK
from chinwag.text.parts import cut_counters

NOWHERE = frozenset({"greeting", "thanks", "housekeeping", "announcement", "spam"})

_WORDS = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCES = re.compile(r"(?<=[.!…])\s+|\n|\s[-–—]\s")
_QUOTED_POST = re.compile(
    r"(?:twitter|x)\.com/\w+/status/\d|/@[\w.@-]+/\d{6,}|bsky\.\w+/profile/\S+/post/"
)
_QUOTES = re.compile(r"^\W*[“\"]@\w")
_AIMS = re.compile(r"https?://t\.co/\w+…?\s*$|(?<!\w)[@＠]\w")
_TAG = re.compile(r"(?<!\w)#\w+")
_PLUS_ONE = re.compile(r"(?:@[\w.@-]+\s+)*\+1\b")
_TURNS = re.compile(r"[\s]*[,.!:]|\s{2,}|\s*[-–—]")  # from the hello to what follows
_LITTLE_ELSE = 6  # words beside thanks, at most
_LITTLE_AT_CLOSE = 12  # words beside thanks that open a post when the chat closes, at most
_INTRODUCES_WITHIN = 35  # words in an introduction, at most
_SELLS_FROM = 4  # so many marks of selling, each innocent by itself, make spam


class Setting(msgspec.Struct, frozen=True):
    """Where in its chat a post was said.

    `first` tells that it is its author's first post: people introduce themselves once. `early`
    tells that no question was out yet, `closing` that the last one was and that time had passed
    since. `host` tells that a moderator says it, `answers` that it replies to an asking post, or
    speaks to its author right after.
    """

    first: bool = True
    early: bool = False
    closing: bool = False
    host: bool = False
    answers: bool = False


ANYWHERE = Setting()


def find_kinds(view: ChatView) -> list[str]:
    """Return the kinds of a chat's posts, one by one, each of KINDS."""
    return [_find_kind(view, at) for at in range(len(view.posts))]


def _find_kind(view: ChatView, at: int) -> str:
    read = view.reads[at]
    post = read.post
    if post.id in view.asks:
        return "question"
    if not view.numbered and not post.text_lost and read.recall(asks_everybody):
        return "question"
    newest, parent = view.newest[at], view.parent[at]
    if not view.numbered:
        parent = max(parent, view.mentioned[at])  # "@host ..." answers what the host asked all
    last = len(view.questions) - 1
    setting = Setting(
        first=view.previous[at] < 0,
        early=view.numbered and bool(view.questions) and newest < 0,
        closing=bool(view.questions) and newest == last and view.age[at] > 120,
        host=post.author in view.moderators,
        answers=parent >= 0 and view.posts[parent].id in view.asks,
    )
    return read.recall(tell_kind, setting)


def tell_kind(read: ReadPost, setting: Setting = ANYWHERE) -> str:
    """Return the kind of a post that asks no question of the chat: one of KINDS but "question"."""
    if read.post.deleted or read.post.text_lost:
        return "reply" if read.post.reply_to else "answer"
    # What its author numbered answers, whatever it speaks of: a chat may be about betting shops.
    if read.usual_labels:
        return _tell_labelled(read, setting)
    if _is_spam(read, setting):
        return "spam"
    return _tell_unlabelled(read, setting)


def _tell_labelled(read: ReadPost, setting: Setting) -> str:
    """Return the kind of a numbered post: it answers, unless it is about the numbers themselves."""
    if read.speech_words and _only_agrees(read.speech_words):
        return "agreement"
    if _QUOTES.match(read.text):
        return "reply"
    roles = {label.role for label in read.labels}
    if roles == {"answer"}:
        return "answer"
    return "housekeeping" if _is_about_numbers(read, setting, roles) else "answer"


def _is_about_numbers(read: ReadPost, setting: Setting, roles: set[str]) -> bool:
    """Return whether a post is about how the chat is numbered: "Q6 is in two parts"."""
    keeps = phrases.HOUSEKEEPING.search(read.text) is not None
    explains = setting.host and roles == {"answer", "question"}
    if keeps and (explains or read.is_short(7)):
        return True
    names_question = setting.host and "question" in roles and not read.replies
    if not names_question or read.post.links or not read.is_short(24):
        return False
    return keeps or read.is_short(5) or phrases.HOST_KEEPS.search(read.speech) is not None


def _tell_unlabelled(read: ReadPost, setting: Setting) -> str:
    if not read.speech_words:
        return _tell_wordless(read, setting)
    if _agrees(read):
        return "agreement"
    if courtesy := tell_courtesy(read.speech):
        return courtesy
    for kind, fits in _UNLABELLED:
        if fits(read, setting):
            return kind
    return _tell_talk(read, setting)


def _tell_wordless(read: ReadPost, setting: Setting) -> str:
    shares = bool(LINK.search(read.text)) or bool(read.post.media)
    return _tell_talk(read, setting) if shares else "agreement"


def _tell_talk(read: ReadPost, setting: Setting) -> str:
    """Return whether a post is a reply or an answer: a reply to an asking post answers it."""
    if setting.answers:
        return "answer"
    quotes = bool(_QUOTED_POST.search(read.text)) or bool(_QUOTES.match(read.text))
    if read.replies or quotes or read.post.quote_of:
        return "reply"
    # A link that ends a reaction is often the post that is quoted: sources shorten it.
    aims = bool(_AIMS.search(read.text)) and bool(phrases.REACTS.match(read.speech))
    return "reply" if aims else "answer"


def _is_spam(read: ReadPost, setting: Setting) -> bool:
    """Return whether a post sells to strangers, or is a link under a heap of tags."""
    links = bool(read.post.links) or "http" in read.text
    tags = len(_TAG.findall(read.text))
    if phrases.SPAM.search(read.speech) and (links or tags >= 3):
        return True
    stranger = setting.first and not setting.host and not read.replies
    marks = sum(bool(pattern.search(read.text)) for pattern in phrases.SELLS) if stranger else 0
    if marks >= _SELLS_FROM:
        return True
    return tags >= 8 and len(read.speech_words) <= tags and links


def _agrees(read: ReadPost) -> bool:
    """Return whether a post agrees and says nothing else."""
    if "?" in read.speech:
        return False
    return _only_agrees(read.speech_words) or _seconds(read)


def _only_agrees(words: Sequence[str]) -> bool:
    """Return whether each of a few words is said in agreeing, or there is none but emoji."""
    if not words:
        return True
    if len(words) > 8:
        return False
    return phrases.AGREES.issuperset(words) and not phrases.AGREES_CORE.isdisjoint(words)


def _seconds(read: ReadPost) -> bool:
    """Return whether a post seconds another: "+1 to what she said"."""
    return _PLUS_ONE.match(read.text) is not None and read.is_short(10)


def _is_thanks(read: ReadPost, setting: Setting) -> bool:
    """Return whether a post thanks and says little else, or praises the chat when it closes."""
    if "?" in read.speech:
        return False
    found = phrases.THANKS.search(read.speech)
    if not found and not _praises_chat(read, setting):
        return False
    sentences = list(filter(None, _SENTENCES.split(read.speech)))
    polite = sum(_count_words(part) for part in sentences if _is_courtesy(part))
    rest = len(read.speech_words) - polite
    if not found:
        return rest <= _LITTLE_ELSE
    before = _count_words(read.speech[: found.start()])
    if setting.closing and setting.host and before <= 10:
        return True
    near = min(_count_words(part[: _find_thanks(part)]) for part in sentences)
    if near > 5 or polite > 30:
        return False
    return rest <= _LITTLE_ELSE or (setting.closing and before <= 5 and rest <= _LITTLE_AT_CLOSE)


def _praises_chat(read: ReadPost, setting: Setting) -> bool:
    """Return whether a short post praises the chat when it closes."""
    if not setting.closing or not read.is_short(24):
        return False
    return phrases.PRAISES_CHAT.search(read.speech) is not None


def _count_words(text: str) -> int:
    return len(_WORDS.findall(text))


_COURTESIES = (phrases.PRAISES_CHAT, phrases.BYE, phrases.NEXT_CHAT, phrases.HOUSEKEEPING)


def _is_courtesy(sentence: str) -> bool:
    words = _count_words(sentence)
    if words <= 30 and phrases.THANKS.search(sentence):
        return True
    return words <= 14 and any(pattern.search(sentence) for pattern in _COURTESIES)


def _find_thanks(said: str) -> int:
    found = phrases.THANKS.search(said)
    return found.start() if found else len(said)


def _is_greeting(read: ReadPost, setting: Setting) -> bool:
    """Return whether a post says hello or goodbye, and does not only begin or end with it."""
    said = read.speech
    if phrases.LEAVES_EARLY.match(said) and read.is_short(30):
        return True
    if phrases.WISHES.match(said) and read.is_short(10):
        return True
    if phrases.BYE.search(said) and "?" not in said:
        return read.is_short(18 if setting.closing or setting.host else 16)
    if read.replies and read.is_short(12) and phrases.MEETS.search(said):
        return True
    if setting.first and phrases.MISSED.match(said):
        return read.is_short(24) and not setting.host
    hello = phrases.HELLO.match(said)
    return hello is not None and _greets(read, hello.end(), setting)


def _greets(read: ReadPost, end: int, setting: Setting) -> bool:
    """Return whether what follows a hello goes on greeting: "Hello Kitty books" does not."""
    after = read.speech[end:]
    welcomes = read.speech.lower().startswith("welcome") and phrases.AROUND.match(after)
    if read.is_short(9) or setting.early or (welcomes and read.is_short(20)):
        return True
    if not setting.first or read.replies or not read.is_short(_INTRODUCES_WITHIN):
        return False
    rest = after.lstrip(" ,.!-–—:")
    around = phrases.AROUND.match(rest)
    rest = rest[around.end() :] if around else rest
    if phrases.NAMES_SELF.search(rest):
        return True
    turns = around is not None or _TURNS.match(after) is not None
    return turns and _presents(rest)


_PRESENTS = (phrases.ROLE, phrases.COMES, phrases.NAMES_SELF)


def _presents(text: str) -> bool:
    """Return whether words are an arrival's: a trade, a place, "looking forward", "lurking"."""
    return any(pattern.search(text) for pattern in _PRESENTS)


def _is_introduction(read: ReadPost, setting: Setting) -> bool:
    """Return whether people introduce themselves without a hello, at first or coming late."""
    if "?" in read.speech or read.post.links or read.labels:
        return False
    if not read.is_short(_INTRODUCES_WITHIN):
        return False
    if setting.early and not read.replies and _names_self(read):
        return True
    if setting.host or (not setting.early and _says_more(read)):
        return False
    return _comes_late(read, setting) or (setting.first and _presents_self(read, setting))


def _comes_late(read: ReadPost, setting: Setting) -> bool:
    """Return whether a short post of its own says that its author has come."""
    if setting.closing or read.replies or not read.is_short(10):
        return False
    return phrases.COMES.search(read.speech) is not None


def _presents_self(read: ReadPost, setting: Setting) -> bool:
    """Return whether a first post presents its author."""
    if setting.early and (not read.replies or read.is_short(12)):
        return True
    if read.replies:
        return False
    comes = phrases.COMES.search(read.speech) is not None
    return _names_self(read) or (comes and read.is_short(20))


def _says_more(read: ReadPost) -> bool:
    """Return whether a whole sentence speaks of something else than who comes, and from where."""
    return any(map(_is_about_else, _SENTENCES.split(read.speech)))


def _is_about_else(sentence: str) -> bool:
    if _count_words(sentence) <= 8 or _presents(sentence):
        return False
    return phrases.PLACE.search(sentence) is None


def _names_self(read: ReadPost) -> bool:
    """Return whether a post gives a name with a trade or a place: "Ann Lee, librarian, Leeds"."""
    if phrases.NAMES_SELF.match(read.speech):
        return True
    if not phrases.ROLE.search(read.speech):
        return False
    if phrases.reads_like_a_badge(read.speech, read.speech_words):
        return True
    name = phrases.NAME_FIRST.match(read.speech)
    alone = name is not None and not name["stop"][:1].isspace()
    if alone and read.is_short(9):
        return True
    return read.is_short(22 if alone else 10) and phrases.PLACE.search(read.speech) is not None


def _is_announcement(read: ReadPost, setting: Setting) -> bool:
    """Return whether a post calls people to this chat, to the next one or to something outside."""
    text = cut_counters(LINK.sub(" ", read.text))
    if phrases.TICKETS.search(read.speech) or _opens_something(read, text):
        return True
    around = setting.early or setting.closing or setting.host
    if phrases.NEXT_CHAT.search(text) and (around or not read.replies):
        return setting.host or not read.replies
    if phrases.INVITES.search(text) and (around or setting.first or read.replies):
        return not read.replies or read.is_short(14)
    return not read.replies and _promotes(read, setting, text)


def _promotes(read: ReadPost, setting: Setting, text: str) -> bool:
    """Return whether a post of its own tells of today's chat, or of something outside by a link."""
    if setting.first and phrases.TODAYS_CHAT.search(text):
        return setting.early or read.is_short(20)
    return bool(read.post.links) and phrases.PROMOTES.search(read.speech) is not None


def _invites_there(read: ReadPost, _setting: Setting) -> bool:
    """Return whether a post says "see you there" with a link, whoever says it and when."""
    return bool(phrases.SEE_YOU_THERE.search(read.speech)) and bool(LINK.search(read.text))


def _opens_something(read: ReadPost, text: str) -> bool:
    """Return whether a post of its own says that something is open to all."""
    if read.replies or "?" in read.speech:
        return False
    return phrases.OPENS.search(text) is not None


def _is_housekeeping(read: ReadPost, setting: Setting) -> bool:
    """Return whether a post says how the chat runs."""
    if not read.is_short(40):
        return False
    if phrases.HOUSEKEEPING.search(read.text):
        return setting.host or read.is_short(30)
    if not setting.host or read.replies or read.post.links or not read.is_short(26):
        return False
    return phrases.HOST_KEEPS.search(read.speech) is not None


_Fits: TypeAlias = Callable[[ReadPost, Setting], bool]
# The first that fits tells the kind of a post without a label.
_UNLABELLED: tuple[tuple[str, _Fits], ...] = (
    ("thanks", _is_thanks),
    ("announcement", _invites_there),
    ("greeting", _is_greeting),
    ("announcement", _is_announcement),
    ("housekeeping", _is_housekeeping),
    ("greeting", _is_introduction),
)
