"""An invented chat of two questions, and what a host can choose from in it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from tests.steps.conftest import Talk

from chinwag.model import (
    Bullet,
    Chat,
    Edition,
    Post,
    Question,
    QuestionSummary,
    SharedLink,
    Summary,
)
from chinwag.steps.editing import Material, gather_material, keep_edition


def quote(post: Post, text: str, *others: Post) -> Bullet:
    people = len({post.author, *(other.author for other in others)})
    return Bullet(
        text=text,
        posts=(post.id, *(other.id for other in others)),
        people=people,
        kind="shared" if people > 1 else "single",
        quoted=post.id,
        author=post.author,
    )


class Desk:
    """The chat, its posts, its summary, and the points that nobody chose."""

    def __init__(self, talk: Talk) -> None:
        say = talk.say
        first = say(0, "host", "Q1: What do you lend? #lend")
        drills = say(1, "ann", "A1: We lend drills, and nobody ever breaks one #lend")
        saws = say(2, "ben", "A1 Saws and drills, all summer long #lend")
        tents = say(3, "cem", "A1: Tents come back wet in autumn #lend")
        second = say(10, "host", "Q2: What comes back broken? #lend")
        poles = say(11, "ann", "A2: Tent poles. Always the tent poles. See https://poles.example")
        spare = say(12, "dee", "A2: We keep a box of spare poles at the desk #lend")
        say(13, "eve", "A2: Hoses split in the first frost of the year #lend")
        self.posts: tuple[Post, ...] = tuple(talk.posts)
        self.chat = Chat(
            series="#lend",
            hashtag="lend",
            title="Lending things",
            questions=(
                Question(label="1", text="What do you lend?", posts=(first.id,)),
                Question(label="2", text="What comes back broken?", posts=(second.id,)),
            ),
        )
        self.summary = Summary(
            questions=(
                QuestionSummary(
                    label="1",
                    text="What do you lend?",
                    posts=3,
                    people=3,
                    bullets=(
                        quote(drills, "We lend drills, and nobody ever breaks one", saws),
                        quote(tents, "Tents come back wet in autumn"),
                    ),
                    links=(),
                    left_out=(),
                ),
                QuestionSummary(
                    label="2",
                    text="What comes back broken?",
                    posts=3,
                    people=3,
                    bullets=(quote(poles, "Tent poles. Always the tent poles."),),
                    links=(SharedLink(url="https://poles.example", posts=(poles.id,)),),
                    left_out=("p7",),
                ),
            ),
            unplaced=(),
        )
        self.candidates: dict[str, Sequence[Bullet]] = {
            "1": (),
            "2": (quote(spare, "We keep a box of spare poles at the desk"),),
        }

    def gather(self, edition: Edition | None = None, *more: Bullet) -> Material:
        """Return the material, `more` being points on the second question that came later."""
        candidates = {**self.candidates, "2": (*more, *self.candidates["2"])}
        kept = edition and keep_edition(edition, self.posts)
        return gather_material(self.chat, self.posts, self.summary, candidates, kept)

    def delete(self, id_: str) -> None:
        """Leave a tombstone where a post was."""
        self.posts = tuple(
            msgspec.structs.replace(post, deleted=True, text="") if post.id == id_ else post
            for post in self.posts
        )
