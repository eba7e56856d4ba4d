"""Invented evenings with every habit that people have, made by a seed: the same at every run.

A host asks; people answer in their turn, late, in threads, by name, with and without numbers, in
two posts, all at once when the hour is over, or the next morning. For tests that hold whole chats
to the digit, so that no change of a judgement goes unseen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from chinwag.model import Post

START = datetime(2026, 5, 5, 19, 0, tzinfo=UTC)
PEOPLE = ("ann", "bo", "cy", "dee", "eli", "fay", "gus", "hal")
HOST = "village_host"
TAG = "#villagechat"


class Topic(NamedTuple):
    """A question, and what people say to it."""

    asked: str
    said: tuple[str, ...]


TOPICS = (
    Topic(
        "Which tools does your village lend out, and who mends them?",
        (
            "Our shed lends ladders, drills and a chainsaw that nobody under thirty may touch",
            "A retired joiner mends the drills on Tuesdays for a pot of tea",
            "Ladders come back bent, so we photograph every tool before it leaves the shed",
            "We tried lending a mower and the blades were blunt within a month",
            "Two volunteers sharpen chisels and shears in the porch of the church",
        ),
    ),
    Topic(
        "How do newcomers hear about the allotments and the waiting list?",
        (
            "The waiting list hangs in the bakery window, 14 names long at the moment",
            "Newcomers find our allotments through the school newsletter, never online",
            "We keep one plot free for people who have just moved here",
            "A map of the plots at the bus stop brought nine families in a year",
            "Nobody reads the website, the noticeboard does all the work",
        ),
    ),
    Topic(
        "What went wrong with the bus, and what would you do instead?",
        (
            "The bus came at ten and the surgery closes at half past nine",
            "We share cars on market days with a list in the pub, and it has worked since March",
            "A minibus costs us £4,200 a year and carries eleven people a week",
            "Timetables changed three times, so the older passengers gave up on it",
            "Ask the drivers first: ours knew in a week why no passengers came",
        ),
    ),
    Topic(
        "Name one thing to try before the next winter.",
        (
            "Warm rooms with soup in the hall on every frosty Thursday",
            "A telephone tree, so that nobody sits in the dark when the power fails",
            "We want grit boxes at both hills before the first frost",
            "Borrow the heaters from the cricket club as we did last winter",
            "Teach teenagers to read the meter for their grandparents",
        ),
    ),
)
_ASIDES = (
    "Thanks everybody, lovely to be here",
    "Sorry I am late, the train stood still",
    "Good evening from a windy hill",
    "My cat has just sat on the keyboard",
    "Must go, good night all",
)
_AGREED = (
    "So true!",
    "Yes, same here.",
    "I agree with {name}",
    "Exactly this",
    "No, not in our place",
)
_GOING_ON = ("Also, {said}", "2/2 {said}", "And one more: {said}", "...{said}", "ps {said}")


class Habits(NamedTuple):
    """How one evening goes."""

    seed: int
    ask: str = "Q{n}: {text}"
    answer: str = "A{n}: {text}"
    numbered: float = 0.4  # share of the answers that bear their number
    replies: bool = True  # whether the source says what a post answers
    to_the_minute: bool = False
    parts: bool = False
    turned: bool = False  # whether two questions are asked out of order
    pause: float = 9.0  # minutes between two questions


EVENINGS = {
    "plain": Habits(seed=1),
    "bare": Habits(seed=2, numbered=0.1, replies=False, pause=6),
    "parts": Habits(seed=3, ask="Q{n}. {text}", answer="A{n} {text}", parts=True, numbered=0.6),
    "minutes": Habits(seed=4, to_the_minute=True, numbered=0.25, pause=14),
    "turned": Habits(seed=5, ask="Question {n} - {text}", answer="{n}) {text}", turned=True),
}


def tell_evening(habits: Habits) -> list[Post]:
    """Return the posts of an evening in time order, ids p0, p1, ..."""
    evening = _Evening(habits)
    posts = sorted(evening.tell(), key=lambda post: post.created_at)
    names = {post.id: f"p{at}" for at, post in enumerate(posts)}
    return [
        msgspec.structs.replace(post, id=names[post.id], reply_to=names.get(post.reply_to or ""))
        for post in posts
    ]


class _Evening:
    """One evening while it is being told."""

    def __init__(self, habits: Habits) -> None:
        self._habits = habits
        self._dice = random.Random(habits.seed)
        self._posts: list[Post] = []

    def tell(self) -> list[Post]:
        """Return the posts in the order of telling."""
        self._say(-8, HOST, f"Ten minutes until tonight's chat on our village! {TAG}")
        self._say(0, HOST, f"Welcome to {TAG}! Who is here?")
        for at, person in enumerate(PEOPLE[:3]):
            self._say(0.5 + at, person, f"Hello, {person} here, from the hill {TAG}")
        asked = list(self._ask())
        for number, (minute, post, topic) in enumerate(asked, 1):
            self._answer(number, minute, post, topic)
        self._catch_up(asked)
        end = asked[-1][0] + self._habits.pause
        self._say(
            end, HOST, f"That was the hour. Thank you all, the write-up comes on Friday. {TAG}"
        )
        self._say(end + 800, "ivy", f"Slept over it: {TOPICS[0].said[2]} {TAG}")
        return self._posts

    def _ask(self) -> Iterator[tuple[float, Post, Topic]]:
        order = list(range(len(TOPICS)))
        if self._habits.turned:
            order[1], order[2] = order[2], order[1]
        asked = {}
        for place, number in enumerate(order):
            minute = 4 + place * self._habits.pause
            topic = TOPICS[number]
            text = self._habits.ask.format(n=number + 1, text=topic.asked)
            if place == 2:
                self._say(minute - 1, HOST, f"Q{number + 1} is coming up in a minute {TAG}")
            asked[number] = (minute, self._say(minute, HOST, f"{text} {TAG}"), topic)
            if self._habits.parts and number == 2:
                more = "Q3 part 2: And who would pay for it?"
                self._say(minute + 4, HOST, f"{more} {TAG}")
            if place == 1:
                self._say(minute + 3, HOST, f"In case you missed it, {text} {TAG}")
        yield from (asked[number] for number in sorted(asked))

    def _answer(self, number: int, minute: float, asked: Post, topic: Topic) -> None:
        dice = self._dice
        last = asked
        for person in dice.sample(PEOPLE, k=6):
            at = minute + dice.lognormvariate(0.9, 0.8)
            said = dice.choice(topic.said)
            if dice.random() < self._habits.numbered:
                said = self._habits.answer.format(n=number, text=said)
            to = asked if dice.random() < 0.2 else None
            last = self._say(at, person, f"{said} {TAG}", to)
            self._follow(at, number, last, topic)
        if dice.random() < 0.6:
            aside = dice.choice(_ASIDES)
            self._say(minute + dice.uniform(1, 9), dice.choice(PEOPLE), f"{aside} {TAG}")

    def _follow(self, at: float, number: int, post: Post, topic: Topic) -> None:
        """Say what follows from one answer: more of it, a reply, a quotation, somebody named."""
        dice = self._dice
        chance = dice.random()
        other = dice.choice([name for name in PEOPLE if name != post.author])
        said = dice.choice(topic.said)
        later = at + dice.uniform(0.3, 4)
        if chance < 0.18:
            more = dice.choice(_GOING_ON).format(said=said[0].lower() + said[1:])
            self._say(later, post.author, f"{more} {TAG}")
        elif chance < 0.36:
            agreed = dice.choice(_AGREED).format(name=post.author)
            reply = self._say(later, other, f"@{post.author} {agreed}", post)
            if dice.random() < 0.5:
                self._say(later + 1, post.author, f"@{other} and who pays for it?", reply)
        elif chance < 0.48:
            self._say(later, other, f"@{post.author} {said} {TAG}")
        elif chance < 0.56:
            self._say(later, other, f'"{post.text[:60]}" says {post.author}: we do the same {TAG}')
        elif chance < 0.62:
            self._say(later, other, f"To come back to Q{max(1, number - 1)}, {said} {TAG}")

    def _catch_up(self, asked: list[tuple[float, Post, Topic]]) -> None:
        """Let one person come late and answer everything in order, without a number."""
        minute = asked[-1][0] + 4
        for _, _, topic in asked:
            minute += self._dice.uniform(0.8, 1.6)
            self._say(minute, "june", f"{self._dice.choice(topic.said)} {TAG}")

    def _say(self, minute: float, author: str, text: str, to: Post | None = None) -> Post:
        at = START + timedelta(minutes=minute)
        if self._habits.to_the_minute:
            at = at.replace(second=0, microsecond=0)
        tells = to is not None and self._habits.replies
        post = Post(
            id=f"told{len(self._posts):03}",
            author=author,
            text=text,
            created_at=at,
            reply_to=to.id if to and tells else None,
            reply_to_author=to.author if to and tells else "",
            url="",
            source="test",
            hashtags=tuple(re.findall(r"#(\w+)", text)),
            mentions=tuple(re.findall(r"@(\w+)", text)),
        )
        self._posts.append(post)
        return post
