"""Find the questions of a chat and who asks them, in the posts, in an agenda, or in both."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from chinwag.model import Chat, Moderator, Post, Question
from chinwag.steps.kinds.asking import ASKS, find_askings
from chinwag.steps.questions.first_askings import (
    Firsts,
    find_answered,
    find_firsts,
)
from chinwag.steps.questions.groups import group_by_time
from chinwag.steps.questions.questions_from_answers import add_unasked, tells_numbers
from chinwag.steps.questions.repeats import (
    add_repeats,
    find_second_accounts,
    find_unnumbered,
    strip_marks,
)
from chinwag.steps.questions.wordings import lists_all, match_wording, put_in_words, word_questions
from chinwag.steps.reading.read_post import Readings, ReadPost
from chinwag.text.labels import Label, read_part


def find_questions(
    chat: Chat,
    posts: Sequence[Post],
    agenda: Sequence[Question] = (),
    *,
    readings: Readings | None = None,
) -> Chat:
    """Return the chat with its questions, its moderators and whether it is numbered.

    A question's first asking and every repeat are in its `posts`. What `agenda` gives (see
    `keep_given_questions`) wins over the posts' wording, and a question of it that nobody asked
    stays with `asked_at` None; where `by` is "agenda", only what the hosts who ask its questions
    ask by other numbers is added. Without any numbered
    question the posts are grouped by time (`numbered` is False, `by` "time"). Moderators whom a
    person named stay, and what the chat says of dropped questions and of people who are no
    moderators holds. `posts` may be in any order; `readings` are the run's, where there are some.
    """
    reads = (readings or Readings()).read_chat(posts)
    named = [moderator.author for moderator in chat.moderators if moderator.by == "person"]
    askings = find_askings(reads, named)
    firsts = find_firsts(askings, find_answered(reads))
    is_numbered = lists_all(agenda) or _is_numbered(firsts, reads) or tells_numbers(reads)
    if not is_numbered:
        groups, leaders = group_by_time(chat, reads)
        if {question.label for question in agenda} <= {group.label for group in groups}:
            worded = _drop(chat, put_in_words(agenda, groups))
            return _fill(chat, worded, leaders, numbered=False)
    questions = _drop(chat, add_unasked(word_questions(agenda, firsts, reads), reads))
    asking = {identifier for question in questions for identifier in question.posts}
    hosts = [first.read.author for first in firsts.values()]
    hosts += [read.author for read in reads if read.id in asking]
    repeated = add_repeats(questions, askings, reads, {*named, *hosts})
    hosts += find_second_accounts(repeated, reads, {*named, *hosts})
    return _fill(chat, repeated, hosts, numbered=True)


def may_change_questions(chat: Chat, read: ReadPost) -> bool:
    """Return whether a post that has just come may ask, repeat or number a question of a chat.

    `chat` carries the questions found so far. A post without a number of its own and without
    likeness to a question's wording changes none by itself.
    """
    if read.is_silent:
        return False
    if any(_may_number(chat, label) for label in read.labels):
        return True
    if (read.asks and _opens_anew(chat, read)) or _may_go_on(chat, read):
        return True
    unasked = [question.text for question in chat.questions if question.asked_at is None]
    if any(match_wording(wording, [read]) for wording in unasked):
        return True
    wordings = {question.label: strip_marks(question.text) for question in chat.questions}
    return chat.numbered and any(find_unnumbered(wordings, [read], set()))


def _may_number(chat: Chat, label: Label) -> bool:
    """Return whether a label may be that of a question which the chat does not have yet."""
    if label.role != "answer" or not chat.numbered:
        return True
    asked = {question.label for question in chat.questions if question.asked_at}
    part = read_part(label.part)
    if part not in ("", "1"):
        return f"{label.number}.{part}" not in asked
    return str(label.number) not in {known.split(".")[0] for known in asked}


def _may_go_on(chat: Chat, read: ReadPost) -> bool:
    """Return whether a post may be the second half of a question: a host's, without a number."""
    if read.labels or read.replies:
        return False
    hosts = {moderator.author for moderator in chat.moderators}
    return not chat.questions or (chat.numbered and read.author in hosts)


def _opens_anew(chat: Chat, read: ReadPost) -> bool:
    """Return whether a post opens with a number, however written, that the chat has not yet."""
    known = {question.label.split(".")[0] for question in chat.questions if question.asked_at}
    return any(not chat.numbered or str(one.number) not in known for one in read.said.openings)


def _fill(
    chat: Chat, questions: Sequence[Question], hosts: Sequence[str], *, numbered: bool
) -> Chat:
    """Return the chat with its questions, and with the hosts that nobody said are no moderators."""
    named = [moderator for moderator in chat.moderators if moderator.by == "person"]
    not_one = {author.casefold() for author in chat.not_moderators}
    seen: dict[str, Moderator] = {}
    for moderator in (*named, *(Moderator(author=author) for author in hosts)):
        if moderator.author.casefold() not in not_one:
            seen.setdefault(moderator.author, moderator)
    return msgspec.structs.replace(
        chat, questions=tuple(questions), moderators=tuple(seen.values()), numbered=numbered
    )


def _is_numbered(firsts: Firsts, posts: Sequence[ReadPost]) -> bool:
    """Return whether a chat has numbers: two questions, or one answered by its number."""
    if len(firsts) != 1:
        return len(firsts) > 1
    (number, _), asking = next(iter(firsts.items()))
    if number <= 1 and asking.score > ASKS:
        return True
    return any(
        label.role == "answer" and label.number == number for read in posts for label in read.labels
    )


def _drop(chat: Chat, questions: Sequence[Question]) -> list[Question]:
    return [one for one in questions if one.label not in chat.dropped_questions]
