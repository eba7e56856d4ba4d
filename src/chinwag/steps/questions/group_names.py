"""What a stretch of an un-numbered chat is called: its time, and the words that stand out in it."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from chinwag.model import Chat
from chinwag.steps.reading.read_post import ReadPost
from chinwag.text.links import LINK
from chinwag.text.words import content_words

_WORDS = 3  # words that a name has, at most
STRETCH = timedelta(minutes=20)  # of a group at most; a silence so long ends its span
_EVENING = timedelta(days=1)
_HOURS, _DAYS = "%H:%M", "%-d %b %H:%M"
_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
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


def name_stretches(chat: Chat, stretches: Sequence[Sequence[ReadPost]]) -> list[str]:
    """Return each stretch a name, such as "18:20 to 18:40: buses, doors, taxis".

    Times are in the chat's time zone, with their days where the stretches are no one evening's. The
    words stand letter for letter in its posts: those that several people say here and few say
    elsewhere.
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
    """Return the words that stand out in each stretch, the most telling first."""
    saying: list[dict[str, set[str]]] = []
    forms: list[dict[str, Counter[str]]] = []
    everywhere: Counter[str] = Counter()
    for posts in stretches:
        people: dict[str, set[str]] = defaultdict(set)
        written: dict[str, Counter[str]] = defaultdict(Counter)
        for read in posts:
            tokens = read.recall(_read_tokens, chat.hashtag.lower())
            for stem, token in tokens:
                people[stem].add(read.author)
                written[stem][token] += 1
            everywhere.update({stem for stem, _ in tokens})
        saying.append(people)
        forms.append(written)
    number = sum(map(len, stretches))
    most = max(4.0, _COMMON * number)
    found: list[list[str]] = []
    for people, written in zip(saying, forms, strict=True):
        scores = {
            stem: (len(names) - 0.5) * math.log((2 + number) / (1 + everywhere[stem]))
            for stem, names in people.items()
            if written[stem].total() >= 2 and everywhere[stem] <= most
        }
        best = sorted(scores, key=lambda stem: -scores[stem])[:_WORDS]
        found.append([min(written[s].items(), key=lambda f: (-f[1], f[0]))[0] for s in best])
    return [
        own if len(own) > 1 else _add_hashtags(own, chat, posts, everywhere, most)
        for own, posts in zip(found, stretches, strict=True)
    ]


def _add_hashtags(
    words: list[str], chat: Chat, posts: Sequence[ReadPost], everywhere: Counter[str], most: float
) -> list[str]:
    """Add what people marked by a hashtag of its own, the rarest first, where words are few."""
    known = {word.lower() for word in [*words, chat.hashtag]}
    tags: dict[str, tuple[int, str]] = {}
    for read in posts:
        for tag in re.findall(r"#(\w{3,})", read.text):
            stems = content_words(tag)
            if tag.lower() not in known and len(stems) == 1 and everywhere[stems[0]] <= most:
                tags.setdefault(tag.lower(), (everywhere[stems[0]], tag))
    return [*words, *(tag for _, tag in sorted(tags.values(), key=lambda item: item[0]))][:_WORDS]


def _read_tokens(read: ReadPost, hashtag: str) -> tuple[tuple[str, str], ...]:
    """Return the telling words of a post: the stem, to compare, and the word as written."""
    tokens: list[tuple[str, str]] = []
    for token in _TOKEN.findall(_OUT.sub(" ", LINK.sub(" ", read.text))):
        plain = token.lower()
        if plain == hashtag or len(token) < 3 or not token[0].isalpha():
            continue
        stems = content_words(token)
        if len(stems) == 1 and stems[0] not in _TELLS_NOTHING:
            tokens.append((stems[0], token))
    return tuple(tokens)
