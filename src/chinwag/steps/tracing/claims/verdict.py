"""What is judged and what comes of it: sources, what is known beside them, refusals."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from chinwag.model import Post

REASONS = {
    "empty": "it says nothing",
    "length": "it is too short or too long for what its posts say",
    "markup": "it holds markup, links or signs that its posts do not",
    "copy": "it repeats its post letter for letter",
    "speaker": "it speaks as “I” or “we”, or calls somebody “he” or “she”",
    "quotation": "what it puts in quotation marks is not in its posts",
    "name": "it names somebody or something that its posts do not name",
    "attribution": "it credits somebody with what that person did not say",
    "count": "it tells how many people say so, which is counted from the posts and never written",
    "number": "it gives a number that its posts do not give so",
    "unsupported": "it says what its posts do not say",
    "mixed": "it joins what its posts do not say together",
    "thin": "it tells too little of what its posts say",
    "negation": "it denies what its posts say, or says what they deny",
    "strength": "it says it more surely, more often or of more than its posts do",
    "condition": "it leaves out on what condition its posts say it",
    "opposite": "it says the contrary of its posts",
    "order": "it turns round who does what",
    "cause": "it gives a cause that its posts do not give",
    "question": "it states what its posts ask",
    "reported": "it states what its posts only quote",
}


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why a sentence may not stand: a key of REASONS, and the words that show it."""

    reason: str
    words: str = ""

    def __str__(self) -> str:
        shown = f": {self.words}" if self.words else ""
        return f"{REASONS[self.reason]}{shown}"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What one post says: its author's handle, the name shown beside it, and the words."""

    author: str
    text: str
    name: str = ""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a sentence may lean on beside its posts.

    `question` is the wording that everybody answers: its words may be used, not claimed. `people`
    are the handles and names of those who take part in the chat.
    """

    question: str = ""
    people: tuple[str, ...] = ()


def list_people(posts: Iterable[Post]) -> tuple[str, ...]:
    """Return the handles and names of those who take part, each once."""
    said = ((post.author, post.author_name) for post in posts)
    return tuple(sorted({name for names in said for name in names if name}))
