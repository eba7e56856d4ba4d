"""The lead of a question: in a line or two how many people answered, and what most of them said.

Every figure can be counted by hand from the posts: people are authors of answers and replies, and
whoever only agrees; a word is counted once a person, in whatever ending.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from chinwag.model import Bullet, Note, Post, QuestionSummary, make_note
from chinwag.steps.reading.people import People
from chinwag.steps.summarise.statement import Statement
from chinwag.text.links import LINK
from chinwag.text.words import Words, content_words

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
) -> tuple[Note, ...]:
    """Return the lead of a question whose `statements` became `bullets`, a note a sentence.

    `asked` is its wording: words in it are not named. `users` tells for a word how many
    people use it in the whole chat.
    """
    if not statements:
        return (make_note("silent"),)
    answers = [one for one in statements if one.kind in ANSWERING_KINDS]
    people = len({one.post.author for one in answers})
    known = _OPINIONS | set(content_words(asked))
    return (
        _tell_answers(answers, people),
        *_tell_points(bullets, statements),
        *_tell_named(_find_named(answers, people, known, users)),
        *([make_note("nothing-to-quote")] if people and not bullets else ()),
    )


def lead_chat(
    questions: Sequence[QuestionSummary], posts: Sequence[Post], accounts: People | None = None
) -> tuple[Note, ...]:
    """Return the lead of a whole chat, a note a sentence; `posts` are all of it but spam.

    `accounts` tell which are one person's. Reposts for originals that are missing are not speech.
    """
    said = [post for post in posts if not (post.deleted or post.repost_of)]
    if not said:
        return (make_note("chat-silent"),)
    people = (accounts or People()).count(said)
    answered = sum(1 for question in questions if question.posts)
    if not answered:
        return (make_note("chat-unanswered", people=people, posts=len(said)),)
    return (make_note("chat-answered", people=people, posts=len(said), questions=answered),)


def count_users(texts: Iterable[tuple[str, Words]]) -> Mapping[str, int]:
    """Return for each word how many people use it, from authors with their content words."""
    users: dict[str, set[str]] = defaultdict(set)
    for author, words in texts:
        for word in words:
            users[word].add(author)
    return {word: len(using) for word, using in users.items()}


def _tell_answers(answers: Sequence[Statement], people: int) -> Note:
    if not people:
        return make_note("unanswered")
    return make_note("answered", people=people, posts=sum(len(one.posts) for one in answers))


def _tell_points(bullets: Sequence[Bullet], statements: Sequence[Statement]) -> Iterator[Note]:
    """Yield what most people say or, where no two say the same, what was passed on most."""
    shared = [bullet for bullet in bullets if bullet.kind == "shared"]
    if shared:
        yield make_note("most-say", people=shared[0].people, quote=_cut(shared[0].text))
        if len(shared) > 1:
            yield make_note("more-shared", points=len(shared) - 1)
    elif passed_on := _find_passed_on(bullets, statements):
        bullet, times = passed_on
        yield make_note("passed-on-most", times=times, quote=_cut(bullet.text))


def _tell_named(named: Sequence[tuple[str, int]]) -> Iterator[Note]:
    if named:
        yield make_note("named-most", words=dict(named))


def _cut(text: str) -> str:
    """Return the first words of a point, with "…" where it goes on."""
    words = text.split()
    return " ".join(words[:LONGEST_QUOTE]) + (" …" if len(words) > LONGEST_QUOTE else "")


def _find_passed_on(
    bullets: Sequence[Bullet], statements: Sequence[Statement]
) -> tuple[Bullet, int] | None:
    """Return the bullet whose post was passed on most, and how often; None where none was much."""
    reposts = {
        post.id: max(len(post.reposts), post.repost_count)
        for one in statements
        for post in one.posts
    }
    counted = [(bullet, reposts[bullet.quoted]) for bullet in bullets]
    best = max(counted, key=lambda pair: pair[1], default=None)
    return best if best and best[1] >= FEWEST_REPOSTS else None


def _find_named(
    answers: Sequence[Statement], people: int, known: Set[str], users: Mapping[str, int]
) -> list[tuple[str, int]]:
    """Return the words that most people use here and fewer elsewhere, as written, with how many.

    The stems in `known` are not named.
    """
    using: dict[str, set[str]] = defaultdict(set)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    read: dict[str, str] = {}  # each word, as its stem
    for one in answers:
        for word in _WORD.findall(LINK.sub(" ", one.text)):
            if word not in read:
                read[word] = _find_stem(word)
            stem = read[word]
            if stem and stem not in known:
                using[stem].add(one.post.author)
                written[stem][word if word.isupper() else word.lower()] += 1
    enough = max(FEWEST_NAMING, LEAST_SHARE * people)
    named = [
        (_choose_spelling(written[stem]), len(here))
        for stem, here in using.items()
        if len(here) >= max(enough, OF_THIS_QUESTION * users.get(stem, 0))
    ]
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))[:MOST_WORDS]


def _find_stem(word: str) -> str:
    """Return the stem of a word that may be named, "" for one that says too little."""
    stems = content_words(word)
    if len(stems) != 1:
        return ""
    return stems[0] if len(word) > 2 or word.isupper() else ""


def _choose_spelling(written: Counter[str]) -> str:
    return min(written, key=lambda form: (-written[form], form))
