"""What is missing, in sentences."""

from __future__ import annotations

from chinwag.messages import open_catalogue
from chinwag.model import Deletion, Gap, Version, Window, make_note
from chinwag.steps.collect import find_gaps

from .makers import at, make_chat, make_post


def word(gap: Gap) -> str:
    return open_catalogue().word_notes((gap.what, gap.why))


def test_a_complete_small_chat_has_no_gaps() -> None:
    posts = [make_post("1"), make_post("2", "Yes", reply_to="1")]
    assert find_gaps(posts, hashtag="shelfchat") == ()


def test_missing_parents_are_told_with_the_reason() -> None:
    posts = [
        make_post("1", reply_to="90"),
        make_post("2", reply_to="90"),
        make_post("3", reply_to="1"),
    ]
    tagged = find_gaps(posts, hashtag="shelfchat")
    assert tagged == (
        Gap(
            what=make_note("parents-missing", replies=2, posts=1),
            why=make_note("only-tagged", hashtag="shelfchat"),
            posts=("1", "2"),
        ),
    )
    (untagged,) = find_gaps(posts)
    assert word(untagged) == (
        "2 replies answer a post that is not in the archive. What they answer was written at another"
        " time, was deleted, or was not collected."
    )


def test_lost_reposted_quoted_and_deleted_posts_are_told() -> None:
    posts = [
        make_post("1", text_lost=True),
        make_post("2", repost_of="?"),
        make_post("3", quote_of="80"),
        make_post("4", "", deleted=True),
    ]
    found = find_gaps(posts, unknown=[Deletion(id="9", source="made")])
    assert [(word(gap).split(". ")[0], gap.posts) for gap in found] == [
        ("1 post that was reposted is not in the archive", ("2",)),
        ("1 post quotes posts that are not in the archive", ("3",)),
        ("The words of 1 post are lost", ("1",)),
        ("1 post was deleted", ("4",)),
        ("1 deletion in the files concerns a post of which nothing else is here", ()),
    ]


def test_a_silence_that_the_pace_does_not_explain_is_told() -> None:
    chat = make_chat(0)
    holed = [post for post in chat if not at(20) < post.created_at < at(35)]
    told = [word(gap) for gap in find_gaps(holed, window=Window(start=at(0), end=at(60)))]
    assert told[0] == (
        "Nobody posts for 15 minutes from 20:20 UTC. That is long at the pace of this chat: posts"
        " may not have been collected."
    )
    whole = [gap.what.code for gap in find_gaps(chat, window=Window(start=at(0), end=at(60)))]
    assert whole == ["replies-untold"]


def find_silence(pause: int) -> list[Gap]:
    """Return the silences of a chat with two posts every three minutes and one long pause."""
    minutes = [1.5 * n for n in range(20)]
    minutes += [minutes[-1] + pause + 1.5 * n for n in range(20)]
    posts = [make_post(f"{n}", created_at=at(minute)) for n, minute in enumerate(minutes)]
    return [gap for gap in find_gaps(posts) if gap.what.code == "silence"]


def test_only_a_silence_that_chance_brings_once_in_a_thousand_chats_is_told() -> None:
    assert find_silence(15) == []
    assert find_silence(16) == [
        Gap(
            what=make_note("silence", minutes=16, start=at(28.5)),
            why=make_note("silence-is-long"),
        )
    ]


def test_files_without_replies_are_told() -> None:
    (threadless, untagged) = find_gaps(make_chat(0), hashtag="shelfchat")
    assert threadless.what == make_note("replies-untold", posts=120)
    assert untagged.what == make_note("untagged-replies-missing", hashtag="shelfchat")


def test_a_post_whose_hashtag_was_taken_out_is_kept_and_told() -> None:
    posts = make_chat(12)
    earlier = (Version(text="Maps #ShelfChat", at=at(1)),)
    lost = make_post("lost", "Maps", created_at=at(1), versions=earlier)
    moved = make_post("moved", "Maps!", hashtags=("shelfchat",), created_at=at(2), versions=earlier)

    gaps = find_gaps([*posts, lost, moved], hashtag="shelfchat", follows_threads=True)

    assert [gap for gap in gaps if gap.what.code == "hashtag-lost"] == [
        Gap(
            what=make_note("hashtag-lost", posts=1, hashtag="shelfchat"),
            why=make_note("hashtag-edited-away"),
            posts=("lost",),
        )
    ]
