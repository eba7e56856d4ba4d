"""What may be sent of a chat, and in which form: posts and people by number, nobody by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from chinwag.model import Chat, Placement, Post, Question
from chinwag.steps.deciding.prompts import SentPost, SentQuestion
from chinwag.steps.rewording import speaks_to_machine
from chinwag.text.cleaning import clean_post

LONGEST_TEXT = 2_000  # characters of a post that are sent
LONGEST_QUESTION = 600  # characters of a question's wording that are sent

_MENTION = re.compile(r"@([\w.]+(?:@[\w.-]+)?)")


class Sender:
    """A chat as it may be sent. `withheld` gathers the ids of posts that speak to a machine."""

    def __init__(self, chat: Chat, posts: Sequence[Post], placements: Iterable[Placement]) -> None:
        self.chat = chat
        self.spam = {one.post for one in placements if one.kind == "spam"}
        self.handles = frozenset(post.author.casefold() for post in posts)
        self.withheld: dict[str, None] = {}

    def may_send(self, post: Post) -> bool:
        """Return whether a post has words of its own that may be sent."""
        if post.deleted or post.text_lost or post.repost_of or post.id in self.spam:
            return False
        if speaks_to_machine(post.text):
            self.withheld[post.id] = None
            return False
        return bool(post.text.strip())

    def has_words(self, post: Post) -> bool:
        """Return whether a post says something beside mentions, tags, links and its label."""
        return bool(self._clean(post))

    def list_questions(self) -> list[SentQuestion]:
        """Return the chat's questions; one that speaks to a machine without its words."""
        return [self._send_question(question) for question in self.chat.questions]

    def number(
        self, posts: Sequence[Post], *, whole: bool = False
    ) -> tuple[dict[int, Post], list[SentPost]]:
        """Return posts by their numbers in a message, and as they are sent.

        Sent are their own words or, where `whole`, their labels and mentions, too; people are
        numbers everywhere.
        """
        people = _number_people(posts)
        numbers = {post.id: number for number, post in enumerate(posts, start=1)}
        rows = [
            SentPost(
                n=numbers[post.id],
                at=_tell_hour(post.created_at),
                by=people[post.author.casefold()],
                to=numbers.get(post.reply_to or "", 0),
                text=_mask(post.text, people)[:LONGEST_TEXT] if whole else self._clean(post),
            )
            for post in posts
        ]
        return {numbers[post.id]: post for post in posts}, rows

    def _clean(self, post: Post) -> str:
        return clean_post(post.text, self.chat.hashtag, self.handles)[:LONGEST_TEXT]

    def _send_question(self, question: Question) -> SentQuestion:
        words = "" if speaks_to_machine(question.text) else question.text[:LONGEST_QUESTION]
        asked = _tell_hour(question.asked_at) if question.asked_at else ""
        return SentQuestion(label=question.label, text=words, asked=asked)


def _tell_hour(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%d %H:%M:%S}"


def _number_people(posts: Iterable[Post]) -> dict[str, int]:
    people: dict[str, int] = {}
    for post in posts:
        people.setdefault(post.author.casefold(), len(people) + 1)
    return people


def _mask(text: str, people: Mapping[str, int]) -> str:
    """Return a text with numbers in the place of handles; of those who do not speak, "@0"."""
    return _MENTION.sub(lambda found: f"@{people.get(found[1].casefold().strip('.'), 0)}", text)
