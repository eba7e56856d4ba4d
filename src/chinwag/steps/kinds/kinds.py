"""What kind of post it is: greeting, thanks, housekeeping, agreement and so on.

What a post says leads (`kind_phrases`); who says it, and when, decides between readings: a host's
"Q6 is in two parts" is housekeeping, "great discussion" is thanks when the hour closes, and whoever
gives a name and a place in a first post introduces themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    """Tell a numbered post: it answers, unless it is about the numbers themselves."""
    if read.speech_words and _only_agrees(read.speech_words):
        return "agreement"
    if _QUOTES.match(read.text):
        return "reply"
    roles = {label.role for label in read.labels}
    if roles == {"answer"}:
        return "answer"
    explains = roles == {"answer", "question"}
    if phrases.HOUSEKEEPING.search(read.text) and (read.is_short(7) or (setting.host and explains)):
        return "housekeeping"
    asks = "question" in roles
    if setting.host and asks and not read.replies and not read.post.links and read.is_short(24):
        keeps = phrases.HOUSEKEEPING.search(read.text) or phrases.HOST_KEEPS.search(read.speech)
        return "housekeeping" if keeps or read.is_short(5) else "answer"
    return "answer"


def _tell_unlabelled(read: ReadPost, setting: Setting) -> str:
    if not read.speech_words:
        return _tell_wordless(read, setting)
    if "?" not in read.speech and (_only_agrees(read.speech_words) or _seconds(read)):
        return "agreement"
    if courtesy := tell_courtesy(read.speech):
        return courtesy
    if _is_thanks(read, setting):
        return "thanks"
    if phrases.SEE_YOU_THERE.search(read.speech) and LINK.search(read.text):
        return "announcement"
    if _is_greeting(read, setting):
        return "greeting"
    if _is_announcement(read, setting):
        return "announcement"
    if _is_housekeeping(read, setting):
        return "housekeeping"
    return "greeting" if _is_introduction(read, setting) else _tell_talk(read, setting)


def _tell_wordless(read: ReadPost, setting: Setting) -> str:
    shares = bool(LINK.search(read.text)) or bool(read.post.media)
    return _tell_talk(read, setting) if shares else "agreement"


def _tell_talk(read: ReadPost, setting: Setting) -> str:
    """Tell a reply from an answer: whoever replies to an asking post answers it."""
    if setting.answers:
        return "answer"
    quotes = bool(_QUOTED_POST.search(read.text)) or bool(_QUOTES.match(read.text))
    if read.replies or quotes or read.post.quote_of:
        return "reply"
    # A link that ends a reaction is often the post that is quoted: sources shorten it.
    aims = bool(_AIMS.search(read.text)) and bool(phrases.REACTS.match(read.speech))
    return "reply" if aims else "answer"


def _is_spam(read: ReadPost, setting: Setting) -> bool:
    """Tell what sells to strangers, or a link under a heap of tags."""
    links = bool(read.post.links) or "http" in read.text
    tags = len(re.findall(r"(?<!\w)#\w+", read.text))
    if phrases.SPAM.search(read.speech) and (links or tags >= 3):
        return True
    if setting.first and not setting.host and not read.replies:
        marks = sum(bool(pattern.search(read.text)) for pattern in phrases.SELLS)
        if marks >= _SELLS_FROM:
            return True
    return tags >= 8 and len(read.speech_words) <= tags and links


def _only_agrees(words: Sequence[str]) -> bool:
    """Tell bare agreement: few words, each of them said in agreeing, or emoji alone."""
    if not words:
        return True
    if len(words) > 8:
        return False
    return all(word in phrases.AGREES for word in words) and any(
        word in phrases.AGREES_CORE for word in words
    )


def _seconds(read: ReadPost) -> bool:
    """Tell "+1 to what she said"."""
    return bool(re.match(r"(?:@[\w.@-]+\s+)*\+1\b", read.text)) and read.is_short(10)


def _is_thanks(read: ReadPost, setting: Setting) -> bool:
    """Tell thanks that say little else, and praise of the chat when it closes."""
    if "?" in read.speech:
        return False
    found = phrases.THANKS.search(read.speech)
    praises = setting.closing and read.is_short(24) and phrases.PRAISES_CHAT.search(read.speech)
    if not found and not praises:
        return False
    sentences = [part for part in _SENTENCES.split(read.speech) if part]
    courtesies = [part for part in sentences if _is_courtesy(part)]
    spoken = sum(len(_WORDS.findall(part)) for part in courtesies)
    rest = len(read.speech_words) - spoken
    if not found:
        return rest <= 6
    before = len(_WORDS.findall(read.speech[: found.start()]))
    near = min(len(_WORDS.findall(part[: _find_thanks(part)])) for part in sentences)
    if setting.host and setting.closing and before <= 10:
        return True
    return near <= 5 and spoken <= 30 and rest <= (12 if setting.closing and before <= 5 else 6)


def _is_courtesy(sentence: str) -> bool:
    words = len(_WORDS.findall(sentence))
    if words <= 30 and phrases.THANKS.search(sentence):
        return True
    return words <= 14 and bool(
        phrases.PRAISES_CHAT.search(sentence)
        or phrases.BYE.search(sentence)
        or phrases.NEXT_CHAT.search(sentence)
        or phrases.HOUSEKEEPING.search(sentence)
    )


def _find_thanks(said: str) -> int:
    found = phrases.THANKS.search(said)
    return found.start() if found else len(said)


def _is_greeting(read: ReadPost, setting: Setting) -> bool:
    """Tell hello and goodbye from answers that begin or end with a courtesy."""
    if phrases.LEAVES_EARLY.match(read.speech) and read.is_short(30):
        return True
    if phrases.WISHES.match(read.speech) and read.is_short(10):
        return True
    if phrases.BYE.search(read.speech) and "?" not in read.speech:
        return read.is_short(18 if setting.closing or setting.host else 16)
    if read.replies and read.is_short(12) and phrases.MEETS.search(read.speech):
        return True
    if setting.first and phrases.MISSED.match(read.speech):
        return read.is_short(24) and not setting.host
    hello = phrases.HELLO.match(read.speech)
    return bool(hello) and _greets(read, hello.end(), setting)  # type: ignore[union-attr]


def _greets(read: ReadPost, end: int, setting: Setting) -> bool:
    """Return whether what follows a hello goes on greeting: "Hello Kitty books" does not."""
    welcomes = read.speech.lower().startswith("welcome") and phrases.AROUND.match(read.speech[end:])
    if read.is_short(9) or setting.early or (welcomes and read.is_short(20)):
        return True
    rest = read.speech[end:].lstrip(" ,.!-–—:")
    around = phrases.AROUND.match(rest)
    rest = rest[around.end() :] if around else rest
    if not setting.first or read.replies or not read.is_short(_INTRODUCES_WITHIN):
        return False
    turns = bool(around) or bool(re.match(r"[\s]*[,.!:]|\s{2,}|\s*[-–—]", read.speech[end:]))
    return bool(phrases.NAMES_SELF.search(rest)) or (turns and _presents(rest))


def _presents(text: str) -> bool:
    """Tell words of somebody who arrives: a trade, a place, "looking forward", "just lurking"."""
    return bool(
        phrases.ROLE.search(text) or phrases.COMES.search(text) or phrases.NAMES_SELF.search(text)
    )


def _is_introduction(read: ReadPost, setting: Setting) -> bool:
    """Tell who introduces themselves without a hello, in a first post or as one who comes late."""
    if "?" in read.speech or not read.is_short(_INTRODUCES_WITHIN) or read.post.links:
        return False
    if read.labels:
        return False
    if setting.early and not read.replies and _names_self(read):
        return True
    if setting.host or (not setting.early and _says_more(read)):
        return False
    comes = phrases.COMES.search(read.speech)
    if comes and not setting.closing and read.is_short(10) and not read.replies:
        return True
    if not setting.first:
        return False
    if setting.early and not (read.replies and not read.is_short(12)):
        return True
    return not read.replies and (_names_self(read) or bool(comes and read.is_short(20)))


def _says_more(read: ReadPost) -> bool:
    """Return whether a whole sentence speaks of something else than who comes, whence and how."""
    return any(
        len(_WORDS.findall(sentence)) > 8
        and not _presents(sentence)
        and not phrases.PLACE.search(sentence)
        for sentence in _SENTENCES.split(read.speech)
    )


def _names_self(read: ReadPost) -> bool:
    """Tell a name with a trade or a place: "Ann Lee, school librarian, Leeds"."""
    if phrases.NAMES_SELF.match(read.speech):
        return True
    trade, place = phrases.ROLE.search(read.speech), phrases.PLACE.search(read.speech)
    if not trade:
        return False
    if phrases.reads_like_a_badge(read.speech, read.speech_words):
        return True
    name = phrases.NAME_FIRST.match(read.speech)
    alone = bool(name) and not name["stop"][:1].isspace()  # type: ignore[index]
    return (alone and read.is_short(9)) or bool(place and read.is_short(22 if alone else 10))


def _is_announcement(read: ReadPost, setting: Setting) -> bool:
    """Tell what calls people to this chat, to the next one or to something outside."""
    text = cut_counters(LINK.sub(" ", read.text))
    before = setting.early or setting.closing or setting.host
    if phrases.TICKETS.search(read.speech) or (
        not read.replies and "?" not in read.speech and phrases.OPENS.search(text)
    ):
        return True
    if phrases.NEXT_CHAT.search(text) and (before or not read.replies):
        return not (read.replies and not setting.host)
    if (before or setting.first or read.replies) and phrases.INVITES.search(text):
        return not (read.replies and not read.is_short(14))
    if setting.first and not read.replies and phrases.TODAYS_CHAT.search(text):
        return setting.early or read.is_short(20)
    return not read.replies and bool(read.post.links) and bool(phrases.PROMOTES.search(read.speech))


def _is_housekeeping(read: ReadPost, setting: Setting) -> bool:
    if not read.is_short(40):
        return False
    if phrases.HOUSEKEEPING.search(read.text):
        return setting.host or read.is_short(30)
    keeps = setting.host and not read.replies and not read.post.links and read.is_short(26)
    return keeps and bool(phrases.HOST_KEEPS.search(read.speech))
