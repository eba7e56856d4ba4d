"""What holds for any posts at all."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chinwag.errors import InputError
from chinwag.messages import open_catalogue
from chinwag.model import Deletion, Post, Question, Window
from chinwag.steps.collect import (
    find_gaps,
    find_hashtag,
    find_windows,
    fold_reposts,
    merge_posts,
    order_posts,
    read_agenda,
    select_posts,
    tell_windows,
)

from .makers import EIGHT, fill_timeline

CATALOGUE = open_catalogue()
IDS = st.sampled_from("abcdefgh")
AUTHORS = st.sampled_from(["ann", "ben", "Cy", ""])
TIMES = st.timedeltas(min_value=timedelta(days=-9), max_value=timedelta(days=9)).map(
    lambda later: EIGHT + later
)
WORDS = st.sampled_from(["We moved the maps to the door and more people came", "Yes", "#tea", "…"])
TEXTS = st.one_of(
    WORDS,
    st.builds("RT @{}: {}".format, AUTHORS, WORDS),
    st.builds("{} RT @{}: {}".format, WORDS, AUTHORS, WORDS),
    st.text(max_size=30),
)
POSTS = st.builds(
    Post,
    id=IDS,
    author=AUTHORS,
    text=TEXTS,
    created_at=TIMES,
    reply_to=st.none() | IDS,
    url=st.just(""),
    source=st.sampled_from(["one", "two"]),
    repost_of=st.sampled_from(["", "", "", "?", "a", "b", "z"]),
    quote_of=st.sampled_from(["", "c"]),
    text_lost=st.booleans(),
    deleted=st.sampled_from([False, False, False, True]),
    edited_at=st.none() | TIMES,
    aliases=st.sampled_from([(), (), ("b",), ("y", "z")]),
)
MANY = st.lists(POSTS, max_size=12)
DELETIONS = st.lists(st.builds(Deletion, id=IDS, source=st.just("one")), max_size=2)


def sort_posts(posts: tuple[Post, ...]) -> list[Post]:
    return sorted(posts, key=lambda post: post.id)


@given(MANY, DELETIONS, st.randoms(use_true_random=False))
def test_merging_heeds_no_order_and_is_done_once(posts, deletions, random) -> None:  # type: ignore[no-untyped-def]
    merged = merge_posts(posts, deletions)
    shuffled = random.sample(posts, len(posts))
    assert sort_posts(merge_posts(shuffled, deletions).posts) == sort_posts(merged.posts)
    assert merge_posts(merged.posts, deletions).posts == merged.posts
    ids = [post.id for post in merged.posts]
    assert len(ids) == len(set(ids))
    assert len(posts) == len(ids) + merged.repeated


@given(MANY)
def test_folding_loses_no_post(posts: list[Post]) -> None:
    merged = merge_posts(posts).posts
    folded = fold_reposts(merged)
    standing = [post.id for post in folded.posts]
    under = [repost.id for post in folded.posts for repost in post.reposts]
    assert sorted(standing + under) == sorted(post.id for post in merged)
    assert len(under) == folded.folded
    assert fold_reposts(folded.posts).posts == folded.posts


@given(MANY)
def test_a_tombstone_tells_nothing_of_its_author(posts: list[Post]) -> None:
    for post in merge_posts(posts).posts:
        if post.deleted:
            assert (post.author, post.author_name, post.text, post.url) == ("", "", "", "")


@given(MANY)
def test_ordering_keeps_every_post(posts: list[Post]) -> None:
    ordered = order_posts(posts)
    assert sorted(map(repr, ordered)) == sorted(map(repr, posts))
    assert [post.created_at for post in ordered] == sorted(post.created_at for post in posts)


@given(MANY, TIMES, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3)))
def test_every_post_is_taken_or_counted(
    posts: list[Post], start: object, length: timedelta
) -> None:
    window = Window(start=start, end=start + length)  # type: ignore[arg-type, operator]
    for only_tagged in (False, True):
        taken = select_posts(posts, window, hashtag="tea", only_tagged=only_tagged)
        assert len(taken.posts) + taken.outside + taken.untagged == len(posts)


@given(MANY.filter(lambda posts: any(not post.deleted for post in posts)))
def test_any_posts_have_a_hashtag_a_window_and_gaps(posts: list[Post]) -> None:
    timeline = fill_timeline(posts)
    windows = find_windows(timeline, find_hashtag(timeline))
    assert all(found.window.start <= found.window.end for found in windows)
    assert all(CATALOGUE.word_note(note).endswith(".") for note in tell_windows(windows))
    for gap in find_gaps(order_posts(posts), hashtag="tea"):
        assert CATALOGUE.word_notes((gap.what, gap.why)).endswith(".")


@given(st.text() | st.lists(st.sampled_from(["Q1:", "2.", " a", "\n", "- ", "#"])).map("".join))
def test_any_text_is_an_agenda_or_refused_with_a_sentence(text: str) -> None:
    sentence = ""
    questions: tuple[Question, ...] = ()
    try:
        questions = read_agenda(text)
    except InputError as refused:
        sentence = str(refused)
    assert sentence.endswith(".") or (
        questions and all(question.text and question.label for question in questions)
    )
