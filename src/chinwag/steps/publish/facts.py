"""The plain facts of a story in words: when, how many, who, what is missing, how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC

import msgspec

from chinwag.model import Story
from chinwag.records.vocabulary import JOURNAL
from chinwag.steps.publish.english import TEXT, count, join_words, say
from chinwag.steps.publish.hours import Hours, find_span
from chinwag.steps.publish.safe import clean_link, drop_directions
from chinwag.steps.publish.views import Author, PostView, PostViews


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who took part: how many posts, whether a moderator, and where their posts are."""

    author: Author
    posts: int
    moderator: bool
    views: tuple[PostView, ...]


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is missing, why, and the posts that it concerns, where they are known."""

    what: str
    why: str
    posts: tuple[PostView, ...]


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a page says beside the questions and the posts."""

    title: str
    series: str
    tag: str
    when: str
    when_utc: str
    start_iso: str
    in_short: tuple[str, ...]
    people: tuple[Person, ...]
    missing: tuple[Missing, ...]
    missing_more: tuple[str, ...]
    placed: str
    methods: tuple[str, ...]
    host: str
    contact: str
    how_points_work: str
    made: str
    made_from: str
    merged: str
    notes: tuple[str, ...]


def gather_facts(story: Story, shower: PostViews) -> Facts:
    """Give the facts of a story in words."""
    chat = story.chat
    tag = f"#{drop_directions(chat.hashtag).removeprefix('#')}"
    start, _ = find_span(story)
    people = _list_people(story, shower)
    return Facts(
        title=drop_directions(chat.title) or tag,
        series=drop_directions(chat.series) or tag,
        tag=tag,
        when=_tell_when(story, shower.hours),
        when_utc=_tell_when_utc(story, shower.hours),
        start_iso=start.astimezone(UTC).isoformat() if start else "",
        in_short=tuple(_sum_up(story, tag, people)),
        people=people,
        missing=tuple(
            Missing(what=gap.what, why=gap.why, posts=shower.show_posts(gap.posts))
            for gap in story.ledger.gaps
        ),
        missing_more=tuple(_tell_missing(story)),
        placed=_tell_placed(story),
        methods=_tell_methods(story),
        host=_name_host(story, people, tag),
        contact=_find_contact(chat.contact),
        how_points_work=_tell_points(story, "how_quotes_work", "how_points_work"),
        made=say(
            "made_by",
            version=story.made_with,
            points=_tell_points(story, "made_quoted", "made_worded"),
        ).replace("  ", " "),
        made_from=_tell_files(story),
        merged=count(story.ledger.merged, "merged") if story.ledger.merged else "",
        notes=story.ledger.notes,
    )


def _tell_when(story: Story, hours: Hours) -> str:
    start, end = find_span(story)
    if start is None or end is None:
        return ""
    key = "span_over" if hours.crosses else "span"
    return say(
        key,
        date=hours.write_date(start),
        start=hours.write_hour(start),
        end_date=hours.write_date(end),
        end=f"{hours.write_hour(end)} {hours.name_zone(start)}",
    )


def _tell_when_utc(story: Story, there: Hours) -> str:
    """Give the same hours in UTC, or "" where the chat's zone is as far on as UTC."""
    start, end = find_span(story)
    if start is None or not there.to_local(start).utcoffset():
        return ""
    story = msgspec.structs.replace(
        story, chat=msgspec.structs.replace(story.chat, time_zone="UTC")
    )
    hours = Hours(story)
    if end is None or hours.day != there.day or hours.crosses or there.crosses:
        return _tell_when(story, hours)
    return say("span_hours", start=hours.write_hour(start), end=f"{hours.write_hour(end)} UTC")


def _sum_up(story: Story, tag: str, people: Sequence[Person]) -> list[str]:
    """Give the sentences of "In short"."""
    measures = story.measures
    if not measures.posts:
        return [say("nothing_said")]
    told = [_tell_size(story, tag), _tell_questions(story)]
    if measures.links:
        told.append(say("shared_links", links=count(measures.links, "link")))
    if measures.reposts:
        told.append(say("passed_on", reposts=count(measures.reposts, "repost")))
    names = list(dict.fromkeys(one.author.shown for one in people if one.moderator))
    if names and story.chat.numbered:
        told.append(say("moderated", names=join_words(names)))
    return told


