"""What a stretch of an un-numbered chat is called: its time, and the themes of several people."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import timedelta
from zoneinfo import ZoneInfo

from chinwag.model import Chat
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.links import LINK
from chinwag.text.words import content_words

_WORDS = 3  # themes that a name has, at most
_LONGEST = 4  # words of a phrase
_SHORTEST = 3  # letters of a word
_FEWEST_PEOPLE = 3  # who say what a stretch is called by, and
_FEWEST_NAMING = 2  # where it is the name of something
_HOLDS_TOGETHER = 0.25  # of those who say a word say the phrase that stands for it, at least
STRETCH = timedelta(minutes=20)  # of a group at most; a silence so long ends its span
_EVENING = timedelta(days=1)
_HOURS, _DAYS = "%H:%M", "%-d %b %H:%M"
_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
_CLAUSE = re.compile(r"[^\w\s'’-]+")
_INSIDE = re.compile(r"\w[A-Z0-9]")  # what no plain word has: "VSCode", "WSL2"
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
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december
    """.split()  # noqa: SIM905  (a list of 150 words reads better as text)
_TELLS_NOTHING = frozenset(stem for word in _CHAT_WORDS for stem in content_words(word))
_COMMON = 0.15  # a word in a greater share of the posts is what the whole chat is about

_Stems = tuple[str, ...]  # of a word, or of several in a row
_Phrase = tuple[_Stems, str, int]  # with the words, and whether they are written as a name


def name_stretches(chat: Chat, stretches: Sequence[Sequence[ReadPost]]) -> list[str]:
    """Return each stretch a name, such as "18:20 to 18:40: buses, doors, taxis".

    Times are in the chat's time zone, with their days where the stretches are no one evening's. The
    words stand letter for letter in its posts, and three people or more say them here, and few
    elsewhere: phrases of two to four words, names of things ("Linux"), and tags where those are
    few. A plain word by itself is no theme, however many say it, nor is anybody's name in the chat.
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

    What only one person says there is not named, however often they say it.
    """
    hushed = frozenset({chat.hashtag.lower()}.union(*map(_list_people, stretches)))
    said = [_Said(posts, hushed) for posts in stretches]
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
            if one.is_theme(stems, len(people)) and everywhere[stems] <= most
        }
        own = [one.choose_form(stems) for stems in _choose_apart(scores, one.people)]
        words.append(own if len(own) > 1 else _add_hashtags(own, chat, posts, everywhere, most))
    return words


class _Said:
    """What is said in a stretch: each phrase and word, by whom, how written, in how many posts."""

    def __init__(self, reads: Sequence[ReadPost], hushed: frozenset[str]) -> None:
        self.people: dict[_Stems, set[str]] = defaultdict(set)
        self.posts: Counter[_Stems] = Counter()
        self._forms: dict[_Stems, Counter[str]] = defaultdict(Counter)
        self._named: Counter[_Stems] = Counter()  # more often written as a name, or less
        for read in reads:
            phrases = read.recall(_read_phrases, hushed)
            self.posts.update({stems for stems, *_ in phrases})
            for stems, form, named in phrases:
                self.people[stems].add(read.author)
                self._forms[stems][form] += 1
                self._named[stems] += named

    def is_theme(self, stems: _Stems, people: int) -> bool:
        """Return whether so many people make a theme of a phrase, or of the name of something."""
        if self._named[stems] > 0:
            return people >= _FEWEST_NAMING
        return len(stems) > 1 and people >= _FEWEST_PEOPLE

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


def _list_people(posts: Iterable[ReadPost]) -> set[str]:
    return {read.author.lower() for read in posts}


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
    people: dict[str, set[str]] = defaultdict(set)
    for read in posts:
        for tag in re.findall(r"#(\w{3,})", read.text):
            stems = content_words(tag)
            people[tag.lower()].add(read.author)
            if tag.lower() not in known and len(stems) == 1 and everywhere[stems] <= most:
                tags.setdefault(tag.lower(), (everywhere[stems], tag))
    found = [one for low, one in tags.items() if len(people[low]) >= _FEWEST_NAMING]
    return [*words, *(tag for _, tag in sorted(found, key=lambda item: item[0]))][:_WORDS]


def _read_phrases(read: ReadPost, hushed: frozenset[str]) -> tuple[_Phrase, ...]:
    """Return the telling words of a post, alone and up to four in a row."""
    phrases: list[_Phrase] = []
    for clause in _CLAUSE.split(_OUT.sub(" , ", LINK.sub(" , ", read.text))):
        words = [(_find_telling(token, hushed), token) for token in _TOKEN.findall(clause)]
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
                if not words[end - 1][0]:
                    break
                stems, forms = zip(*words[start:end], strict=True)
                named = max(map(_weigh_name, forms, range(start, end)))
                phrases.append((stems, " ".join(forms), named))
    return tuple(phrases)


def _weigh_name(form: str, at: int) -> int:
    """Return 1 for a word written as a name is ("WSL2", "Linux"), -1 for any other.

    A capital at the beginning of a clause, where `at` is 0, tells nothing: 0.
    """
    if _INSIDE.search(form):
        return 1
    return int(at > 0) if form[0].isupper() else -1


def _find_telling(token: str, hushed: frozenset[str]) -> str:
    """Return the stem of a word that may tell what talk is about, "" of any other."""
    if token.lower() in hushed or len(token) < _SHORTEST or not token[0].isalpha():
        return ""
    stems = content_words(token)
    return stems[0] if len(stems) == 1 and stems[0] not in _TELLS_NOTHING else ""
