"""Scraps of chats: a few posts each, of two hosts and four people, made by a seed.

The times between posts lie at the bounds of what is soon, near or late, and just beyond them; so
do the numbers of questions, and the words that begin, break off, take up, repeat or only announce.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

from tests.steps.village import START

from chinwag.model import Chat, Moderator, Post, Question

CHAT = Chat(series="#scrapchat", hashtag="scrapchat", title="")
SCRAPS = 110
SECONDS = (0, 1, 30, 60, 61, 120, 121, 180, 181, 240, 241, 360, 480, 600, 601, 1200, 1201, 7200)
HOSTS = ("host_lib", "Second_Host")
PEOPLE = ("ann", "Bo", "cy", "dee")
AGENDA = (
    Question(label="1", text="Which tools does your village lend out?", by="agenda"),
    Question(label="2", text="Who mends what comes back to the shed?", by="agenda"),
    Question(label="5", text="What shall we do next winter?", by="agenda"),
)

_ASKING = """
Q{n}: Which tools does your village lend out?
Q{n} Who mends what comes back to the shed? #scrapchat
Q{n}: Who mends what comes back, on which day... #scrapchat
Q{n}: Tell us who mends what comes back…
Q{n}: Tell us who mends it. And when.
Q{n}: Do you mend it?
Q{n}. Name one thing to mend
Q{n}. One aim is to mend whatever comes back
...and who pays? #scrapchat
and who pays for it
And who pays for all of it?
(cont'd) and who pays for it?
Q{n} cont'd: who pays for it?
Q{n} ...who pays for it?
Also, we mend chairs.
Q{n}: How do you mend it 1/2
Q{n}: and who pays for it? 2/2
Q{n} part 2: Who pays?
Q{n}b: And who pays for it in winter?
Q{n} is coming up in a minute
Q{n}: ready?
Q{n} again: Which tools does your village lend out?
Which tools does your village lend out?
In case you missed it: Who mends what comes back to the shed?
Q{m} and Q{n} belong together, don't they?
Q{n}
What shall we do next winter?
Has anyone here ever mended a chair?
“Q{n}: Which tools does your village lend out?” says @host_lib
RT @host_lib: Q{n}: Which tools does your village lend out?
Welcome to #scrapchat, everyone!
Question {n}: Which tools?
Please use the hashtag, so that we see you
""".strip().splitlines()
_ANSWERING = """
A{n}: Ladders, drills and saws #scrapchat
A{n} A joiner mends them on Tuesdays
a{n}: the joiner
A{m}: Ladders come back bent, and the joiner mends them
A{n}b: The council pays
A{n} and A{m}: both
As I said in A{n}, ladders
Ladders, drills and saws come back bent
A joiner mends the ladders on Tuesdays in the porch (1/2)
and the drills on Fridays for a pot of tea (2/2)
The joiner mends what comes back, on Tuesdays...
...and on Fridays, for a pot of tea
Which is why the joiner comes twice
Also, the joiner mends drills on Fridays
But only by day
@host_lib Ladders, drills and saws
@ann yes, exactly
@Bo and who pays for the joiner?
@ann Yes! Our joiner mends drills in the porch on Fridays
@cy +1
RT @ann: Ladders, drills and saws come back bent
So true! RT @ann: Ladders, drills and saws come back bent
"Ladders come back bent, and the joiner" @Bo says
ann: the joiner mends them
Who pays for your joiner?
Hello from the hill
Thanks, good night
😀
Not here: no ladder ever came back bent
I agree with Bo, the joiner mends the ladders
https://shelf.example/joiner
""".strip().splitlines()


def tell_scraps(seed: int) -> Iterator[tuple[Chat, list[Post]]]:
    """Yield chats of three to ten posts in time order, with their hosts named or not."""
    dice = random.Random(seed)
    for _ in range(SCRAPS):
        posts: list[Post] = []
        at = START
        for _ in range(dice.randint(3, 10)):
            at += timedelta(seconds=dice.choice(SECONDS))
            posts.append(_say(dice, posts, at - START))
        named = (Moderator(author=HOSTS[0], by="person"),) if dice.random() < 0.3 else ()
        yield Chat(series="#scrapchat", hashtag="scrapchat", title="", moderators=named), posts


def _say(dice: random.Random, before: list[Post], waited: timedelta) -> Post:
    asks = dice.random() < 0.5 or not before
    author = dice.choice(HOSTS + PEOPLE[:1]) if asks else dice.choice(PEOPLE)
    number = min(dice.choice((1, 2, 3)), 1 + len(before))
    text = dice.choice(_ASKING if asks else _ANSWERING).format(n=number, m=number + 1)
    answered = dice.choice(before) if before and dice.random() < (0.1 if asks else 0.3) else None
    rare = dice.random()
    return Post(
        id=f"p{len(before)}",
        author=author,
        text=text,
        created_at=START + waited,
        reply_to=answered.id if answered else None,
        reply_to_author=answered.author if answered else "",
        quote_of=before[-1].id if before and rare < 0.03 else "",
        text_lost=0.03 <= rare < 0.05,
        deleted=0.05 <= rare < 0.06,
        url="",
        source="test",
    )
