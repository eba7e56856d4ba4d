"""Decisions put to use: each held against the posts of now."""

from __future__ import annotations

import msgspec
from tests.steps.deciding.test_judge import CAFE_CHOSEN, POSTS, place
from tests.steps.rewording.chat import CHAT, make_post

from chinwag.model import Bullet, Choice, Decision, Edition, Move, Placement, PointBlock, make_note
from chinwag.steps.deciding import (
    choose_bullets,
    keep_decisions,
    note_decisions,
    place_by_decisions,
    plan_choices,
    put_in,
)
from chinwag.steps.deciding.plan_choices import MOST_POSTS, OVERLAP, split_parts
from chinwag.steps.editing import clear_edition
from chinwag.steps.summarise import summarise_chat

TOILETS = Choice(
    post="1", text="We lock the toilets at six because nobody checks them.", same=("2", "4"),
    theme="toilets close at six",
)  # fmt: skip
CHOSEN = Decision(
    model="small", task="choose", digest="abc", question="1", choices=(CAFE_CHOSEN, TOILETS)
)
CAFE_BULLET = Bullet(
    text=CAFE_CHOSEN.text, posts=("3",), people=1, kind="single", quoted="3", author="kit"
)
TOILETS_BULLET = Bullet(
    text=TOILETS.text, posts=("1", "2", "4"), people=3, kind="shared", quoted="1", author="tamsin",
    theme="toilets close at six",
)  # fmt: skip
PLACED = [place(post) for post in POSTS[:4]] + [place(POSTS[4], "2")]


def test_what_was_chosen_becomes_the_points_in_that_order() -> None:
    chosen = choose_bullets(CHAT, POSTS, PLACED, [CHOSEN])
    assert chosen == {"1": (CAFE_BULLET, TOILETS_BULLET)}
    summary = summarise_chat(CHAT, POSTS, PLACED, chosen=chosen)
    assert summary.questions[0].bullets == chosen["1"]
    assert summary.questions[0].left_out == ()
    assert summary.questions[1] == summarise_chat(CHAT, POSTS, PLACED).questions[1]


def test_a_post_that_stands_elsewhere_by_now_takes_its_point_along() -> None:
    moved = [place(POSTS[0], "2"), *PLACED[1:]]
    alone = msgspec.structs.replace(TOILETS_BULLET, posts=("1",), people=1, kind="single", theme="")
    assert choose_bullets(CHAT, POSTS, moved, [CHOSEN]) == {"1": (CAFE_BULLET,), "2": (alone,)}


def test_with_nothing_left_the_built_in_choice_stands() -> None:
    changed = [
        make_post(int(post.id), post.author, "Other words now, all of them.") for post in POSTS
    ]
    assert choose_bullets(CHAT, changed, PLACED, [CHOSEN]) == {}
    assert note_decisions([CHOSEN], {}) == ()


def test_parts_of_a_question_take_turns() -> None:
    other = msgspec.structs.replace(CHOSEN, digest="def", choices=(TOILETS, CAFE_CHOSEN))
    first = msgspec.structs.replace(CHOSEN, choices=(CAFE_CHOSEN,))
    chosen = choose_bullets(CHAT, POSTS, PLACED, [first, other])
    assert [one.quoted for one in chosen["1"]] == ["3", "1"]


def place_thread(*moves: Move, task: str = "place", **told: Placement) -> list[str | None]:
    """Return where four posts stand, each an answer to the one before, once a model moved some."""
    said = [make_post(at, "kit", "And so on.", reply_to=str(at - 1)) for at in (2, 3, 4)]
    thread = [POSTS[0], *said]
    placed = [told.get(f"post_{post.id}", place(post)) for post in thread]
    decided = Decision(model="small", task=task, digest="abc", moves=moves)
    return [one.question for one in place_by_decisions(CHAT, thread, placed, [decided])]


def test_replies_go_with_the_post_in_doubt_that_they_answer() -> None:
    first = Move(post="1", question="2")
    assert place_thread(first) == ["2", "2", "2", "2"]
    assert place_thread(first, Move(post="3", question="1")) == ["2", "2", "1", "1"]
    labelled = place(make_post(2, "kit", ""), by="label")
    assert place_thread(first, post_2=labelled) == ["2", "1", "1", "1"]
    assert place_thread(first, task="choose") == ["2", "1", "1", "1"]
    assert place_thread(Move(post="1", question=None)) == [None, "1", "1", "1"]


