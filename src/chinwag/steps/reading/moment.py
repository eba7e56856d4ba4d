"""Which of two posts of one moment was said first, by their ids and their file."""

from __future__ import annotations

from chinwag.model import Post

_COUNTING = 15  # digits of an id that counts upwards in time
_MOST_DIGITS = 25  # of such an id; Python refuses to read numbers with thousands of digits


def find_number(post: Post) -> int:
    """Return the number that a network counted the post by, which grows with time; 0 for none."""
    counts = post.id.isdecimal() and _COUNTING <= len(post.id) <= _MOST_DIGITS
    return int(post.id) if counts else 0


def find_line(post: Post) -> tuple[str, int]:
    """Return the file in which a post was first seen, and its line; ("", 0) for none."""
    if not post.sightings:
        return "", 0
    return post.sightings[0].address, post.sightings[0].line
