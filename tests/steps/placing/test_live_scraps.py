"""Scraps of chats as a capture meets them: late, edited, taken out, corrected while they run.

`CHINWAG_WRITE_ROWS=1 pytest` on this file writes the expected rows anew; read what changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
from tests.steps.placing.test_whole_chat import tell_sure
from tests.steps.sample import hold_rows
from tests.steps.scraps import AGENDA, HOSTS, tell_scraps

from chinwag.model import Chat, Moderator, Placement, Post, make_note
from chinwag.steps.placing import LivePlacer
from chinwag.steps.placing.post_index import PostIndex

ROWS = Path(__file__).parent / "scraps"
CHATS = 45

Dice = random.Random


def correct(dice: Dice, post: Post) -> Placement:
    return Placement(
        post=post.id,
        question=dice.choice(("1", "2", None)),
        reason=make_note("greets"),
        confidence=1.0,
        by="person",
        kind="answer",
    )


def meddle(dice: Dice, placer: LivePlacer, chat: Chat, posts: list[Post]) -> str:
    """Do one thing that people do to a chat while it runs, and return what it is."""
    post = dice.choice(posts)
    deed = dice.choice(
        ("edit", "delete", "remove", "correct", "correct", "withdraw", "plan", "name")
    )
    if deed == "edit":
        placer.add(msgspec.structs.replace(post, text=dice.choice(posts).text))
    elif deed == "delete":
        placer.add(msgspec.structs.replace(post, text="", deleted=True))
    elif deed == "remove":
        placer.remove(post.id)
    elif deed == "correct":
        placer.correct(correct(dice, post))
    elif deed == "withdraw":
        placer.withdraw(post.id)
    elif deed == "plan":
        placer.use_agenda(AGENDA[: dice.randint(0, 3)])
    else:
        named = (Moderator(author=HOSTS[1], by="person"),)
        placer.use_chat(msgspec.structs.replace(chat, moderators=named), ())
    return f"{deed} {post.id}"


def show(placed: tuple[Placement, ...]) -> str:
    return " ".join(
        f"{one.post}:{one.question or '-'}{one.by[0]}{tell_sure(one)}" for one in placed
    )


def run_all() -> Iterator[str]:
    dice = random.Random("live")
    for at, (chat, posts) in enumerate(tell_scraps(9)):
        if at == CHATS:
            break
        placer = LivePlacer(chat)
        order = sorted(posts, key=lambda post: posts.index(post) + dice.choice((0, 0, 0, 3.5)))
        for post in order:
            placed = placer.add(post)
            deed = meddle(dice, placer, chat, posts) if dice.random() < 0.3 else "nothing"
            yield (
                f"{at}\t{post.id}\t{placed.question or '-'}\t{deed}\t{placer.number_behind}"
                f"\t{show(placer.take_changes())}"
            )
        yield f"{at}\tcaught up\t{placer.catch_up()}\t{show(placer.placements())}"
        found, ended = placer.finish()
        yield f"{at}\tended\t{[one.label for one in found.questions]}\t{show(ended)}"


def test_what_each_post_moves_while_people_meddle() -> None:
    hold_rows(ROWS / "live.tsv", list(run_all()))


def list_ids(posts: list[Post]) -> str:
    return "+".join(post.id for post in posts)


def index_all() -> Iterator[str]:
    dice = random.Random("index")
    for at, (_, posts) in enumerate(tell_scraps(10)):
        index = PostIndex()
        for post in dice.sample(posts, len(posts)):
            before = index.put(post)
            again = index.put(post)
            yield f"{at}\t{post.id}\t{before}\t{again == post}"
        for post in posts:
            around, context = index.find_around([post], 2), index.find_context([post])
            back = list(index.list_back(post, 3))
            yield (
                f"{at}\t{post.id}\t{list_ids(around)}\t{list_ids(context)}\t{list_ids(back)}"
                f"\t{list_ids(index.find_depending(post))}"
            )
        dropped = index.drop("p1")
        yield f"{at}\t{list_ids(index.posts)}\t{dropped and dropped.id}\t{index.drop('p1')}"


def test_what_stands_around_each_post_and_hangs_on_it() -> None:
    hold_rows(ROWS / "index.tsv", list(index_all())[::3])
