"""What looks wrong in an agenda as read, and where the posts say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from chinwag.model import Chat, Note, Post, Question, make_note
from chinwag.steps.collect.agenda import ASKS, TITLE_WORDS, is_aside
from chinwag.steps.kinds.asking import clean_question
from chinwag.steps.questions.repeats import SAME, strip_marks
from chinwag.steps.reading.read_post import ReadPost


def doubt_agenda(chat: Chat, posts: Sequence[Post] = ()) -> tuple[Note, ...]:
    """Return what a host should look at in the agenda; () where a chat has none.

    These are questions that read like a title, a date or a link, that ask nothing though most do,
    or that the host's post words or numbers differently, and what the hosts asked besides. Without
    `posts` only the agenda itself is looked at.
    """
    given = [question for question in chat.questions if question.by == "agenda"]
    if not given:
        return ()
    known = {post.id: post for post in posts}
    found = list(_doubt_words(given))
    for question in given:
        asking = known.get(question.posts[0]) if question.posts else None
        if asking is not None and not asking.deleted:
            found.extend(_compare(question, ReadPost(asking)))
    besides = [one for one in chat.questions if one.by != "agenda" and one.text]
    found.extend(make_note("agenda-lacks", label=one.label, text=one.text) for one in besides)
    return tuple(found)


def _doubt_words(given: Sequence[Question]) -> Iterator[Note]:
    """Yield what is hardly a question."""
    asking = sum(_asks(question) for question in given)
    for place, question in enumerate(given):
        is_short = len(question.text.split()) <= TITLE_WORDS
        if is_aside(question.text):
            yield make_note("agenda-no-words", label=question.label, text=question.text)
        elif not _asks(question) and place == 0 and asking and is_short:
            yield make_note("agenda-title", label=question.label, text=question.text)
        elif not _asks(question) and asking * 2 > len(given):
            yield make_note("agenda-asks-nothing", label=question.label, text=question.text)


def _compare(question: Question, asking: ReadPost) -> Iterator[Note]:
    """Yield how the post that asks a question says it otherwise than the agenda."""
    numbers = [label.number for label in asking.labels if label.role != "answer"]
    number = question.label.partition(".")[0]
    if numbers and number.isdigit() and int(number) not in numbers:
        yield make_note("agenda-numbers-otherwise", label=question.label, number=numbers[0])
    said = clean_question(asking.plain)
    if fuzz.token_set_ratio(strip_marks(said), strip_marks(question.text)) < SAME:
        yield make_note(
            "agenda-words-otherwise", label=question.label, text=question.text, said=said
        )


def _asks(question: Question) -> bool:
    return any(mark in question.text for mark in ASKS)
