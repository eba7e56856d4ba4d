"""What a stretch of an un-numbered chat is called: its time, and the words that stand out in it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import timedelta
from zoneinfo import ZoneInfo

from chinwag.model import Chat
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.links import LINK
from chinwag.text.words import content_words

_WORDS = 3  # phrases or words that a name has, at most
_LONGEST = 4  # words of a phrase
_SHORTEST = 3  # letters of a word
_FEWEST_PEOPLE = 2  # who say what a stretch is called by
_HOLDS_TOGETHER = 0.25  # of those who say a word say the phrase that stands for it, at least
_SHORT = 2  # words of a phrase; a longer one that only two people say is one passing on the other
STRETCH = timedelta(minutes=20)  # of a group at most; a silence so long ends its span
_EVENING = timedelta(days=1)
_HOURS, _DAYS = "%H:%M", "%-d %b %H:%M"
_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
_CLAUSE = re.compile(r"[^\w\s'’-]+")
_OUT = re.compile(r"(?<![\w.@＠])[@＠][\w.@-]*\w")
# Content words that tell nothing of what a stretch of talk was about.
_CHAT_WORDS = """
    thing stuff way bit lot kind sort time today tonight day week month year hour minute moment
    people person everyone everybody someone anyone folk guy friend team work make made
    need want know think thought look like love good great nice cool awesome best
    better new old first last next long big little much many really actually probably definitely
    pretty quite sure maybe yes yeah yep agree true right wrong well even still also though never
    always ever back go gone got get give take took come came see seen saw say said tell told
    talk ask answer question try tried use help find found keep
    put start run feel hope happy fun lol haha chat tweet post link share thanks thank
    point idea part one two three can could would should will may might must just don didn doesn
    isn wasn haven couldn wouldn hear heard read let add set different else
    interesting interested already everything something anything nothing enough another every
    kinda gonna hoping trying making using taking having writing getting given esp less woah
    welcome hey hello later soon yet morning afternoon evening able done exactly totally please
    assume ago miss wonder guess mean seem sound write wrote learn forget forgot follow play clear
    confuse excite end free topic useful end easy hard bad fan plan call turn become lead
    """.split()  # noqa: SIM905  (a list of 150 words reads better as text)
_TELLS_NOTHING = frozenset(stem for word in _CHAT_WORDS for stem in content_words(word))
_COMMON = 0.15  # a word in a greater share of the posts is what the whole chat is about

_Stems = tuple[str, ...]  # of a word, or of several in a row


def name_stretches(chat: Chat, stretches: Sequence[Sequence[ReadPost]]) -> list[str]:
    """Return each stretch a name, such as "18:20 to 18:40: buses, doors, taxis".

    Times are in the chat's time zone, with their days where the stretches are no one evening's. The
    words stand letter for letter in its posts: phrases of up to four and single ones that several
    people say here and few say elsewhere. Where no two people say the same, tags are named, or
    nothing is but the time.
    """
    times = [read.created_at for posts in stretches for read in posts]
    form = _DAYS if times and max(times) - min(times) > _EVENING else _HOURS
    spans = [_name_span(chat, posts, form) for posts in stretches]
    words = _find_words(chat, stretches)
    return [
        f"{span}: {', '.join(own)}" if own else span for span, own in zip(spans, words, strict=True)
    ]


def _name_span(chat: Chat, posts: Sequence[ReadPost], form: str) -> str:
    if not posts:
        return ""
    zone = ZoneInfo(chat.time_zone)
    times = [read.post.created_at for read in posts]
    runs = [times[:1]]
    for moment in times[1:]:
        if moment - runs[-1][-1] > STRETCH:
            runs.append([])
        runs[-1].append(moment)
    # A join of many short talks is called by all of its time, any other by its longest run.
    longest = max(runs, key=len)
    whole = runs[0] + runs[-1] if 2 * len(longest) < len(posts) else longest
    first, end = (f"{moment.astimezone(zone):{form}}" for moment in (whole[0], whole[-1]))
    return first if first == end else f"{first} to {end}"


def _find_words(chat: Chat, stretches: Sequence[Sequence[ReadPost]]) -> list[list[str]]:
    """Return what stands out in each stretch, the most telling first: phrases, and single words.

    Nothing is named that one person alone says there, however often.
    """
    said = [_Said(posts, chat.hashtag.lower()) for posts in stretches]
    everywhere: Counter[_Stems] = Counter()
    for one in said:
        everywhere.update(one.posts)
    number = sum(map(len, stretches))
    most = max(4.0, _COMMON * number)
    words: list[list[str]] = []
    for one, posts in zip(said, stretches, strict=True):
        scores = {
            stems: (len(people) - 0.5) * math.log((2 + number) / (1 + everywhere[stems]))
            for stems, people in one.people.items()
            if len(people) >= _FEWEST_PEOPLE + (len(stems) > _SHORT) and everywhere[stems] <= most
        }
        own = [one.choose_form(stems) for stems in _choose_apart(scores, one.people)]
        words.append(own if len(own) > 1 else _add_hashtags(own, chat, posts, everywhere, most))
    return words


class _Said:
    """What is said in a stretch: each phrase and word, by whom, how written, in how many posts."""

    def __init__(self, reads: Sequence[ReadPost], hashtag: str) -> None:
        self.people: dict[_Stems, set[str]] = defaultdict(set)
        self.posts: Counter[_Stems] = Counter()
        self._forms: dict[_Stems, Counter[str]] = defaultdict(Counter)
        for read in reads:
            phrases = read.recall(_read_phrases, hashtag)
            self.posts.update({stems for stems, _ in phrases})
            for stems, form in phrases:
                self.people[stems].add(read.author)
                self._forms[stems][form] += 1

    def choose_form(self, stems: _Stems) -> str:
        """Return how a phrase or a word is mostly written; of two ways, in small letters."""
        forms = self._forms[stems]
        return min(forms, key=lambda form: (-forms[form], form != form.lower(), form))


def _choose_apart(
    scores: Mapping[_Stems, float], people: Mapping[_Stems, Set[str]]
) -> list[_Stems]:
    """Return the phrases and words that score highest, without a word twice.

    For a word stands the phrase that a quarter of those who say the word say, where there is one.
    """
    chosen: list[_Stems] = []
    for best in sorted(scores, key=lambda one: (-scores[one], -len(one))):
        phrases = [
            one
            for one in scores
            if set(best) < set(one) and len(people[one]) >= _HOLDS_TOGETHER * len(people[best])
        ]
        stems = max(phrases, key=lambda one: (len(people[one]), scores[one]), default=best)
        if all(set(stems).isdisjoint(other) for other in chosen):
            chosen.append(stems)
    return chosen[:_WORDS]


def _add_hashtags(
    words: list[str],
    chat: Chat,
    posts: Sequence[ReadPost],
    everywhere: Counter[_Stems],
    most: float,
) -> list[str]:
    """Add what people marked by a hashtag of its own, the rarest first, where words are few."""
    known = {word.lower() for word in [*words, chat.hashtag]}
    tags: dict[str, tuple[int, str]] = {}
    for read in posts:
        for tag in re.findall(r"#(\w{3,})", read.text):
            stems = content_words(tag)
            if tag.lower() not in known and len(stems) == 1 and everywhere[stems] <= most:
                tags.setdefault(tag.lower(), (everywhere[stems], tag))
    return [*words, *(tag for _, tag in sorted(tags.values(), key=lambda item: item[0]))][:_WORDS]


def _read_phrases(read: ReadPost, hashtag: str) -> tuple[tuple[_Stems, str], ...]:
    """Return the telling words of a post, alone and up to four in a row: stems, and the words."""
    phrases: list[tuple[_Stems, str]] = []
    for clause in _CLAUSE.split(_OUT.sub(" , ", LINK.sub(" , ", read.text))):
        words = [(_find_telling(token, hashtag), token) for token in _TOKEN.findall(clause)]
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                if not words[end - 1][0]:
                    break
                stems, forms = zip(*words[start:end], strict=True)
                phrases.append((stems, " ".join(forms)))
    return tuple(phrases)


def _find_telling(token: str, hashtag: str) -> str:
    """Return the stem of a word that may tell what talk is about, "" of any other."""
    if token.lower() == hashtag or len(token) < _SHORTEST or not token[0].isalpha():
        return ""
    stems = content_words(token)
    return stems[0] if len(stems) == 1 and stems[0] not in _TELLS_NOTHING else ""
