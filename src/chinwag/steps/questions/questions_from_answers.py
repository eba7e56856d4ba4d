"""Questions that were answered under their number, but whose asking is not among the posts.

The host's post was not collected, or its label was forgotten; "A5: ..." by several people says
all the same that there was a fifth question. Its wording is not known, so it is left empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec

from chinwag.model import Post, Question
from chinwag.steps.reading.read_post import ReadPost

_LEAP = 2  # a number further past the last question asked is a slip or something else


def add_unasked(questions: Sequence[Question], posts: Sequence[ReadPost]) -> list[Question]:
    """Return the questions and those that were only answered, in the order of their numbers.

    A question without a time (of an agenda) gets that of its first answer. A number that no
    question has becomes one where two people answer it, or one where it follows a known number.
    """
    answers = _list_answers(posts)
    timed = [_give_time(question, answers) for question in questions]
    known = {_find_number(question.label) for question in questions}
    for number in sorted(set(answers) - known):
        people = {post.author.casefold() for post in answers[number]}
        if number > max(known, default=0) + _LEAP:
            break
        if len(people) > 1 or number - 1 in known:
            known.add(number)
            at = _find_begin(number, answers[number], timed)
            timed.append(Question(label=str(number), text="", asked_at=at))
    return sorted(timed, key=lambda question: _find_number(question.label))


def tells_numbers(posts: Sequence[ReadPost]) -> bool:
    """Return whether answers alone make a numbered chat: two numbers, and three people at least."""
    answers = _list_answers(posts)
    people = {post.author.casefold() for group in answers.values() for post in group}
    return len(answers) > 1 and len(people) > 2


def _list_answers(posts: Sequence[ReadPost]) -> dict[int, list[Post]]:
    """Return the posts that open with the label of one answer, by its number, in time order."""
    answers: dict[int, list[Post]] = defaultdict(list)
    for read in posts:
        if read.is_silent or not read.labels:
            continue
        first = read.labels[0]
        numbers = {label.number for label in read.labels}
        if len(numbers) == 1 and first.role == "answer" and first.where == "start":
            answers[first.number].append(read.post)
    return answers


def _give_time(question: Question, answers: dict[int, list[Post]]) -> Question:
    first = answers.get(_find_number(question.label))
    if question.asked_at is not None or not first or "." in question.label:
        return question
    return msgspec.structs.replace(question, asked_at=first[0].created_at)


def _find_begin(number: int, answers: Sequence[Post], questions: Sequence[Question]) -> datetime:
    """Return when the first answer came after the question before it, else the very first."""
    before = [
        question.asked_at
        for question in questions
        if question.asked_at is not None and _find_number(question.label) < number
    ]
    later = [post.created_at for post in answers if not before or post.created_at > max(before)]
    return min(later, default=answers[0].created_at)


def _find_number(label: str) -> int:
    return int(label.partition(".")[0]) if label.partition(".")[0].isdigit() else 0
