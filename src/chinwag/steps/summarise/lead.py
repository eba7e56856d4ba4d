"""The lead of a question: in a line or two how many people answered, and what most of them said.

Every figure can be counted by hand from the posts: people are authors of answers and replies, and
whoever only agrees; a word is counted once a person, in whatever ending.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from chinwag.model import Bullet, Post, QuestionSummary
from chinwag.steps.summarise.statement import Statement
from chinwag.text.links import LINK
from chinwag.text.words import Words, content_words

NOTHING_SAID = "Nothing was said on this question."
NOTHING_SAID_AT_ALL = "Nothing was said in this chat."
ANSWERING_KINDS = frozenset({"answer", "reply", "agreement"})
FEWEST_NAMING = 4  # people who must use a word before the lead names it
LEAST_SHARE = 0.25  # of those who answered, at least
OF_THIS_QUESTION = 0.6  # of all who use a word in the chat use it here, or it is no topic of it
MOST_WORDS = 3
LONGEST_QUOTE = 24  # words of a point that the lead repeats
FEWEST_REPOSTS = 3  # from which the lead tells what was passed on most

# What people say of anything: it is no topic, however many say it.
_OPINIONS = frozenset(
    content_words(
        "agree love like find feel need use help important work better best great try hope want"
        " believe different new lots today tonight"
    )
)
_WORD = re.compile(r"(?<![\w#@])[^\W\d_][\w'’-]*[^\W_]")


def write_lead(
    bullets: Sequence[Bullet],
    statements: Sequence[Statement],
    asked: str,
    users: Mapping[str, int],
) -> str:
    """Give the lead of a question whose `statements` became `bullets`.

    `asked` is its wording: words in it are not named. `users` tells for a word how many
    people use it in the whole chat.
    """
    people = {one.post.author for one in statements if one.kind in ANSWERING_KINDS}
    if not statements:
        return NOTHING_SAID
    posts = sum(len(one.posts) for one in statements if one.kind in ANSWERING_KINDS)
    told = [
        f"{_count(len(people), 'person', 'people')} answered in {_count(posts, 'post', 'posts')}."
    ]
    if not people:
        told = ["Nobody answered."]
    shared = [bullet for bullet in bullets if bullet.kind == "shared"]
    if shared:
        told.append(_tell_shared(shared))
    elif passed_on := _find_passed_on(bullets, statements):
        told.append(f"Passed on most ({passed_on[1]} times): “{_cut(passed_on[0].text)}”")
    named = _find_named(statements, len(people), _OPINIONS | set(content_words(asked)), users)
    if named:
        listed = [f"“{word}” ({count} people)" for word, count in named]
        told.append(f"Most often named: {_join_words(listed)}.")
    if people and not bullets:
        told.append("No post of theirs says by itself what could be quoted.")
    return " ".join(told)


def lead_chat(questions: Sequence[QuestionSummary], posts: Sequence[Post]) -> str:
    """Give the lead of a whole chat; `posts` are all of it."""
    answered = sum(1 for question in questions if question.posts)
    said = [post for post in posts if not post.deleted]
    if not said:
        return NOTHING_SAID_AT_ALL
    people = _count(len({post.author for post in said}), "person", "people")
    told = f"{people} wrote {_count(len(said), 'post', 'posts')}"
    if not answered:
        return f"{told}, none of them on a question."
    return f"{told}; {_count(answered, 'question was', 'questions were')} answered."


def count_users(texts: Iterable[tuple[str, Words]]) -> Mapping[str, int]:
    """Return for each word how many people use it, from authors with their content words."""
    users: dict[str, set[str]] = defaultdict(set)
    for author, words in texts:
        for word in words:
            users[word].add(author)
    return {word: len(using) for word, using in users.items()}


def _tell_shared(shared: Sequence[Bullet]) -> str:
    first = shared[0]
    others = len(shared) - 1
    more = f" {others} more {'point is' if others == 1 else 'points are'} shared." if others else ""
    return f"{first.people} of them say, or agree with: “{_cut(first.text)}”{more}"


def _cut(text: str) -> str:
    """Give the first words of a point, with "…" where it goes on."""
    words = text.split()
    return " ".join(words[:LONGEST_QUOTE]) + (" …" if len(words) > LONGEST_QUOTE else "")


def _find_passed_on(
    bullets: Sequence[Bullet], statements: Sequence[Statement]
) -> tuple[Bullet, int] | None:
    """Give the bullet whose post was passed on most, and how often; None where none was much."""
    reposts = {
        post.id: max(len(post.reposts), post.repost_count)
        for one in statements
        for post in one.posts
    }
    counted = [(bullet, reposts[bullet.quoted]) for bullet in bullets]
    best = max(counted, key=lambda pair: pair[1], default=None)
    return best if best and best[1] >= FEWEST_REPOSTS else None


def _find_named(
    statements: Sequence[Statement], people: int, asked: Set[str], users: Mapping[str, int]
) -> list[tuple[str, int]]:
    """Give the words that most people use here and fewer elsewhere, as written, with how many."""
    using: dict[str, set[str]] = defaultdict(set)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    read: dict[str, Words] = {}  # each word, as its stem
    for one in statements:
        for word in _WORD.findall(LINK.sub(" ", one.text)) if one.kind in ANSWERING_KINDS else ():
            if word not in read:
                read[word] = content_words(word)
            stems = read[word]
            if len(stems) == 1 and stems[0] not in asked and (len(word) > 2 or word.isupper()):
                using[stems[0]].add(one.post.author)
                written[stems[0]][word if word.isupper() else word.lower()] += 1
    enough = max(FEWEST_NAMING, LEAST_SHARE * people)
    named = [
        (min(written[stem], key=lambda form: (-written[stem][form], form)), len(here))
        for stem, here in using.items()
        if len(here) >= max(enough, OF_THIS_QUESTION * users.get(stem, 0))
    ]
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _join_words(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
