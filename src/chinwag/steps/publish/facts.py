"""The plain facts of a story in words: when, how many, who, what is missing, how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC

import msgspec

from chinwag.messages import Catalogue
from chinwag.model import Note, Story, Window, make_note
from chinwag.records.vocabulary import JOURNAL
from chinwag.steps.publish.hours import Hours, find_span
from chinwag.steps.publish.post_views import PostViews
from chinwag.steps.publish.safe import clean_link, clean_text, drop_directions
from chinwag.steps.publish.view_model import Author, PostView
from chinwag.steps.reading.people import People

_REMOVED = ("posts-removed", "spam-removed")  # codes that tell of removals


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who took part: how many posts, whether a moderator, and where their posts are."""

    author: Author
    posts: int
    moderator: bool
    views: tuple[PostView, ...]


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is missing, and why, with the posts that it concerns where they are known."""

    words: str
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
    removed: tuple[str, ...]
    placed: str
    methods: tuple[str, ...]
    host: str
    contact: str
    how_points_work: str
    made: str
    edited: str
    made_from: str
    merged: str
    notes: tuple[str, ...]


def gather_facts(story: Story, views: PostViews) -> Facts:
    """Return the facts of a story in words."""
    chat = story.chat
    words = views.words.in_zone(chat.time_zone)
    tag = _write_tag(story)
    start, _ = find_span(story)
    people = _list_people(story, views)
    return Facts(
        title=drop_directions(chat.title) or tag,
        series=drop_directions(chat.series) or tag,
        tag=tag,
        when=_tell_when(story, views.hours),
        when_utc=_tell_when_utc(story, views.hours),
        start_iso=start.astimezone(UTC).isoformat() if start else "",
        in_short=tuple(_sum_up(story, views, people, words)),
        people=people,
        missing=tuple(
            Missing(words=words.word_notes((gap.what, gap.why)), posts=views.show_posts(gap.posts))
            for gap in story.ledger.gaps
        ),
        removed=tuple(
            words.word_note(gap.what) for gap in story.ledger.gaps if gap.what.code in _REMOVED
        ),
        missing_more=tuple(_tell_missing(story, words)),
        placed=_tell_placed(story, words),
        methods=_tell_methods(story, words),
        host=_name_host(story, people, tag, words),
        contact=_find_contact(chat.contact),
        how_points_work=_tell_points(story, words, "how_quotes_work", "how_points_work"),
        edited=_tell_edition(story, views.hours),
        made=words.say(
            "made_by",
            version=story.made_with,
            points=_tell_points(story, words, "made_quoted", "made_worded"),
        ).replace("  ", " "),
        made_from=_tell_files(story, words),
        merged=words.count(story.ledger.merged, "merged") if story.ledger.merged else "",
        notes=tuple(words.word_note(note) for note in story.ledger.notes),
    )


def _write_tag(story: Story) -> str:
    return f"#{drop_directions(story.chat.hashtag).removeprefix('#')}"


def _tell_edition(story: Story, hours: Hours) -> str:
    """Return that the hosts have edited the story, and when; "" where nobody has."""
    edition = story.edition
    if edition is None:
        return ""
    if edition.at is None:
        return hours.words.say("edited_by_hosts", number=edition.number)
    date = hours.words.write_date(hours.to_local(edition.at).date(), "full")
    return hours.words.say("edited_by_hosts_on", number=edition.number, date=date)


def _tell_when(story: Story, hours: Hours) -> str:
    start, end = find_span(story)
    if start is None or end is None:
        return ""
    key = "span_over" if hours.crosses else "span"
    return hours.words.say(
        key,
        date=hours.write_date(start),
        start=hours.write_hour(start),
        end_date=hours.write_date(end),
        end=f"{hours.write_hour(end)} {hours.name_zone(start)}",
    )


def _tell_when_utc(story: Story, there: Hours) -> str:
    """Return the same hours in UTC, or "" where the chat's zone has the time of UTC."""
    start, end = find_span(story)
    if start is None or not there.to_local(start).utcoffset():
        return ""
    story = msgspec.structs.replace(
        story, chat=msgspec.structs.replace(story.chat, time_zone="UTC")
    )
    hours = Hours(story, there.words)
    if end is None or hours.day != there.day or hours.crosses or there.crosses:
        return _tell_when(story, hours)
    words = hours.words
    return words.say(
        "span_hours", start=hours.write_hour(start), end=f"{hours.write_hour(end)} UTC"
    )


def _sum_up(
    story: Story, views: PostViews, people: Sequence[Person], words: Catalogue
) -> list[str]:
    """Return the sentences of "In short"."""
    measures = story.measures
    tag = _write_tag(story)
    if not measures.posts:
        return [words.say("nothing_said")]
    told = [_tell_size(story, tag, words), _tell_questions(story, words)]
    if measures.links:
        told.append(words.say("shared_links", links=words.count(measures.links, "link")))
    if measures.reposts:
        told.append(words.say("passed_on", reposts=words.count(measures.reposts, "repost")))
    names = list(dict.fromkeys(one.author.shown for one in people if one.moderator))
    if names and story.chat.numbered:
        told.append(words.say("moderated", names=words.join_words(names)))
    lead = (_name_speaker(note, views) for note in story.lead)
    return [*(clean_text(words.word_note(note)) for note in lead), *told]


def _name_speaker(note: Note, views: PostViews) -> Note:
    """Return a note; one that quotes somebody calls them as the points do, by name where known."""
    if note.code != "chat-said":
        return note
    name = views.show_author(str(note.parts["author"])).shown
    return make_note("chat-said-by", quote=str(note.parts["quote"]), name=name)


