"""Find the questions of a chat and who asks them, in the posts, in an agenda, or in both."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

import msgspec
from rapidfuzz import fuzz

from chinwag.model import Chat, Moderator, Post, Question
from chinwag.steps.kinds.asking import ASKS, Asking, clean_question, count_words, find_askings
from chinwag.steps.questions.groups import group_by_time
from chinwag.steps.questions.questions_from_answers import add_unasked, tells_numbers
from chinwag.steps.reading.read_post import Readings, ReadPost, read_in_time
from chinwag.text.parts import cut_counters, is_next

_NEAR = timedelta(minutes=4)
_STATES = 1.0  # a question put as a statement scores so much, if who asks says it in its turn
_SURE = 4.0  # so sure an asking makes a numbered chat by itself
_AGAIN = re.compile(
    r"\b(?:again|in case you|icymi|if you(?:['’]ve| have)? (?:missed|just)|for those|repeat(?:ing)?"
    r"|reminder"
    r"|still on|encore|noch(?: ein)?mal|otra vez|de novo|di nuovo|tekrar|eto)\b",
    re.IGNORECASE,
)
_NAMES_SOMEBODY = re.compile(r"@\w|\b(?:RT|MT|via)\b")
_ADDED = 40  # characters that a repeat adds, at most: "again, for those just in"
_WORD_FOR_WORD = 95.0  # the same, for a repeat that bears no number
_SAME = 85.0  # percent of likeness from which two wordings are one question


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
    stays with `asked_at` None; where `by` is "agenda", it lists all there are. Without any numbered
    question the posts are grouped by time (`numbered` is False, `by` "time"). Moderators whom a
    person named stay, and what the chat says of dropped questions and of people who are no
    moderators holds. `posts` may be in any order; `readings` are the run's, where there are some.
    """
    ordered = read_in_time(posts, readings)
    named = [moderator for moderator in chat.moderators if moderator.by == "person"]
    askings = find_askings(ordered, [moderator.author for moderator in named])
    firsts = _join_parts(_fill_gaps(_choose_firsts(askings), askings), askings)
    is_numbered = _lists_all(agenda) or _is_numbered(firsts, ordered) or tells_numbers(ordered)
    if not is_numbered:
        groups, leaders = group_by_time(chat, ordered)
        if {question.label for question in agenda} <= {group.label for group in groups}:
            found = [Moderator(author=author) for author in leaders]
            worded = _put_in_words(agenda, groups)
            return _fill(chat, _drop(chat, worded), [*named, *found], numbered=False)
    questions = _drop(chat, add_unasked(_word_questions(agenda, firsts, ordered), ordered))
    asked = [first.post.author for first in firsts.values()]
    asking = [identifier for question in questions for identifier in question.posts]
    moderators = _find_moderators(named, asking, ordered, asked)
    repeats = _find_repeats(questions, askings, ordered, {m.author for m in moderators})
    moderators += _find_second_accounts(repeats, ordered, moderators)
    return _fill(chat, repeats, moderators, numbered=True)


def may_change_questions(chat: Chat, read: ReadPost) -> bool:
    """Return whether a post that has just come may ask, repeat or number a question of a chat.

    `chat` carries the questions found so far. What has no number of its own and no likeness to a
    question's wording changes none by itself.
    """
    if read.is_silent:
        return False
    numbers = {question.label.split(".")[0] for question in chat.questions if question.asked_at}
    if any(
        label.role != "answer" or not chat.numbered or str(label.number) not in numbers
        for label in read.labels
    ):
        return True
    unasked = [question for question in chat.questions if question.asked_at is None]
    if any(_match_wording(question.text, [read]) for question in unasked):
        return True
    wordings = {question.label: _plain(question.text) for question in chat.questions}
    return chat.numbered and any(_find_unnumbered(wordings, [read], set()))


def read_part(part: str) -> str:
    """Return a part as digits: "b" is the second."""
    return str(ord(part) - ord("a") + 1) if part.isalpha() else part