def _tell_size(story: Story, tag: str) -> str:
    people, posts = count(story.measures.people, "person"), count(story.measures.posts, "post")
    if not story.chat.window:
        return say("wrote_no_window", people=people, posts=posts, tag=tag)
    length = story.chat.window.end - story.chat.window.start
    minutes = count(max(1, round(length.total_seconds() / 60)), "minute")
    return say("wrote", minutes=minutes, people=people, posts=posts, tag=tag)


def _tell_questions(story: Story) -> str:
    if not story.questions:
        return say("no_questions")
    if not story.chat.numbered:
        return say("no_questions_numbered", parts=count(len(story.questions), "part"))
    answered = sum(1 for question in story.questions if question.posts)
    return say("on_questions", questions=count(answered, "question"))


def _list_people(story: Story, shower: PostViews) -> tuple[Person, ...]:
    """Give the people by the number of their posts, then by name."""
    views: dict[str, list[PostView]] = {}
    for post in story.posts:
        if post.author in story.measures.by_person and not post.deleted:
            views.setdefault(post.author, []).append(shower.show_post(post))
    moderators = {moderator.author.casefold() for moderator in story.chat.moderators}
    people = [
        Person(
            author=shower.show_author(handle),
            posts=posts,
            moderator=handle.casefold() in moderators,
            views=tuple(views.get(handle, ())),
        )
        for handle, posts in story.measures.by_person.items()
    ]
    return tuple(sorted(people, key=lambda one: (-one.posts, one.author.shown.casefold())))


def _tell_missing(story: Story) -> list[str]:
    """Give a sentence for everything that the ledger counts as not shown."""
    ledger = story.ledger
    counted = (
        ("aside", sum(file.aside for file in ledger.files)),
        ("outside", ledger.outside),
        ("lost_text", ledger.text_lost),
        ("deletion", ledger.deleted),
    )
    told = [count(many, noun) for noun, many in counted if many]
    if not told and not ledger.gaps:
        told.append(say("missing_nothing"))
    return told


def _tell_placed(story: Story) -> str:
    measures = story.measures
    return say("placed_share", placed=measures.placed, posts=count(measures.posts, "post"))


def _tell_methods(story: Story) -> tuple[str, ...]:
    ordered = sorted(story.measures.by_method.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        say(
            "placed_by",
            posts=count(posts, "post"),
            method=TEXT.get(f"method_{method}") or say("method_other", method=method),
        )
        for method, posts in ordered
        if posts
    )


def _name_host(story: Story, people: Sequence[Person], tag: str) -> str:
    """Give whom to write to: the contact, else the moderators, else whoever runs the tag."""
    if story.chat.contact.strip():
        return drop_directions(story.chat.contact)
    handles = [person.author.handle for person in people if person.moderator]
    if not handles:
        return say("host_nobody", tag=tag)
    return say("host_moderators", names=join_words(handles), tag=tag)


def _find_contact(contact: str) -> str:
    """Give an address that may be clicked: a web page or a mail address, else ""."""
    contact = contact.strip()
    if re.fullmatch(r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+", contact, re.ASCII):
        return f"mailto:{contact}"
    return clean_link(contact)


def _tell_points(story: Story, quoted: str, worded: str) -> str:
    """Say how the points are worded: one sentence where all are quotations, else another."""
    count_worded = sum(
        bullet.wording != "quoted" for one in story.questions for bullet in one.summary.bullets
    )
    if not count_worded:
        return say(quoted)
    return say(worded, but=count(count_worded, "worded"))


def _tell_files(story: Story) -> str:
    files = [
        say(
            "made_file",
            name=drop_directions(file.name),
            format=file.format,
            rows=count(file.rows, "row"),
        )
        for file in story.ledger.files
        if file.format != JOURNAL
    ]
    if captured := [file for file in story.ledger.files if file.format == JOURNAL]:
        rows = sum(file.rows for file in captured)
        files.insert(0, say("made_capture", rows=count(rows, "record")))
    return say("made_files", files=join_words(files)) if files else ""
