"""An evening in which everything happens: made by a seed, the same at every run.

Hosts ask in halves, in parts, twice, too early and in lists; people number their answers in every
way, answer, quote, pass on, agree, go on, share links and pictures, and speak in eight languages.
No evening was ever like it: it is there so that every judgement has something to judge.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.steps.village import START, TOPICS

from chinwag.model import Chat, Media, Post, Repost, Sighting

HOST = "storm_host"
COHOST = "co_host"
PEOPLE = ("ann", "bo_", "cy", "Dee", "eli@glam.example", "fay.example", "gus", "hal", "ivy", "jo")
TAG = "#stormchat"
CHAT = Chat(series="#stormchat", hashtag="stormchat", title="")
LENGTH = 140  # posts by people

_ASKED = (
    "Q{n}: {text}",
    "Q{n} {text}",
    "Question {n} - {text}",
    "{text} Q{n}",
    "Q{n}a: {text}",
    "Welcome back! Q{n}: {text}",
)
_BESIDE = (
    "Q{n} is coming up in a minute",
    "In case you missed it, Q{n}: {text}",
    "Q{n}: ready?",
    "Q{m} and Q{n} belong together",
    "Tonight: Q1 tools, Q2 plots, Q3 buses, Q4 winter",
    "Q{n} (cont'd): and who pays for it?",
    "...and who pays for it?",
    "Q{n} part 2: And who would pay?",
    "Still on Q{n}, no hurry",
    "Q{n}. Name one more.",
    "“Q{n}: {text}”",
    "@ann Q{n} is the one with the shed",
    "I think Q{n} asks too much",
    "Q{n}: Tell us more 1/2",
    "Q{n}: and how often? 2/2",
    "What do you all do on Sundays, and why?",
    "Has anyone here asked the council?",
    "Please remember to use {tag} and to number your answers",
    "Q12: Who knows?",
)
_SAID = (
    "A{n}: {said}",
    "A{n} {said}",
    "a{n}. {said}",
    "{said} A{n}",
    "(A{n}) {said}",
    "{n}) {said}",
    "Answer {n}: {said}",
    "A{n}b: {said}",
    "A{n}/{m}: {said}",
    "As in A{n}, {said}",
    "Q{n}: {said}",
    "R{n} : {said}",
    "{said}",
    "{said}",
    "{said}",
    "{said}",
    "{said} https://shelf.example/{n}?utm_source=x",
    "{said} https://t.co/a{n}",
    "Look: https://shelf.example/same {said}",
    "Also, {said}",
    "1/2 {said}",
    "2/2 {said}",
    "{said}…",
    "...{said}",
    "Which is why {said}",
    "But {said}",
    "We never said that: {said}",
    "Not here! {said} Or do you?",
    "{said} #sheds #tools #winter",
    "“{said}” says who?",
    "Our shed is open. {said} We like it so.",
    "{said} And the hill helps.",
)
_TO_ONE = (
    "@{name} {said}",
    "@{name} Yes, exactly!",
    "@{name} Agreed, {said}",
    "@{name} +1",
    "@{name} yes but {said}",
    "@{name} and who pays for it?",
    "RT @{name}: {heard}",
    "So true! RT @{name}: {heard}",
    '"{heard}" @{name}',
    "{name}: {said}",
    "@{name} thanks, lovely",
    "@{name} That is why {said}",
    "@{name} 👍",
    "@{name} Only where somebody mends ladders, drills and blunt old mowers",
)
_ASIDES = (
    "Hello all, {name} from the hill here",
    "Thanks everybody, must go now!",
    "Merci à tous, bonne soirée",
    "Wir leihen Leitern und Bohrer, und die Nachbarn bringen sie zurück",
    "Nosotros prestamos las escaleras a todos los vecinos",
    "Noi prestiamo gli attrezzi, e tutti li riportano",
    "Aletleri komşulara ödünç veriyoruz",
    "道具を貸します。誰も壊しません",
    "نعير الأدوات للجيران",
    "Buy cheap followers now!!! https://spam.example/now $$$ 50% off",
    "😀😀",
    "https://shelf.example/picture",
    "ok",
    "",
    "Ladders come back bent, so every tool is photographed before it leaves the shed",
    "Our shed lends ladders and drills, and a chainsaw for those over thirty",
    "Each ladder comes back bent, so we photograph tools before they leave our shed",
    "We lend 12 ladders a week, and the ladders come back bent",
)


def tell_storm(seed: int = 7) -> list[Post]:
    """Return the posts of the evening in time order; ids s0, s1, ... are in that of telling"""
    return sorted(_Storm(seed).tell(), key=lambda post: (post.created_at, post.id))


class _Storm:
    """The evening while it is being told."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._told: list[Post] = []

    def tell(self) -> list[Post]:
        """Return the posts in the order of telling."""
        dice = self._dice
        self._say(0, HOST, f"Welcome to {TAG}! Who is here?")
        for number, topic in enumerate(TOPICS, 1):
            minute = 3 + 9.0 * (number - 1)
            asked = dice.choice(_ASKED).format(n=number, text=topic.asked)
            self._say(minute, HOST, f"{asked} {TAG}", sure=True)
            if number == 2:
                half = "Q2: How do newcomers hear of the plots, on which day..."
                self._say(minute + 0.1, HOST, f"{half} {TAG}", sure=True)
                self._say(minute + 0.8, HOST, f"...and who tells them? {TAG}", sure=True)
            for _ in range(3):
                beside = dice.choice(_BESIDE)
                said = beside.format(n=number, m=number - 1, text=topic.asked, tag=TAG)
                who = dice.choice((HOST, HOST, COHOST, "ann"))
                self._say(minute + dice.uniform(-1.5, 5), who, f"{said} {TAG}")
        for _ in range(LENGTH):
            self._talk(dice.uniform(1, 44))
        for minute in (70.0, 95.0, 1000.0):
            self._say(minute, dice.choice(PEOPLE), f"Slept over it: {self._pick(1)} {TAG}")
        return self._told

    def _talk(self, minute: float) -> None:
        dice = self._dice
        number = max(1, min(4, int((minute - 3) // 9) + dice.choice((0, 1, 1, 1))))
        author, chance = dice.choice(PEOPLE), dice.random()
        if chance < 0.5:
            text = dice.choice(_SAID).format(n=number, m=number % 4 + 1, said=self._pick(number))
            self._say(minute, author, f"{text} {TAG}" if dice.random() < 0.8 else text)
        elif chance < 0.85:
            heard = dice.choice(self._told)
            text = dice.choice(_TO_ONE).format(
                name=heard.author, heard=heard.text[:70], said=self._pick(number)
            )
            self._say(minute, author, text, heard)
        else:
            self._say(minute, author, dice.choice(_ASIDES).format(name=author))

    def _pick(self, number: int) -> str:
        said = self._dice.choice(TOPICS[number - 1].said)
        return said if self._dice.random() < 0.5 else said[0].lower() + said[1:]

    def _say(
        self, minute: float, author: str, text: str, to: Post | None = None, *, sure: bool = False
    ) -> None:
        dice = self._dice
        more: dict[str, Any] = {} if sure else dict(self._add_facts(to))
        at = START + timedelta(minutes=minute)
        if dice.random() < 0.3 and not sure:
            at = at.replace(second=0, microsecond=0)
        self._told.append(
            Post(
                id=f"s{len(self._told)}",
                author=author,
                author_name=author.upper(),
                text=text,
                created_at=at,
                url="",
                source="test",
                hashtags=tuple(re.findall(r"#(\w+)", text)),
                mentions=tuple(re.findall(r"@(\w+)", text)),
                **{"reply_to": None} | more,
            )
        )

    def _add_facts(self, to: Post | None) -> Iterator[tuple[str, Any]]:
        """Yield what a source tells of a post: whom it answers, pictures, reposts, losses."""
        dice = self._dice
        if to and dice.random() < 0.6:
            yield "reply_to", to.id
            yield "reply_to_author", to.author
            yield "thread", to.thread or to.id
        elif to and dice.random() < 0.3:
            yield "quote_of", to.id
        rare = dice.random()
        if rare < 0.04:
            yield "text_lost", True
        elif rare < 0.06:
            yield "deleted", True
        elif rare < 0.08:
            yield "repost_of", "?"
        elif rare < 0.14:
            yield "media", (Media(url="https://shelf.example/a.png"),)
        elif rare < 0.2:
            yield "repost_count", dice.randint(1, 9)
        elif rare < 0.25:
            yield "reposts", (Repost(id="r", author="zoe", at=START),) * dice.randint(1, 4)
        elif rare < 0.3:
            yield "links", ("https://shelf.example/told",)
        if dice.random() < 0.2:
            yield "lang", dice.choice(("en", "fr", "de", "tr"))
        if dice.random() < 0.2:
            yield "sightings", (Sighting(route="file", address="a", line=dice.randint(1, 99)),)
