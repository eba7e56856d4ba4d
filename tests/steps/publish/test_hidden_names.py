"""A hidden name is told nowhere in a story; everything else stays as it was said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chinwag.model import (
    Bullet,
    Chat,
    Ledger,
    Media,
    Moderator,
    Placement,
    Post,
    Question,
    QuestionSummary,
    Repost,
    Story,
    Summary,
    make_note,
)
from chinwag.steps.measure import measure_chat
from chinwag.steps.publish import (
    build_story,
    find_names,
    hide_names,
    render_bullets_csv,
    render_html,
    render_json,
    render_markdown,
    render_posts_csv,
)

START = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)


def write_story(handle: str, name: str, others_say: str) -> Story:
    """Return a story in which one person answers, and another speaks to that person."""
    theirs = Post(
        id=f"https://social.example/users/{handle}/1",
        author=handle,
        author_name=name,
        author_id="77001122",
        text="A1: We lend kettles #lend",
        created_at=START,
        reply_to=None,
        url=f"https://social.example/@{handle}/1",
        source="test",
        reposts=(Repost(id="r1", author=handle, at=START),),
        media=(Media(url="https://files.example/a.png", alt=f"{name} with a kettle"),),
    )
    answer = Post(
        id="20002000",
        author="bo",
        text=others_say,
        created_at=START + timedelta(minutes=1),
        reply_to=theirs.id,
        reply_to_author=handle,
        mentions=(handle,),
        url="https://social.example/@bo/2",
        source="test",
    )
    posts = (theirs, answer)
    placements = tuple(
        Placement(
            post=post.id, question="1", reason=make_note("says-label", label="A1"),
            confidence=1.0, by="label",
        )
        for post in posts
    )  # fmt: skip
    bullets = tuple(
        Bullet(
            text=post.text, posts=(post.id,), people=1, kind="single", quoted=post.id,
            author=post.author,
        )
        for post in posts
    )  # fmt: skip
    summary = Summary(
        questions=(
            QuestionSummary(
                label="1", text="What?", posts=2, people=2, bullets=bullets, links=(), left_out=()
            ),
        ),
        unplaced=(),
    )
    chat = Chat(
        series="#lend",
        hashtag="lend",
        title=f"Lending with @{handle}",
        moderators=(Moderator(author=handle),),
        questions=(Question(label="1", text="What?"),),
    )
    ledger = Ledger(
        files=(), archived=2, folded=0, merged=0, outside=0, deleted=0, text_lost=0, gaps=(),
        notes=(make_note("differing-times", posts=1, first=(theirs.id,)),),
    )  # fmt: skip
    return build_story(chat, posts, placements, summary, ledger, measure_chat(posts, placements))


def render_all(story: Story) -> str:
    files = (render_html(story), render_markdown(story), render_json(story).decode())
    return "\n".join((*files, render_posts_csv(story), render_bullets_csv(story)))


@pytest.mark.parametrize(
    ("handle", "name", "others_say"),
    [
        ("kettle_ann", "Ann Kettering", "kettle_ann and Ann Kettering said it, @Kettle_Ann!"),
        ("ann@social.example", "Ann", "@ann@social.example is right. Ann, and @ann, are right."),
        ("ann.bsky.example", "", "See https://bsky.example/profile/ann.bsky.example/post/3k"),
        ("ann|away", "Ann [away]", "ann|away: yes, I agree"),
        ("answer", "Answer", "@answer: this is an answer to all of it"),
    ],
)
def test_a_hidden_name_is_told_nowhere(handle: str, name: str, others_say: str) -> None:
    story = write_story(handle, name, others_say)
    told = render_all(story)
    assert find_names(told, story.posts, (handle,))
    hidden = hide_names(story, (handle.upper(),), {})
    shown = render_all(hidden)
    assert find_names(shown, story.posts, (handle,)) == ()
    assert f"users/{handle}" not in shown
    assert "77001122" not in shown
    assert shown.count("Name hidden") >= 3
    assert "We lend kettles" in shown
    assert hidden.posts[0].text == "A1: We lend kettles #lend"
    assert hidden.posts[1].url == "https://social.example/@bo/2"
    assert hidden.posts[1].reply_to == hidden.posts[0].id == "post-hidden-1"


@pytest.mark.parametrize("handle", ["answer", "kettle_ann", "ann.bsky.example"])
@pytest.mark.parametrize(
    "said",
    [
        ".@{} what about tea?",
        "...@{} what about tea?",
        "so-@{}-what about tea?",
        "@{}--what about tea?",
        "@{}...what about tea?",
        "(@{}/@bo) what about tea?",
        "＠{} what about tea?",
    ],
)
def test_what_stands_close_to_a_hidden_name_does_not_show_it(handle: str, said: str) -> None:
    story = write_story(handle, "", said.format(handle))
    assert find_names(said.format(handle), story.posts, (handle,)) != ()
    shown = hide_names(story, (handle,), {}).posts[1].text
    assert shown == said.format("name-hidden-1").replace("＠", "@")


def test_another_whose_name_begins_like_a_hidden_one_keeps_it() -> None:
    story = write_story("ann", "Ann", "@ann-lee @annabel @ann-so: ask Ann-Marie, not Ann--ever")
    other = msgspec.structs.replace(story.posts[1], author="ann-lee")
    hidden = hide_names(msgspec.structs.replace(story, posts=(story.posts[0], other)), ("ann",), {})
    assert hidden.posts[1].text == (
        "@ann-lee @annabel @name-hidden-1-so: ask Ann-Marie, not Name hidden--ever"
    )


def test_a_word_that_is_also_a_handle_stays_a_word() -> None:
    story = write_story("answer", "", "@answer gave an answer: the answer is tea")
    hidden = hide_names(story, ("answer",), {})
    assert hidden.posts[1].text == "@name-hidden-1 gave an answer: the answer is tea"
    assert [one.by for one in hidden.placements] == ["label", "label"]
    spoken = write_story("answer", "", "answer: yes\nanswers: no")
    assert hide_names(spoken, ("answer",), {}).posts[1].text == "name-hidden-1: yes\nanswers: no"


def test_two_hidden_people_stay_two() -> None:
    story = write_story("kettle_ann", "Ann", "Yes @kettle_ann")
    hidden = hide_names(story, ("kettle_ann", "bo"), {})
    assert [post.author for post in hidden.posts] == ["name-hidden-1", "name-hidden-2"]
    assert hidden.measures.by_person == {"name-hidden-1": 1, "name-hidden-2": 1}
    assert hidden.questions[0].posts == hidden.posts


def test_a_given_name_is_shown_everywhere() -> None:
    story = write_story("kettle_ann", "ann!!", "Yes @kettle_ann")
    named = hide_names(story, (), {"Kettle_Ann": "Ann Kettering"})
    assert named.posts[0].author_name == "Ann Kettering"
    assert "(Ann Kettering; " in render_markdown(named)
    assert "ann!!" not in render_html(named).replace("ann!! with a kettle", "")
    assert named.questions[0].posts == named.posts


def test_nothing_changes_where_nobody_hides() -> None:
    story = write_story("kettle_ann", "Ann", "Yes @kettle_ann")
    assert hide_names(story, (), {}) == story
    assert msgspec.convert(msgspec.to_builtins(story), Story) == story