def test_a_reply_that_went_along_says_what_it_answers() -> None:
    reply = make_post(2, "kit", "And so on.", reply_to="1")
    decided = Decision(
        model="small", task="place", digest="abc", moves=(Move(post="1", question="2"),)
    )
    placed = [place(POSTS[0]), place(reply, confidence=0.4)]
    _, went = place_by_decisions(CHAT, [POSTS[0], reply], placed, [decided])
    reason = make_note("replies-to-answer", question="2", numbered=CHAT.numbered)
    expected = place(reply, "2", by="reply", confidence=0.9)
    assert went == msgspec.structs.replace(expected, reason=reason)


def test_what_is_taken_out_goes_from_every_decision() -> None:
    move = Move(post="2", question="2")
    decided = msgspec.structs.replace(CHOSEN, moves=(move,))
    assert keep_decisions([decided], POSTS) == (decided,)
    left = tuple(post for post in POSTS if post.id not in ("2", "3"))
    (kept,) = keep_decisions([decided], left)
    assert (kept.choices, kept.moves, kept.digest) == (
        (msgspec.structs.replace(TOILETS, same=("4",), theme=TOILETS.theme),), (), "",
    )  # fmt: skip
    assert keep_decisions([decided], ()) == ()


def test_people_outrank_a_model_and_asking_posts_stay() -> None:
    placed = [place(POSTS[0]), place(POSTS[1], by="person"), place(POSTS[2], kind="question")]
    moves = tuple(Move(post=post.id, question="2", kind="reply") for post in POSTS[:3])
    decided = Decision(model="small", task="place", digest="", moves=moves)
    first, *rest = place_by_decisions(CHAT, POSTS, placed, [decided])
    assert rest == placed[1:]
    assert (first.question, first.by, first.kind, first.confidence) == ("2", "model", "reply", 0.9)
    assert first.reason == make_note("model-placed", model="small", question="2", numbered=True)


def test_a_question_that_is_no_more_moves_nothing() -> None:
    decided = Decision(
        model="small", task="place", digest="", moves=(Move(post="1", question="7"),)
    )
    assert place_by_decisions(CHAT, POSTS, PLACED, [decided]) == tuple(PLACED)


def test_the_same_is_not_asked_twice_and_a_new_answer_takes_the_place_of_the_old() -> None:
    plan = plan_choices(CHAT, POSTS, PLACED, model="small")
    (request, other) = plan.requests
    new = msgspec.structs.replace(CHOSEN, digest=request.digest("small"))
    kept = put_in([CHOSEN], new, [request.digest("small"), other.digest("small")])
    assert kept == (new,)
    assert plan_choices(CHAT, POSTS, PLACED, kept=kept, model="small").requests == (other,)
    assert plan_choices(CHAT, POSTS, PLACED, kept=kept, model="large").requests == plan.requests


def test_long_questions_go_in_parts_that_overlap() -> None:
    posts = [make_post(n, "ann", f"Post {n}") for n in range(200)]
    parts = list(split_parts(posts))
    assert [len(part) for part in parts] == [MOST_POSTS, MOST_POSTS, 44]
    assert [part[0].id for part in parts[1:]] == [
        str(MOST_POSTS - OVERLAP), str(2 * (MOST_POSTS - OVERLAP)),
    ]  # fmt: skip
    long = [make_post(n, "ann", "word " * 5000) for n in range(30)]
    assert {post.id for part in split_parts(long) for post in part} == {str(n) for n in range(30)}


def test_the_story_tells_who_chose_and_what_was_dropped() -> None:
    decided = msgspec.structs.replace(CHOSEN, dropped={"words": 2, "again": 1})
    assert note_decisions([decided], {"1": ()}) == (
        make_note("model-chose", model="small", questions=1),
        make_note("model-dropped", model="small", dropped=3),
    )


def test_a_theme_goes_with_the_only_post_that_said_a_word_of_it() -> None:
    point = PointBlock(bullet=TOILETS_BULLET, voices=(TOILETS_BULLET,))
    edition = Edition(number=1, blocks=(point,))
    left = tuple(post for post in POSTS if post.id != "2")
    (cleared,) = clear_edition(edition, [POSTS[1]], left).blocks
    assert isinstance(cleared, PointBlock)
    assert cleared.bullet.theme == TOILETS_BULLET.theme
    silent = [make_post(int(post.id), post.author, TOILETS.text) for post in POSTS[:1]]
    (cleared,) = clear_edition(edition, POSTS[1:], silent).blocks
    assert isinstance(cleared, PointBlock)
    assert (cleared.bullet.text, cleared.bullet.theme) == (TOILETS.text, "")
