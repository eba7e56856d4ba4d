"""Tagging: which hashtags a post carries now, and which an edit took from it."""

from __future__ import annotations

from chinwag.model import Post
from chinwag.text.hashtags import find_hashtags, fold_tag


def list_tags(post: Post) -> set[str]:
    """Return the hashtags of a post as they compare: those its source lists, else its text's."""
    return set(map(fold_tag, post.hashtags or find_hashtags(post.text)))


def has_tag(post: Post, hashtag: str) -> bool:
    """Return whether a post carries the hashtag."""
    return fold_tag(hashtag) in list_tags(post)


def had_tag(post: Post, hashtag: str) -> bool:
    """Return whether an earlier version of a post carried the hashtag."""
    tag = fold_tag(hashtag)
    return any(tag in map(fold_tag, find_hashtags(version.text)) for version in post.versions)


def lost_tag(post: Post, hashtag: str) -> bool:
    """Return whether a post carried the hashtag once, and no longer does after an edit."""
    if not had_tag(post, hashtag) or has_tag(post, hashtag):
        return False
    return fold_tag(hashtag) not in map(fold_tag, find_hashtags(post.text))
