"""A chat's summary: the posts of each question grouped, chosen, worded and checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from chinwag.model import (
    Bullet,
    Chat,
    Placement,
    Post,
    Question,
    QuestionSummary,
    Quote,
    Summary,
)
from chinwag.steps.judging.surroundings import expects_labels
from chinwag.steps.reading.appended import appends_links
from chinwag.steps.reading.people import People
from chinwag.steps.reading.read_post import Readings, ReadPost
from chinwag.steps.summarise.agree import Supporters, find_supporters
from chinwag.steps.summarise.belonging import doubt_strangers, find_elsewhere
from chinwag.steps.summarise.choose import POOREST, Point, choose_points
from chinwag.steps.summarise.group import find_shared, group_statements
from chinwag.steps.summarise.join import join_parts
from chinwag.steps.summarise.lead import lead_chat, write_lead
from chinwag.steps.summarise.links import gather_links
from chinwag.steps.summarise.meaning import compare_meanings
from chinwag.steps.summarise.order import order_points
from chinwag.steps.summarise.pairs import find_same
from chinwag.steps.summarise.relevance import weigh_gains
from chinwag.steps.summarise.replies import find_replies
from chinwag.steps.summarise.statement import Statement, make_statement
from chinwag.steps.summarise.themes import find_themes
from chinwag.steps.summarise.voices import count_in, split_copies
from chinwag.steps.summarise.worth import Worths
from chinwag.steps.tracing import check_summary, count_voices
from chinwag.steps.tracing.askings import asks_question
from chinwag.text.encoder import Encoder
from chinwag.text.words import Vector, WordWeights, content_words, cosine, make_vector, weigh_words

Placed = list[tuple[ReadPost, Placement]]


class _Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for every question of a chat. `people` are case folded."""

    hashtag: str
    people: frozenset[str]
    worths: Worths
    weights: WordWeights
    numbers_expected: bool  # of answers
    fewest: int
    most: int
    encoder: Encoder | None
    accounts: People
    appended: bool  # whether short links at the end of posts were appended by clients
    elsewhere: frozenset[str]  # posts said to another chat
    chosen: Mapping[str, tuple[Bullet, ...]] = {}


def summarise_chat(
    chat: Chat,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    *,
    fewest: int = 3,
    most: int = 8,
    encoder: Encoder | None = None,
    readings: Readings | None = None,
    chosen: Mapping[str, tuple[Bullet, ...]] | None = None,
) -> Summary:
    """Return the summary of a chat: at most `most` bullets a question, letter for letter.

    Every post of `posts` stands in exactly one place: behind a bullet, left out, among those that
    ask a question, or unplaced. The same posts give the same summary in whatever order they come.
    Who says the same is told by words; an `encoder` confirms more of what words only suggest.
    `readings` are the run's, where there are some. `chosen` are the bullets of questions for which
    somebody chose them; they stand as they are.
    Raises TraceError where a bullet does not stand in its posts, and what the encoder raises.
    """
    in_time = sorted(posts, key=lambda post: (post.created_at, post.id))
    ordered = readings.read(in_time) if readings else Readings().read_chat(in_time)
    placed, unplaced = _sort_placed(ordered, placements)
    setting = _look_at_all(chat, ordered, fewest, most, encoder)
    setting = msgspec.structs.replace(setting, chosen=chosen or {})
    listed = _list_questions(chat, placed)
    told = {one.label: _say(one, placed[one.label], setting) for one in listed}
    questions = tuple(
        _summarise_question(question, placed[question.label], told, setting) for question in listed
    )
    worth = {one.post.id: one.quality for some in told.values() for one in some}
    spam = {placement.post for placement in placements if placement.kind == "spam"}
    spoken = [one for one in in_time if one.id not in spam]
    lead = lead_chat(questions, spoken, worth, setting.accounts)
    summary = Summary(questions=questions, unplaced=tuple(unplaced), lead=lead)
    check_summary(summary, posts)
    return summary


class Said(NamedTuple):
    """What was said on one question, in time order, and how much each word of the chat tells."""

    question: Question
    statements: Sequence[Statement]
    weights: WordWeights


def list_statements(
    chat: Chat, posts: Sequence[Post], placements: Sequence[Placement]
) -> list[Said]:
    """Return what was said on each question, before anything is grouped or chosen."""
    in_time = sorted(posts, key=lambda post: (post.created_at, post.id))
    ordered = Readings().read_chat(in_time)
    placed, _unplaced = _sort_placed(ordered, placements)
    setting = _look_at_all(chat, ordered, chat.fewest_bullets, chat.most_bullets, None)
    return [
        Said(question, _say(question, placed[question.label], setting), setting.weights)
        for question in _list_questions(chat, placed)
    ]


