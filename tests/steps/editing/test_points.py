"""Points joined: whose voices stand behind them."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from chinwag.model import Post
from chinwag.steps.editing.points import join_points, put_behind, quote_post, take_point

NOW = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
SAID = (("1", "ann", "We lend lamps"), ("2", "ben", "Yes!"), ("3", "cem", "Yes! And chairs"))


def test_who_only_agrees_is_still_no_voice_when_points_are_joined() -> None:
    posts = {
        one: Post(
            id=one, author=author, text=text, created_at=NOW, reply_to=None, url="", source="t"
        )
        for one, author, text in SAID
    }
    lamps = put_behind(quote_post(posts["1"]), ("1", "2", "3"), posts)
    lamps = put_behind(msgspec.structs.replace(lamps, agreeing=("2", "3")), lamps.posts, posts)
    assert (lamps.people, lamps.agreed, lamps.kind) == (1, 2, "single")
    joined = join_points([take_point(lamps), take_point(quote_post(posts["3"]))], posts).bullet
    assert (joined.people, joined.agreed, joined.agreeing) == (2, 1, ("2",))
    assert joined.kind == "shared"