def _fill(
    chat: Chat, questions: Sequence[Question], moderators: Sequence[Moderator], *, numbered: bool
) -> Chat:
    not_one = {author.casefold() for author in chat.not_moderators}
    seen: dict[str, Moderator] = {}
    for moderator in moderators:
        if moderator.author.casefold() not in not_one:
            seen.setdefault(moderator.author, moderator)
    return msgspec.structs.replace(
        chat, questions=tuple(questions), moderators=tuple(seen.values()), numbered=numbered
    )


def _choose_firsts(askings: Sequence[Asking]) -> dict[tuple[int, str], Asking]:
    """Choose the first asking of each number: early, likely, and in the order of the numbers."""
    likely: dict[tuple[int, str], list[Asking]] = defaultdict(list)
    for asking in askings:
        if asking.score >= ASKS:
            likely[asking.number, read_part(asking.part)].append(asking)
    keys = sorted(likely)
    best: list[list[tuple[float, int]]] = []
    for step, key in enumerate(keys):
        row: list[tuple[float, int]] = []
        for rank, asking in enumerate(likely[key]):
            value = asking.score - 0.8 * rank
            options = [(value, -1)]
            if step:
                before = likely[keys[step - 1]]
                options = [
                    (best[step - 1][i][0] + value - (2.0 if other.at > asking.at else 0.0), i)
                    for i, other in enumerate(before)
                ]
            row.append(max(options))
        best.append(row)
    chosen: dict[tuple[int, str], Asking] = {}
    index = max(range(len(best[-1])), key=lambda i: best[-1][i][0]) if best else -1
    for step in range(len(keys) - 1, -1, -1):
        chosen[keys[step]] = likely[keys[step]][index]
        index = best[step][index][1]
    return _drop_loose_parts(dict(sorted(chosen.items())))


def _drop_loose_parts(
    chosen: dict[tuple[int, str], Asking],
) -> dict[tuple[int, str], Asking]:
    """Leave out a part that belongs to no row ("Q1.5") or comes when the next number is out."""
    kept: dict[tuple[int, str], Asking] = {}
    for (number, part), asking in chosen.items():
        if part and int(part) > 1:
            before = ((number, str(int(part) - 1)) in kept) or (
                part == "2" and (number, "") in kept
            )
            later = chosen.get((number + 1, ""))
            if not before or (later and later.at < asking.at):
                continue
        kept[number, part] = asking
    return kept


def _fill_gaps(
    firsts: dict[tuple[int, str], Asking], askings: Sequence[Asking]
) -> dict[tuple[int, str], Asking]:
    """Add a number that is missing, where who asks the others says it between its neighbours.

    So a question is found that is put as a statement ("Q2. One aim is to ...").
    """
    asking_people = {asking.post.author for asking in firsts.values()}
    filled = dict(firsts)
    wholes = {number: asking for (number, part), asking in firsts.items() if part in ("", "1")}
    for number in range(1, max(wholes, default=0)):
        if number in wholes:
            continue
        after = max((wholes[n].at for n in wholes if n < number), default=-1)
        before = min(wholes[n].at for n in wholes if n > number)
        for asking in askings:
            fits = asking.number == number and not asking.part and after < asking.at < before
            if fits and asking.post.author in asking_people and asking.score >= _STATES:
                filled[number, ""] = asking
                break
    return dict(sorted(filled.items()))


def _join_parts(
    firsts: dict[tuple[int, str], Asking], askings: Sequence[Asking]
) -> dict[tuple[int, str], Asking]:
    """Join a question that was put in two posts ("1/2", "2/2"): it was asked with the first."""
    joined = dict(firsts)
    for key, asking in firsts.items():
        for other in askings:
            near = abs(asking.post.created_at - other.post.created_at) <= _NEAR
            if near and _follows(asking, other):
                joined[key] = _join(other, asking)
            elif near and _follows(other, asking):
                joined[key] = _join(asking, other)
    return joined


def _join(first: Asking, second: Asking) -> Asking:
    """Return an asking in the words of both."""
    text = cut_counters(f"{first.wording} {second.wording}")
    return msgspec.structs.replace(first, wording=clean_question(text))