def list_candidates(
    chat: Chat,
    posts: Sequence[Post],
    placements: Sequence[Placement],
    *,
    readings: Readings | None = None,
) -> dict[str, tuple[Bullet, ...]]:
    """Return for each question every point that one post, or one person going on, could make.

    Those of most worth come first; posts of which nothing can be quoted make none. Who says the
    same is not looked for.
    """
    in_time = sorted(posts, key=lambda post: (post.created_at, post.id))
    ordered = readings.read(in_time) if readings else Readings().read_chat(in_time)
    placed, _unplaced = _sort_placed(ordered, placements)
    setting = _look_at_all(chat, ordered, chat.fewest_bullets, chat.most_bullets, None)
    return {
        question.label: _list_candidates(question, placed[question.label], setting)
        for question in _list_questions(chat, placed)
    }


def _list_candidates(question: Question, placed: Placed, setting: _Setting) -> tuple[Bullet, ...]:
    told = [one for one in _say(question, placed, setting) if one.point]
    told.sort(key=lambda one: (-one.quality, one.when))
    return tuple(
        _write_bullet(Point(quoted=one, behind=(one,), people=1), ())
        for one in told
        if one.quality >= POOREST
    )


def _sort_placed(
    ordered: Sequence[ReadPost], placements: Sequence[Placement]
) -> tuple[dict[str, Placed], list[str]]:
    """Return the posts on each question, by its label, and the ids of those on none."""
    by_post = {placement.post: placement for placement in placements}
    placed: dict[str, Placed] = defaultdict(list)
    unplaced = []
    for read in ordered:
        placement = by_post.get(read.id)
        if placement is None or placement.question is None or read.post.removed:
            unplaced.append(read.id)
        else:
            placed[placement.question].append((read, placement))
    return placed, unplaced


def _look_at_all(
    chat: Chat, ordered: Sequence[ReadPost], fewest: int, most: int, encoder: Encoder | None
) -> _Setting:
    """Return what holds for every question; `ordered` are all posts in time order."""
    speaking = [read for read in ordered if not read.is_silent]
    labels_expected = chat.numbered and expects_labels(ordered)
    return _Setting(
        hashtag=chat.hashtag,
        people=frozenset(read.author.casefold() for read in ordered),
        worths=Worths(chat, ordered, labels_expected=labels_expected),
        weights=weigh_words(read.words for read in speaking),
        numbers_expected=labels_expected,
        fewest=fewest,
        most=most,
        encoder=encoder,
        accounts=People(chat, (read.post for read in ordered)),
        appended=appends_links(read.post for read in ordered),
        elsewhere=find_elsewhere(ordered, chat.hashtag),
    )


def _list_questions(chat: Chat, placed: Mapping[str, Placed]) -> list[Question]:
    """Return the chat's questions, and after them any that only a placement names."""
    known = {question.label for question in chat.questions}
    named = sorted(set(placed) - known)
    return [*chat.questions, *(Question(label=label, text="") for label in named)]


def _summarise_question(
    question: Question,
    placed: Placed,
    told: Mapping[str, Sequence[Statement]],
    setting: _Setting,
) -> QuestionSummary:
    """Return the summary of a question; `told` is what is said on every one, by its label."""
    statements = told[question.label]
    elsewhere = [one for label, some in told.items() if label != question.label for one in some]
    said = _leave_askings(question, placed)
    bullets = setting.chosen.get(question.label) or _write_bullets(question, statements, setting)
    themes = find_themes(statements, question.text, elsewhere)
    used = {post for bullet in bullets for post in bullet.posts}
    used |= {reply.post for bullet in bullets for reply in bullet.replies}
    counted = [read.post for read, _ in said if read.post.is_spoken]
    return QuestionSummary(
        label=question.label,
        text=question.text,
        posts=len(counted),
        people=setting.accounts.count(counted),
        bullets=bullets,
        links=gather_links(said, appended=setting.appended),
        left_out=tuple(read.id for read, _ in said if read.id not in used),
        lead=write_lead(bullets, statements),
        themes=themes,
    )


def _leave_askings(question: Question, placed: Placed) -> Placed:
    """Return what is placed on a question without the posts that ask it."""
    return [(read, one) for read, one in placed if not asks_question(one, question.posts)]


