"""What kind of post it is: greeting, thanks, housekeeping, agreement and so on.

What a post says leads (`kind_phrases`); who says it, and when, decides between readings: a host's
"Q6 is in two parts" is housekeeping, "great discussion" is thanks when the hour closes, and whoever
gives a name and a place in a first post introduces themselves.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from chinwag.model import Post
from chinwag.steps.kinds import kind_phrases as phrases
from chinwag.steps.kinds.asking import asks_everybody
from chinwag.steps.reading.view import ChatView
from chinwag.text.courtesies import tell_courtesy
from chinwag.text.labels import find_labels, strip_labels
from chinwag.text.links import LINK

NOWHERE = frozenset({"greeting", "thanks", "housekeeping", "announcement", "spam"})

_TAGS = re.compile(r"(?<!\w)[@#＠＃][\w.@-]+")
_WORDS = re.compile(r"\w+(?:['’]\w+)*")
_COUNTER = re.compile(r"\(?\b\d{1,2}\s?/\s?\d{1,2}\b\)?")
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


class Said(msgspec.Struct, frozen=True):
    """A post without what surrounds its words: tags, mentions, links, labels and counters."""

    text: str
    words: list[str]
    replies: bool

    def is_short(self, most: int) -> bool:
        """Tell whether it has at most so many words."""
        return len(self.words) <= most


def find_kind(view: ChatView, at: int) -> str:
    """Give the kind of the post at a place of a chat: one of KINDS."""
    post = view.posts[at]
    if post.id in view.asks:
        return "question"
    if not view.numbered and not post.text_lost and asks_everybody(post):
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
    return tell_kind(post, setting)


@lru_cache(maxsize=16_384)  # live placing asks it again of every post near a new one
def tell_kind(post: Post, setting: Setting = ANYWHERE) -> str:
    """Give the kind of a post that asks no question of the chat: one of KINDS but "question"."""
    if post.deleted or post.text_lost:
        return "reply" if post.reply_to else "answer"
    said = _listen(post)
    # What its author numbered answers, whatever it speaks of: a chat may be about betting shops.
    if any(label.where != "midst" for label in find_labels(post.text)):
        return _tell_labelled(post, said, setting)
    if _is_spam(post, said, setting):
        return "spam"
    return _tell_unlabelled(post, said, setting)


def _listen(post: Post) -> Said:
    text = _COUNTER.sub(" ", _TAGS.sub(" ", LINK.sub(" ", strip_labels(post.text))))
    text = text.strip(' .,:;-–—"“”¡¿')
    leads = post.text.lstrip().startswith(("@", ".@", "“@", '"@'))
    return Said(
        text=text,
        words=[word.lower().replace("’", "'") for word in _WORDS.findall(text)],
        replies=bool(post.reply_to) or leads,
    )


def _tell_labelled(post: Post, said: Said, setting: Setting) -> str:
    """Tell a numbered post: it answers, unless it is about the numbers themselves."""
    if said.words and _only_agrees(said.words):
        return "agreement"
    if _QUOTES.match(post.text):
        return "reply"
    roles = {label.role for label in find_labels(post.text)}
    if roles == {"answer"}:
        return "answer"
    explains = roles == {"answer", "question"}
    if phrases.HOUSEKEEPING.search(post.text) and (said.is_short(7) or (setting.host and explains)):
        return "housekeeping"
    asks = "question" in roles
    if setting.host and asks and not said.replies and not post.links and said.is_short(24):
        keeps = phrases.HOUSEKEEPING.search(post.text) or phrases.HOST_KEEPS.search(said.text)
        return "housekeeping" if keeps or said.is_short(5) else "answer"
    return "answer"


def _tell_unlabelled(post: Post, said: Said, setting: Setting) -> str:
    if not said.words:
        return _tell_wordless(post, said, setting)
    if "?" not in said.text and (_only_agrees(said.words) or _seconds(post, said)):
        return "agreement"
    if courtesy := tell_courtesy(said.text):
        return courtesy
    if _is_thanks(said, setting):
        return "thanks"
    if phrases.SEE_YOU_THERE.search(said.text) and LINK.search(post.text):
        return "announcement"
    if _is_greeting(said, setting):
        return "greeting"
    if _is_announcement(post, said, setting):
        return "announcement"
    if _is_housekeeping(post, said, setting):
        return "housekeeping"
    return "greeting" if _is_introduction(post, said, setting) else _tell_talk(post, said, setting)


def _tell_wordless(post: Post, said: Said, setting: Setting) -> str:
    shares = bool(LINK.search(post.text)) or bool(post.media)
    return _tell_talk(post, said, setting) if shares else "agreement"


def _tell_talk(post: Post, said: Said, setting: Setting) -> str:
    """Tell a reply from an answer: whoever replies to an asking post answers it."""
    if setting.answers:
        return "answer"
    quotes = bool(_QUOTED_POST.search(post.text)) or bool(_QUOTES.match(post.text))
    if said.replies or quotes or post.quote_of:
        return "reply"
    # A link that ends a reaction is often the post that is quoted: sources shorten it.
    aims = bool(_AIMS.search(post.text)) and bool(phrases.REACTS.match(said.text))
    return "reply" if aims else "answer"


def _is_spam(post: Post, said: Said, setting: Setting) -> bool:
    """Tell what sells to strangers, or a link under a heap of tags."""
    links = bool(post.links) or "http" in post.text
    tags = len(re.findall(r"(?<!\w)#\w+", post.text))
    if phrases.SPAM.search(said.text) and (links or tags >= 3):
        return True
    if setting.first and not setting.host and not said.replies:
        marks = sum(bool(pattern.search(post.text)) for pattern in phrases.SELLS)
        if marks >= _SELLS_FROM:
            return True
    return tags >= 8 and len(said.words) <= tags and links


def _only_agrees(words: list[str]) -> bool:
    """Tell bare agreement: few words, each of them said in agreeing, or emoji alone."""
    if not words:
        return True
    if len(words) > 8:
        return False
    return all(word in phrases.AGREES for word in words) and any(
        word in phrases.AGREES_CORE for word in words
    )


def _seconds(post: Post, said: Said) -> bool:
    """Tell "+1 to what she said"."""
    return bool(re.match(r"(?:@[\w.@-]+\s+)*\+1\b", post.text)) and said.is_short(10)


def _is_thanks(said: Said, setting: Setting) -> bool:
    """Tell thanks that say little else, and praise of the chat when it closes."""
    if "?" in said.text:
        return False
    found = phrases.THANKS.search(said.text)
    praises = setting.closing and said.is_short(24) and phrases.PRAISES_CHAT.search(said.text)
    if not found and not praises:
        return False
    sentences = [part for part in _SENTENCES.split(said.text) if part]
    courtesies = [part for part in sentences if _is_courtesy(part)]
    spoken = sum(len(_WORDS.findall(part)) for part in courtesies)
    rest = len(said.words) - spoken
    if not found:
        return rest <= 6
    before = len(_WORDS.findall(said.text[: found.start()]))
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


def _is_greeting(said: Said, setting: Setting) -> bool:
    """Tell hello and goodbye from answers that begin or end with a courtesy."""
    if phrases.LEAVES_EARLY.match(said.text) and said.is_short(30):
        return True
    if phrases.WISHES.match(said.text) and said.is_short(10):
        return True
    if phrases.BYE.search(said.text) and "?" not in said.text:
        return said.is_short(18 if setting.closing or setting.host else 16)
    if said.replies and said.is_short(12) and phrases.MEETS.search(said.text):
        return True
    if setting.first and phrases.MISSED.match(said.text):
        return said.is_short(24) and not setting.host
    hello = phrases.HELLO.match(said.text)
    return bool(hello) and _greets(said, hello.end(), setting)  # type: ignore[union-attr]


def _greets(said: Said, end: int, setting: Setting) -> bool:
    """Tell whether what follows a hello goes on greeting: "Hello Kitty books" does not."""
    welcomes = said.text.lower().startswith("welcome") and phrases.AROUND.match(said.text[end:])
    if said.is_short(9) or setting.early or (welcomes and said.is_short(20)):
        return True
    rest = said.text[end:].lstrip(" ,.!-–—:")
    around = phrases.AROUND.match(rest)
    rest = rest[around.end() :] if around else rest
    if not setting.first or said.replies or not said.is_short(_INTRODUCES_WITHIN):
        return False
    turns = bool(around) or bool(re.match(r"[\s]*[,.!:]|\s{2,}|\s*[-–—]", said.text[end:]))
    return bool(phrases.NAMES_SELF.search(rest)) or (turns and _presents(rest))


def _presents(text: str) -> bool:
    """Tell words of somebody who arrives: a trade, a place, "looking forward", "just lurking"."""
    return bool(
        phrases.ROLE.search(text) or phrases.COMES.search(text) or phrases.NAMES_SELF.search(text)
    )


def _is_introduction(post: Post, said: Said, setting: Setting) -> bool:
    """Tell who introduces themselves without a hello, in a first post or as one who comes late."""
    if "?" in said.text or not said.is_short(_INTRODUCES_WITHIN) or post.links:
        return False
    if find_labels(post.text):
        return False
    if setting.early and not said.replies and _names_self(said):
        return True
    if setting.host or (not setting.early and _says_more(said)):
        return False
    comes = phrases.COMES.search(said.text)
    if comes and not setting.closing and said.is_short(10) and not said.replies:
        return True
    if not setting.first:
        return False
    if setting.early and not (said.replies and not said.is_short(12)):
        return True
    return not said.replies and (_names_self(said) or bool(comes and said.is_short(20)))


def _says_more(said: Said) -> bool:
    """Tell whether a whole sentence speaks of something else than who comes, whence and how."""
    return any(
        len(_WORDS.findall(sentence)) > 8
        and not _presents(sentence)
        and not phrases.PLACE.search(sentence)
        for sentence in _SENTENCES.split(said.text)
    )


def _names_self(said: Said) -> bool:
    """Tell a name with a trade or a place: "Ann Lee, school librarian, Leeds"."""
    if phrases.NAMES_SELF.match(said.text):
        return True
    trade, place = phrases.ROLE.search(said.text), phrases.PLACE.search(said.text)
    if not trade:
        return False
    if phrases.reads_like_a_badge(said.text, said.words):
        return True
    name = phrases.NAME_FIRST.match(said.text)
    alone = bool(name) and not name["stop"][:1].isspace()  # type: ignore[index]
    return (alone and said.is_short(9)) or bool(place and said.is_short(22 if alone else 10))


def _is_announcement(post: Post, said: Said, setting: Setting) -> bool:
    """Tell what calls people to this chat, to the next one or to something outside."""
    text = _COUNTER.sub(" ", LINK.sub(" ", post.text))
    before = setting.early or setting.closing or setting.host
    if phrases.TICKETS.search(said.text) or (
        not said.replies and "?" not in said.text and phrases.OPENS.search(text)
    ):
        return True
    if phrases.NEXT_CHAT.search(text) and (before or not said.replies):
        return not (said.replies and not setting.host)
    if (before or setting.first or said.replies) and phrases.INVITES.search(text):
        return not (said.replies and not said.is_short(14))
    if setting.first and not said.replies and phrases.TODAYS_CHAT.search(text):
        return setting.early or said.is_short(20)
    return not said.replies and bool(post.links) and bool(phrases.PROMOTES.search(said.text))


def _is_housekeeping(post: Post, said: Said, setting: Setting) -> bool:
    if not said.is_short(40):
        return False
    if phrases.HOUSEKEEPING.search(post.text):
        return setting.host or said.is_short(30)
    keeps = setting.host and not said.replies and not post.links and said.is_short(26)
    return keeps and bool(phrases.HOST_KEEPS.search(said.text))
