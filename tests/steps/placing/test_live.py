"""Live placing: each post at once, in whatever order it comes, and at the end what the batch says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chinwag.importers import read_file
from chinwag.model import Chat, Placement, Post, Question, make_note, quote_note
from chinwag.records.contract import ReadOptions
from chinwag.steps.placing import LivePlacer, place_posts
from chinwag.steps.questions import find_questions

SAMPLE = Path(__file__).resolve().parents[3] / "examples" / "stackschat"


def place_batch(
    chat: Chat,
    posts: Sequence[Post],
    corrections: Sequence[Placement] = (),
    agenda: Sequence[Question] = (),
) -> tuple[Chat, tuple[Placement, ...]]:
    found = find_questions(chat, posts, agenda)
    return found, place_posts(found, posts, corrections)


def move_by_hand(post: Post, question: str | None) -> Placement:
    return Placement(
        post=post.id,
        question=question,
        reason=quote_note("moved by a person"),
        confidence=1.0,
        by="person",
    )


def delete(post: Post) -> Post:
    return msgspec.structs.replace(post, text="", deleted=True)


def test_each_post_is_placed_as_it_comes(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat)
    at_once = {post.id: placer.add(post) for post in evening.posts}
    assert {id_: (p.question, p.kind) for id_, p in at_once.items()} == {
        "p1": (None, "announcement"),
        "p2": (None, "greeting"),
        "p3": (None, "greeting"),
        "p4": ("1", "question"),
        "p5": ("1", "answer"),
        "p6": ("1", "answer"),
        "p7": ("1", "answer"),
        "p8": (None, "housekeeping"),
        "p9": ("2", "question"),
        "p10": ("2", "answer"),
        "p11": ("2", "answer"),
        "p12": ("2", "answer"),
        "p13": ("3", "question"),
        "p14": ("3", "answer"),
        "p15": ("3", "answer"),
        "p16": (None, "thanks"),
    }
    assert at_once["p14"].reason == make_note("says-label", label="A3")
    assert [(q.label, q.posts) for q in placer.chat.questions] == [
        ("1", ("p4",)),
        ("2", ("p9",)),
        ("3", ("p13",)),
    ]
    assert [moderator.author for moderator in placer.chat.moderators] == ["host_lib"]


def test_the_end_is_what_the_batch_says(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat)
    for post in evening.posts:
        placer.add(post)
    before = placer.placements()
    assert placer.finish() == place_batch(chat, evening.posts)
    assert [(p.post, p.question) for p in before] == [
        (p.post, p.question) for p in placer.placements()
    ]


@given(data=st.data())
def test_any_order_of_coming_ends_the_same(begin_talk: Any, data: Any) -> None:
    """Posts come in any order, some twice, some edited, deleted or removed, some corrected."""
    chat = Chat(series="#shelfchat", hashtag="shelfchat", title="Opening hours")
    talk = tell_evening(begin_talk())
    arriving = data.draw(st.permutations(talk.posts), label="order")
    edited = data.draw(st.lists(st.sampled_from(talk.posts), max_size=3), label="edited")
    deleted = data.draw(st.lists(st.sampled_from(talk.posts), max_size=2), label="deleted")
    removed = data.draw(st.lists(st.sampled_from(talk.posts), max_size=2), label="removed")
    corrected = data.draw(st.lists(st.sampled_from(talk.posts), max_size=2), label="corrected")
    corrections = {post.id: move_by_hand(post, "2") for post in corrected}
    last = {post.id: post for post in talk.posts}
    last |= {p.id: msgspec.structs.replace(p, text="A1: " + p.text) for p in edited}
    last |= {post.id: delete(post) for post in deleted}
    for post in removed:
        last.pop(post.id, None)
        corrections.pop(post.id, None)

    placer = LivePlacer(chat)
    for post in arriving:
        assert placer.add(post).post == post.id
    for correction in corrections.values():
        placer.correct(correction)
    for post in last.values():
        placer.add(post)
    for post in removed:
        placer.remove(post.id)
    placed = placer.placements()
    in_time = [post for post in talk.posts if post.id in last]
    assert [placement.post for placement in placed] == [post.id for post in in_time]
    assert {p.post: p for p in placed if p.by == "person"} == corrections
    assert placer.finish() == place_batch(
        chat, [last[post.id] for post in in_time], list(corrections.values())
    )


def tell_evening(talk: Any) -> Any:
    """Two questions, answers, a reply and a hello, as `evening` does it."""
    talk.say(0, "host_lib", "Welcome to #shelfchat! Please introduce yourself.")
    talk.say(1, "ann", "Hi all, Ann from Leeds here #shelfchat")
    talk.say(5, "host_lib", "Q1: When is your library open, and who decides? #shelfchat")
    talk.say(6.5, "ann", "A1: Nine to five; the council decides. #shelfchat")
    talk.say(8, "cy", "Until midnight before exams, students asked for it #shelfchat")
    talk.say(16, "host_lib", "Q2: What would it cost you to open longer, in money? #shelfchat")
    talk.say(17, "dee", "A2: Two more salaries at least #shelfchat")
    talk.say(18, "cy", "@ann Does the council pay for it?", reply_to="p4")
    talk.say(20, "eli", "Heating! #shelfchat")
    return talk


def test_a_question_that_comes_late_takes_its_answers(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat)
    bare = evening.say(21, "gus", "We share one caretaker among three branches #shelfchat")
    in_time = sorted(evening.posts, key=lambda post: post.created_at)
    for post in in_time:
        if post.id != "p9":
            placer.add(post)
    assert placer.add(evening.posts[8]).reason == make_note("asks", question="2", numbered=True)
    while placer.catch_up():
        pass
    placed = {placement.post: placement for placement in placer.placements()}
    assert (placed[bare.id].question, placed["p11"].question) == ("2", "2")
    assert placer.finish() == place_batch(chat, in_time)


def test_a_correction_stands_and_its_replies_follow(chat: Chat, evening: Any) -> None:
    wrong = evening.say(33.5, "fay", "Two wardens and a camera #shelfchat")
    reply = evening.say(34, "bo", "@fay Who pays the wardens?", reply_to=wrong.id)
    placer = LivePlacer(chat, sorted(evening.posts, key=lambda post: post.created_at))
    said = {placement.post: placement.question for placement in placer.placements()}
    assert (said[wrong.id], said[reply.id]) == ("3", "3")
    placer.take_changes()
    placer.correct(move_by_hand(wrong, "2"))
    changed = {placement.post: placement for placement in placer.take_changes()}
    assert changed[wrong.id] == move_by_hand(wrong, "2")
    assert changed[reply.id].question == "2"
    placer.withdraw(wrong.id)
    said = {placement.post: placement.question for placement in placer.placements()}
    assert (said[wrong.id], said[reply.id]) == ("3", "3")


def test_a_correction_may_come_before_its_post(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat, evening.posts[:-1])
    placer.correct(move_by_hand(evening.posts[-1], "3"))
    assert placer.add(evening.posts[-1]) == move_by_hand(evening.posts[-1], "3")


def test_an_edit_is_placed_by_what_it_says_now(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat, evening.posts)
    moved = msgspec.structs.replace(evening.posts[9], text="A1: Two more salaries #shelfchat")
    assert placer.add(moved).question == "1"
    assert placer.add(evening.posts[9]).question == "2"


def test_a_deleted_question_is_asked_no_more(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat, evening.posts)
    placer.add(delete(evening.posts[12]))
    # Its answers still say that there was one; its wording is gone with it.
    assert [(q.label, q.text, q.posts) for q in placer.chat.questions][2:] == [("3", "", ())]
    placer.add(evening.posts[12])
    assert placer.chat.questions[2].posts == ("p13",)


def test_a_removed_post_leaves_nothing(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat, evening.posts, [move_by_hand(evening.posts[6], "2")])
    placer.remove("p7")
    placer.remove("p7")
    rest = [post for post in evening.posts if post.id != "p7"]
    assert placer.posts == tuple(rest)
    assert "p7" not in {placement.post for placement in placer.take_changes()}
    assert placer.finish() == place_batch(chat, rest)


def test_changes_are_told_once(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat, evening.posts[:6])
    assert [placement.post for placement in placer.take_changes()] == [
        "p1", "p2", "p3", "p4", "p5", "p6",
    ]  # fmt: skip
    placement = placer.add(evening.posts[6])
    assert placement in placer.take_changes()
    assert placer.take_changes() == ()


def test_the_agenda_may_change_while_the_chat_runs(chat: Chat, evening: Any) -> None:
    first = Question(label="1", text="When is your library open, and who decides?", by="agenda")
    reworded = msgspec.structs.replace(first, text="When are you open, and who decides?")
    placer = LivePlacer(chat, evening.posts, agenda=[first])
    assert [question.text for question in placer.chat.questions][:1] == [first.text]
    placer.use_agenda([reworded])
    assert [question.text for question in placer.chat.questions][:1] == [reworded.text]
    assert placer.finish() == place_batch(chat, evening.posts, agenda=[reworded])


def test_a_chat_without_numbers_is_grouped_as_it_goes(chat: Chat, talk: Any) -> None:
    words = ("buses", "doors", "taxis", "lamps")
    for minute in range(60):
        word = words[minute // 16]
        talk.say(minute, f"person{minute % 5}", f"The {word} are what I think of {minute}")
    placer = LivePlacer(chat)
    for post in talk.posts:
        placer.add(post)
    assert placer.chat.numbered is False
    assert placer.placements()[-1].question == placer.chat.questions[-1].label
    assert placer.finish() == place_batch(chat, talk.posts)


def test_a_correction_may_be_withdrawn_before_its_post_comes(chat: Chat, evening: Any) -> None:
    placer = LivePlacer(chat)
    *before, last = evening.posts[:-1]
    for post in before:
        placer.add(post)
    placer.correct(move_by_hand(last, "1"))
    placer.withdraw(last.id)
    assert placer.add(last).question == "3"


def test_a_chat_of_nothing(chat: Chat) -> None:
    placer = LivePlacer(chat)
    assert (placer.placements(), placer.take_changes(), placer.catch_up()) == ((), (), False)
    assert placer.finish() == place_batch(chat, [])


def come_late(posts: Sequence[Post], seed: int) -> list[Post]:
    """Give posts in an order of coming: most in time, a fifth up to a quarter of an hour late."""
    chance = random.Random(seed)
    late = {p.id: chance.random() * 900 if chance.random() < 0.2 else 0.0 for p in posts}
    return sorted(posts, key=lambda post: post.created_at + timedelta(seconds=late[post.id]))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sample_chat_ends_as_in_the_batch(seed: int) -> None:
    posts = read_posts(SAMPLE / "mastodon-glam.json")
    chat = Chat(series="#stackschat", hashtag="stackschat", title="Sample")
    placer = LivePlacer(chat)
    for post in come_late(posts, seed):
        placer.add(post)
    assert {post.id for post in placer.posts} == {post.id for post in posts}
    assert placer.finish() == place_batch(chat, placer.posts)


@pytest.mark.parametrize("name", ["critlib-2015-05-19", "pstweetchat-2020-03-06"])
def test_real_chats_end_as_in_the_batch(name: str, shared_data: Path) -> None:
    posts = read_posts(shared_data / "chats" / f"{name}.jsonl")
    chat = Chat(series="#chat", hashtag="chat", title=name)
    placer = LivePlacer(chat)
    for post in come_late(posts, seed=3):
        placer.add(post)
    assert placer.finish() == place_batch(chat, sorted(placer.posts, key=lambda p: p.created_at))


def read_posts(path: Path) -> list[Post]:
    records = read_file(path, ReadOptions(time_zone="America/New_York"))
    return [record for record in records if isinstance(record, Post)]