def _say(question: Question, placed: Placed, setting: _Setting) -> Sequence[Statement]:
    """Return what is said on a question, with doubt where it may be said of something else."""
    answering = [
        (read, one)
        for read, one in _leave_askings(question, placed)
        if read.id not in setting.elsewhere
    ]
    statements = [
        make_statement(run, setting.hashtag, setting.people, setting.worths.weigh)
        for run in join_parts(answering, setting.hashtag, setting.people)
    ]
    return doubt_strangers(
        [_tell_answered(one, setting.worths) for one in statements],
        setting.weights,
        question.text,
        numbers_expected=setting.numbers_expected,
    )


def _tell_answered(one: Statement, worths: Worths) -> Statement:
    """Return a statement with the post that it likely answers, and how likely it only agrees."""
    answers = worths.find_answered(one.post.id)
    if not answers:
        return one
    agreement = worths.weigh_agreement(one.post.id)
    return msgspec.structs.replace(one, answers=answers, agreement=agreement)


def _write_bullets(
    question: Question, statements: Sequence[Statement], setting: _Setting
) -> tuple[Bullet, ...]:
    """Return the bullets of a question: statements grouped, weighed, chosen and put in order."""
    quotable = [statement for statement in statements if statement.point]
    vectors = {one.post.id: make_vector(one.told, setting.weights) for one in quotable}
    supporters = find_supporters(statements)
    asked = make_vector(content_words(question.text), setting.weights)
    shared = find_shared(quotable, vectors)
    meanings = compare_meanings(quotable, shared, setting.encoder)
    told = find_same(quotable, shared, meanings, question.text)
    points = _make_points(group_statements(quotable, shared, told.same), supporters)
    gains = weigh_gains(statements, setting.weights, question.text)
    alike = {frozenset(quotable[index].post.id for index in pair) for pair in told.alike}
    chosen = choose_points(
        points, vectors, gains, asked, alike, fewest=setting.fewest, most=setting.most
    )
    apart = {one.post.id: _leave_out(vectors[one.post.id], asked) for one in quotable}
    ordered = order_points(
        chosen, lambda one, other: cosine(apart[one.quoted.post.id], apart[other.quoted.post.id])
    )
    replies = find_replies(chosen, statements)
    return tuple(_write_bullet(point, replies.get(point.quoted.post.id, ())) for point in ordered)


def _leave_out(vector: Vector, asked: Vector) -> Vector:
    """Return a vector without the question's own words, which tell no theme within it."""
    return {word: weight for word, weight in vector.items() if word not in asked}


def _make_points(groups: Sequence[Sequence[Statement]], supporters: Supporters) -> list[Point]:
    """Return each group as a point, with those who agreed with it where they count."""
    points = []
    for group in groups:
        voices, copies = split_copies(group)
        quoted = _pick_quoted(voices)
        agreeing = count_in(voices, copies, supporters)
        others = {one.post.id: one for one in (*voices, *agreeing) if one is not quoted}
        behind = (quoted, *sorted(others.values(), key=lambda one: one.when))
        saying = {post.id for one in voices for post in one.posts}
        points.append(_count_point(behind, {one.post.id for one in agreeing} - saying))
    return points


def _count_point(behind: Sequence[Statement], agreeing: Set[str]) -> Point:
    """Return the point of some statements, the first one quoted, its people counted."""
    only = {post.id for one in behind if one.post.id in agreeing for post in one.posts}
    authors = ((post.id, post.author) for one in behind for post in one.posts)
    people, agreed = count_voices(authors, only)
    return Point(
        quoted=behind[0],
        behind=tuple(behind),
        people=people,
        agreed=agreed,
        agreeing=frozenset(only),
    )


def _pick_quoted(group: Sequence[Statement]) -> Statement:
    """Return whose words stand for a group: well put, and in the words that most of it uses."""
    used: dict[str, int] = defaultdict(int)
    for one in group:
        for word in one.words:
            used[word] += 1

    def centrality(one: Statement) -> float:
        common = sum(used[word] - 1 for word in one.words)
        return one.quality * (1 + common / (len(one.words) + 4))

    return min(group, key=lambda one: (-centrality(one), one.when))


def _write_bullet(point: Point, replies: tuple[Quote, ...]) -> Bullet:
    quoted = point.quoted
    source = quoted.parts[0].post if quoted.parts else quoted.post.id
    behind = [post.id for one in point.behind for post in one.posts]
    return Bullet(
        text=" ".join(part.text for part in quoted.parts) or quoted.point,
        posts=tuple(dict.fromkeys((source, *behind))),
        people=point.people,
        kind="shared" if point.people > 1 else "single",
        quoted=source,
        author=quoted.post.author,
        parts=quoted.parts if len(quoted.parts) > 1 else (),
        replies=replies,
        agreed=point.agreed,
        agreeing=tuple(one for one in dict.fromkeys(behind) if one in point.agreeing),
    )
