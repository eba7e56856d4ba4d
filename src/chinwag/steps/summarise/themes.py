"""Themes: what came up most on a question, as phrases that several people used.

Even where nobody can tell whether two people say the same, it is plain that both speak of "ground
rules". A theme is a phrase of two to four words within a clause, with two words of substance at
least, that three or more people use in whatever endings. It must hold together: of those who use
its rarest word, most use the phrase, and no more people use it on the chat's other questions. A
single word is not a theme, however many use it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set

from chinwag.model import Theme
from chinwag.steps.summarise.statement import Statement
from chinwag.text.links import LINK
from chinwag.text.words import content_words

FEWEST_PEOPLE = 3  # who use a phrase
LONGEST = 4  # words of a phrase
MOST_THEMES = 3  # of a question
HOLDS_TOGETHER = 0.25  # of those who use the rarest word of a phrase use the phrase, at least
SAME_PEOPLE = 0.75  # of a phrase's people use a longer one that holds it: it is dropped

# What people say about anything: it is not a topic, however many say it.
OPINIONS = frozenset(
    content_words(
        "agree love like find feel need use help important work better best great try hope want"
        " believe different new lots today tonight good make sure thing way time year day people"
        " question answer"
    )
)
_CLAUSE = re.compile(r"[.,;:!?()\[\]{}\"“”„«»…/|&+=–—\n]+|\s-+\s|\s['‘]|['’]\s")
_NAMES = frozenset("#@")
_WORD = re.compile(r"[#@]?[^\W_][\w'’-]*")

_Stems = tuple[str, ...]
_Places = dict[str, list[tuple[Statement, int]]]  # a stem, and who says it where
_Used = tuple[_Stems, str]  # the stems of a phrase, and the phrase as somebody wrote it


class _Phrases:
    """The phrases of some statements: who uses each, in which posts, in which spellings."""

    def __init__(self, statements: Sequence[Statement], asked: Set[str]) -> None:
        self.people: dict[_Stems, set[str]] = defaultdict(set)
        self.posts: dict[_Stems, dict[str, None]] = defaultdict(dict)
        self.written: dict[_Stems, Counter[str]] = defaultdict(Counter)
        self.users: dict[str, set[str]] = defaultdict(set)
        for one in statements:
            for stem in one.said:
                self.users[stem].add(one.post.author)
            for stems, written in dict.fromkeys(_list_phrases(one.text)):
                told = set(stems) - OPINIONS
                if len(told) > 1 and told - asked:
                    self.people[stems].add(one.post.author)
                    self.posts[stems].update(dict.fromkeys(post.id for post in one.posts))
                    self.written[stems][written] += 1

    def holds(self, stems: _Stems) -> bool:
        """Return whether a phrase is used by people enough, and holds together."""
        people = len(self.people[stems])
        rarest = min(len(self.users[stem]) for stem in stems)
        return people >= max(FEWEST_PEOPLE, HOLDS_TOGETHER * rarest)


def find_themes(
    statements: Sequence[Statement], asked: str, elsewhere: Sequence[Statement] = ()
) -> tuple[Theme, ...]:
    """Return what came up most in the statements of a question, by how many people said it.

    The words of the question, `asked`, make no theme by themselves; nor does what more people say
    on the chat's other questions, in the statements `elsewhere`.
    """
    phrases = _Phrases(statements, frozenset(content_words(asked)))
    held = [stems for stems in phrases.people if phrases.holds(stems)]
    places = _find_places({stems[0] for stems in held}, elsewhere)
    held = [one for one in held if _count_people(one, places) <= len(phrases.people[one])]
    held.sort(key=lambda stems: (-len(phrases.people[stems]), -len(stems), stems))
    chosen: list[_Stems] = []
    for stems in sorted(held, key=lambda stems: -len(stems)):
        if not any(_repeats(stems, longer, phrases.people) for longer in chosen):
            chosen.append(stems)
    chosen.sort(key=held.index)
    apart = [stems for at, stems in enumerate(chosen) if not _shares(stems, chosen[:at])]
    return tuple(
        Theme(
            phrase=_choose_spelling(phrases.written[stems]),
            people=len(phrases.people[stems]),
            posts=tuple(phrases.posts[stems]),
        )
        for stems in apart[:MOST_THEMES]
    )


def _find_places(stems: Collection[str], statements: Sequence[Statement]) -> _Places:
    """Return where the statements say each of some stems."""
    places: _Places = {}
    for one in statements:
        for at, stem in enumerate(one.said):
            if stem in stems:
                places.setdefault(stem, []).append((one, at))
    return places


def _count_people(stems: _Stems, places: _Places) -> int:
    """Return how many people say some stems in a row; `places` are those of the first of them."""
    length = len(stems)
    found = places.get(stems[0], ())
    return len({one.post.author for one, at in found if one.said[at : at + length] == stems})


def _repeats(stems: _Stems, longer: _Stems, people: Mapping[_Stems, Set[str]]) -> bool:
    """Return whether nearly everybody who uses a phrase uses a longer one that holds it."""
    if not set(stems) <= set(longer):
        return False
    return len(people[longer]) >= SAME_PEOPLE * len(people[stems])


def _shares(stems: _Stems, before: Sequence[_Stems]) -> bool:
    """Return whether half of a phrase stands in one that more people use."""
    return any(2 * len(set(stems) & set(other)) >= len(stems) for other in before)


def _list_phrases(text: str) -> Iterator[_Used]:
    """Yield the phrases of a text: words in a row that begin and end with one of substance."""
    for clause in _CLAUSE.split(LINK.sub(" . ", text)):
        words = _WORD.findall(clause)
        stems = [_find_stem(word) for word in words]
        for start in range(len(words)):
            for end in range(start + 2, min(start + LONGEST, len(words)) + 1):
                inside = tuple(filter(None, stems[start:end]))
                phrase = " ".join(words[start:end])
                if stems[start] and stems[end - 1] and _NAMES.isdisjoint(phrase):
                    yield inside, phrase


def _find_stem(word: str) -> str:
    """Return the stem of a word of substance, "" for any other."""
    stems = content_words(word)
    return stems[0] if stems and any(map(str.isalpha, word)) else ""


def _choose_spelling(written: Counter[str]) -> str:
    """Return how most people write a phrase, in small letters where anybody does."""
    small = Counter({form: count for form, count in written.items() if form == form.lower()})
    forms = small or written
    return min(forms, key=lambda form: (-forms[form], form))