def _follows(second: Asking, first: Asking) -> bool:
    """Return whether `second` is the "2/2" of `first`'s "1/2"."""
    if (second.number, second.read.author) != (first.number, first.read.author):
        return False
    begins = first.read.counter
    return is_next(second.read.counter, begins) and begins is not None and begins.number == 1


def _is_numbered(firsts: dict[tuple[int, str], Asking], posts: Sequence[ReadPost]) -> bool:
    """Return whether a chat has numbers: two questions, or one answered by its number."""
    if len(firsts) != 1:
        return len(firsts) > 1
    (number, _), asking = next(iter(firsts.items()))
    if number <= 1 and asking.score >= _SURE:
        return True
    return any(
        label.role == "answer" and label.number == number for read in posts for label in read.labels
    )


def _name_questions(firsts: dict[tuple[int, str], Asking]) -> list[Question]:
    """Label the questions found: "9", and "9.2" for its second part."""
    return [
        Question(
            label=_name(number, part, firsts),
            text=asking.wording,
            asked_at=asking.post.created_at,
            posts=(asking.post.id,),
        )
        for (number, part), asking in firsts.items()
    ]


def _name(number: int, part: str, firsts: dict[tuple[int, str], Asking]) -> str:
    """Name a question; a first part is the question itself where there is no other."""
    if not part or (part == "1" and (number, "") not in firsts):
        return str(number)
    return f"{number}.{part}"


def _follow_agenda(
    agenda: Sequence[Question], firsts: dict[tuple[int, str], Asking], posts: Sequence[ReadPost]
) -> list[Question]:
    """Return the agenda's questions with the times at which they were asked."""
    found = {_name(number, part, firsts): asking for (number, part), asking in firsts.items()}
    questions: list[Question] = []
    for question in agenda:
        post = _match_wording(question.text, posts)
        if post is None and question.label in found:
            post = found[question.label].post
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


def _lists_all(agenda: Sequence[Question]) -> bool:
    """Return whether the given questions are all that the chat has, asked or not."""
    return any(question.by != "person" for question in agenda)


def _word_questions(
    agenda: Sequence[Question], firsts: dict[tuple[int, str], Asking], posts: Sequence[ReadPost]
) -> list[Question]:
    """Return the questions of the agenda, or those found with what a person gave among them."""
    given = _follow_agenda(agenda, firsts, posts)
    if _lists_all(agenda):
        return given
    found = {question.label: question for question in _name_questions(firsts)}
    return list((found | {question.label: question for question in given}).values())


def _put_in_words(given: Sequence[Question], groups: Sequence[Question]) -> list[Question]:
    """Return the groups, those that a person gave words in these words."""
    words = {question.label: question.text for question in given}
    return [
        msgspec.structs.replace(group, text=words[group.label], by="person")
        if group.label in words
        else group
        for group in groups
    ]


def _drop(chat: Chat, questions: Sequence[Question]) -> list[Question]:
    return [one for one in questions if one.label not in chat.dropped_questions]


def _match_wording(text: str, posts: Sequence[ReadPost]) -> Post | None:
    """Return the first post that asks in these words, None where none does."""
    if count_words(text) < 4:
        return None
    wanted = text.lower()
    for read in posts:
        if read.is_silent or len(read.text) < len(text) // 2:
            continue
        said = read.plain.lower()
        if len(said) < 3 * len(wanted) and fuzz.token_set_ratio(wanted, said) >= _SAME:
            return read.post
    return None


def _find_moderators(
    named: Sequence[Moderator],
    asking: Sequence[str],
    posts: Sequence[ReadPost],
    asked: Sequence[str],
) -> list[Moderator]:
    ids = set(asking)
    authors = [*asked, *(read.author for read in posts if read.id in ids)]
    known = {moderator.author for moderator in named}
    fresh = [author for author in dict.fromkeys(authors) if author not in known]
    return [*named, *(Moderator(author=author) for author in fresh)]


