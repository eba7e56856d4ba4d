"""In whose words a question stands: those that a person gave, else those of the post that asks."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rapidfuzz import fuzz

from chinwag.model import Post, Question
from chinwag.steps.kinds.asking import A_FEW, count_words
from chinwag.steps.questions.first_askings import Firsts, name_question
from chinwag.steps.questions.repeats import SAME
from chinwag.steps.reading.read_post import ReadPost

_TIMES_AS_LONG = 3  # times the length of a wording; a longer post does more than ask


def word_questions(
    agenda: Sequence[Question], firsts: Firsts, posts: Sequence[ReadPost]
) -> list[Question]:
    """Return the questions of the agenda, or those found with what a person gave among them."""
    given = _follow_agenda(agenda, firsts, posts)
    if lists_all(agenda):
        return [*given, *_find_besides(given, firsts, posts)]
    found = {question.label: question for question in _name_questions(firsts)}
    return list((found | {question.label: question for question in given}).values())


def _find_besides(
    given: Sequence[Question], firsts: Firsts, posts: Sequence[ReadPost]
) -> list[Question]:
    """Return what the people who ask the agenda's questions ask besides, by other numbers."""
    author = {read.id: read.author for read in posts}
    asking = {id_ for question in given for id_ in question.posts}
    hosts = {author[id_] for id_ in asking if id_ in author}
    labels = {question.label for question in given}
    return [
        question
        for question in _name_questions(firsts)
        if author[question.posts[0]] in hosts
        and question.label not in labels
        and question.posts[0] not in asking
    ]


def lists_all(agenda: Sequence[Question]) -> bool:
    """Return whether the given questions are an agenda: all that was planned."""
    return any(question.by != "person" for question in agenda)


def put_in_words(given: Sequence[Question], groups: Sequence[Question]) -> list[Question]:
    """Return the groups, those that a person gave words in these words."""
    words = {question.label: question.text for question in given}
    return [
        msgspec.structs.replace(group, text=words[group.label], by="person")
        if group.label in words
        else group
        for group in groups
    ]


def match_wording(text: str, posts: Sequence[ReadPost]) -> Post | None:
    """Return the first post that asks in these words, None where none does."""
    if count_words(text) < A_FEW:
        return None
    wanted = text.lower()
    return next((read.post for read in posts if _asks_it(read, wanted)), None)


def _asks_it(read: ReadPost, wanted: str) -> bool:
    if read.is_silent or len(read.text) < len(wanted) // 2:
        return False
    said = read.plain.lower()
    if len(said) >= _TIMES_AS_LONG * len(wanted):
        return False
    return fuzz.token_set_ratio(wanted, said) >= SAME


def _name_questions(firsts: Firsts) -> list[Question]:
    """Return the questions found, labelled: "9", and "9.2" for its second part."""
    return [
        Question(
            label=name_question(number, part, firsts),
            text=asking.wording,
            asked_at=asking.read.created_at,
            posts=(asking.read.id, *((asking.second.id,) if asking.second else ())),
        )
        for (number, part), asking in firsts.items()
    ]


def _follow_agenda(
    agenda: Sequence[Question], firsts: Firsts, posts: Sequence[ReadPost]
) -> list[Question]:
    """Return the agenda's questions with the times at which they were asked."""
    found = {
        name_question(number, part, firsts): asking.post
        for (number, part), asking in firsts.items()
    }
    questions: list[Question] = []
    for question in agenda:
        post = match_wording(question.text, posts) or found.get(question.label)
        questions.append(
            Question(
                label=question.label,
                text=question.text,
                asked_at=post.created_at if post else None,
                posts=(post.id,) if post else (),
                by=question.by,
            )
        )
    return questions