def _tell_size(story: Story, tag: str, words: Catalogue) -> str:
    people = words.count(story.measures.people, "person")
    posts = words.count(story.measures.posts, "post")
    window = story.chat.window
    if not window:
        return words.say("wrote_no_window", people=people, posts=posts, tag=tag)
    length = window.end - window.start
    minutes = words.count(max(1, round(length.total_seconds() / 60)), "minute")
    around = _count_around(story, window)
    if not around:
        return words.say("wrote", minutes=minutes, people=people, posts=posts, tag=tag)
    inside = words.write_number(story.measures.posts - around)
    said = {"minutes": minutes, "people": people, "posts": posts, "tag": tag}
    return words.say("wrote_around", inside=inside, **said)


def _count_around(story: Story, window: Window) -> int:
    """Return how many of the posts that count were written before the hour or after it."""
    spam = _list_spam(story)
    return sum(
        post.is_spoken and post.id not in spam and not window.start <= post.created_at <= window.end
        for post in story.posts
        if not post.deleted
    )


def _list_spam(story: Story) -> set[str]:
    return {placement.post for placement in story.placements if placement.kind == "spam"}


def _tell_questions(story: Story, words: Catalogue) -> str:
    if not story.questions:
        return words.say("no_questions")
    if not story.chat.numbered:
        return words.say("no_questions_numbered", parts=words.count(len(story.questions), "part"))
    answered = sum(1 for question in story.questions if question.posts)
    return words.say("on_questions", questions=words.count(answered, "question"))


def _list_people(story: Story, views: PostViews) -> tuple[Person, ...]:
    """Return the people by the number of their posts, then by name."""
    one_person = People(story.chat, story.posts)
    spam = _list_spam(story)
    by_author: dict[str, list[PostView]] = {}
    for post in (one for one in story.posts if not one.deleted):
        view = views.show_post(post)
        if post.id not in spam:
            by_author.setdefault(one_person.find(post.author), []).append(view)
    moderators = {one_person.find(moderator.author) for moderator in story.chat.moderators}
    people = [
        Person(
            author=views.show_author(handle),
            posts=posts,
            moderator=one_person.find(handle) in moderators,
            views=tuple(by_author.get(one_person.find(handle), ())),
        )
        for handle, posts in story.measures.by_person.items()
    ]
    return tuple(sorted(people, key=lambda one: (-one.posts, one.author.shown.casefold())))


def _tell_missing(story: Story, words: Catalogue) -> list[str]:
    """Return a sentence for everything that the ledger counts as not shown."""
    ledger = story.ledger
    hidden = story.edition.hidden if story.edition else 0
    counted = (
        ("aside", sum(file.aside for file in ledger.files)),
        ("outside", ledger.outside),
        ("lost_text", ledger.text_lost),
        ("deletion", ledger.deleted - ledger.removed),
        ("spam_post", story.measures.spam),
        ("hidden_name", hidden),
    )
    told = [words.count(many, noun) for noun, many in counted if many]
    if not told and not ledger.gaps:
        told.append(words.say("missing_nothing"))
    return told


def _tell_placed(story: Story, words: Catalogue) -> str:
    measures = story.measures
    return words.say(
        "placed_share", placed=measures.placed, posts=words.count(measures.posts, "post")
    )


def _tell_methods(story: Story, words: Catalogue) -> tuple[str, ...]:
    ordered = sorted(story.measures.by_method.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        words.say(
            "placed_by",
            posts=words.count(posts, "post"),
            method=_name_method(method, words),
        )
        for method, posts in ordered
        if posts
    )


def _name_method(method: str, words: Catalogue) -> str:
    key = f"method_{method}"
    return words.say(key) if words.has_text(key) else words.say("method_other", method=method)


def _name_host(story: Story, people: Sequence[Person], tag: str, words: Catalogue) -> str:
    """Return whom to write to: the contact, else the moderators, else whoever runs the tag."""
    if story.chat.contact.strip():
        return drop_directions(story.chat.contact)
    handles = [person.author.handle for person in people if person.moderator]
    if not handles:
        return words.say("host_nobody", tag=tag)
    return words.say("host_moderators", names=words.join_words(handles), tag=tag)


def _find_contact(contact: str) -> str:
    """Return an address that may be clicked: a web page or a mail address, else ""."""
    contact = contact.strip()
    if re.fullmatch(r"[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+", contact, re.ASCII):
        return f"mailto:{contact}"
    return clean_link(contact)


def _tell_points(story: Story, words: Catalogue, quoted: str, worded: str) -> str:
    """Return how the points are worded: `quoted` where all are quotations, else `worded`."""
    bullets = [bullet for one in story.questions for bullet in one.summary.bullets]
    others = sum(bullet.origin != "quoted" for bullet in bullets)
    if not others:
        return words.say(quoted)
    return words.say(worded, but=words.count(others, "worded"))


def _tell_files(story: Story, words: Catalogue) -> str:
    files = [
        words.say(
            "made_file",
            name=drop_directions(file.name),
            format=file.format,
            rows=words.count(file.rows, "row"),
        )
        for file in story.ledger.files
        if file.format != JOURNAL
    ]
    if captured := [file for file in story.ledger.files if file.format == JOURNAL]:
        rows = sum(file.rows for file in captured)
        files.insert(0, words.say("made_capture", rows=words.count(rows, "record")))
    return words.say("made_files", files=words.join_words(files)) if files else ""