def _find_repeats(
    questions: Sequence[Question],
    askings: Sequence[Asking],
    posts: Sequence[ReadPost],
    moderators: set[str],
) -> list[Question]:
    """Add to each question the posts that ask it again, in time order."""
    firsts = {question.posts[0]: question for question in questions if question.posts}
    again: dict[str, list[str]] = defaultdict(list)
    order = {read.id: at for at, read in enumerate(posts)}
    wordings = {question.label: _plain(question.text) for question in questions}
    for asking in askings:
        if asking.post.id in firsts:
            continue
        label = _resolve(asking, wordings)
        if label and _is_repeat(asking, wordings[label], moderators):
            again[label].append(asking.post.id)
    for id_, label in _find_unnumbered(wordings, posts, {asking.post.id for asking in askings}):
        if id_ not in firsts:
            again[label].append(id_)
    return [
        msgspec.structs.replace(
            question,
            posts=(
                *question.posts,
                *sorted(dict.fromkeys(again[question.label]), key=order.__getitem__),
            ),
        )
        if question.posts
        else question
        for question in questions
    ]


def _find_unnumbered(
    wordings: dict[str, str], posts: Sequence[ReadPost], numbered: set[str]
) -> Iterator[tuple[str, str]]:
    """Return (id, label) of the posts that ask a question in its own words, without its number."""
    long = {label: text for label, text in wordings.items() if count_words(text) >= 6}
    for read in posts if long else ():
        if "?" not in read.text or read.id in numbered or read.is_silent:
            continue
        said = read.recall(_read_as_question)
        for label, text in long.items():
            alike = 0.85 * len(text) <= len(said) <= 1.15 * len(text)
            if alike and fuzz.token_set_ratio(said, text) >= _WORD_FOR_WORD:
                yield read.id, label
                break


def _find_second_accounts(
    questions: Sequence[Question], posts: Sequence[ReadPost], known: Sequence[Moderator]
) -> list[Moderator]:
    """Return who asks questions again: a co-host, or a host on another network.

    Once is enough where the question stands alone, right after it was asked or with a word such
    as "again"; whoever quotes it passes it on, and is a host only after several questions.
    """
    by_id = {read.id: read for read in posts}
    names = {moderator.author for moderator in known}
    counts: Counter[str] = Counter()
    plainly: set[str] = set()
    for question in questions:
        again = [by_id[id_] for id_ in question.posts[1:]]
        counts.update({read.author for read in again})
        first = by_id[question.posts[0]].post.created_at if question.posts else None
        plainly.update(
            read.author
            for read in again
            if (_AGAIN.search(read.text) or (first and read.created_at - first <= _NEAR))
            and _asks_plainly(read, question.text)
        )
    return [
        Moderator(author=author)
        for author, count in sorted(counts.items())
        if (count >= 2 or author in plainly) and author not in names
    ]


def _asks_plainly(read: ReadPost, wording: str) -> bool:
    """Return whether a post asks and does not quote: it names nobody and adds little."""
    if read.post.reply_to or read.post.quote_of or _NAMES_SOMEBODY.search(read.text):
        return False
    said = _plain(clean_question(read.plain))
    return (
        len(said) <= len(wording) + _ADDED and fuzz.token_set_ratio(said, _plain(wording)) >= _SAME
    )


def _resolve(asking: Asking, wordings: dict[str, str]) -> str | None:
    part = read_part(asking.part)
    for label in (f"{asking.number}.{part}", str(asking.number)):
        if label in wordings:
            return label
    return None


def _is_repeat(asking: Asking, wording: str, moderators: set[str]) -> bool:
    """Return whether a post repeats a question: in its words, or by a host who points at it."""
    same = fuzz.token_set_ratio(_plain(asking.wording), wording) >= _SAME
    if count_words(asking.wording) >= 4:
        return same
    points = bool(asking.post.links or asking.post.quote_of or asking.post.media)
    return asking.post.author in moderators and points


def _read_as_question(read: ReadPost) -> str:
    """Return a post's words as those of a question are compared."""
    return _plain(clean_question(read.text))


def _plain(text: str) -> str:
    return re.sub(r"[^\w\s]", " ", text.lower())
