"""Posts of the index as the library shows them: its views, so as safe as the story's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from chinwag.messages import LANGUAGES, open_catalogue
from chinwag.model import Chat as ChatFacts
from chinwag.model import Ledger, Measures, Placement, Post, Summary
from chinwag.model.summary import Bullet
from chinwag.steps.publish import BulletView, PostView, PostViews, QuestionViews, build_story
from chinwag.web.chats.models import Chat, Entry, EntryKind

NO_SUMMARY = Summary(questions=(), unplaced=())
NO_LEDGER = Ledger(files=(), archived=0, folded=0, merged=0, outside=0, deleted=0, text_lost=0)
NO_MEASURES = Measures(
    posts=0,
    people=0,
    reposts=0,
    reposters=0,
    replies=0,
    links=0,
    pictures=0,
    deleted=0,
    placed=0,
    by_method={},
    by_person={},
)


class ShownPost(NamedTuple):
    """A post ready for a template: its entry, its view, and the entry that it answers."""

    entry: Entry
    view: PostView
    parent: Entry | None


def show_posts(entries: Iterable[Entry], language: str) -> list[ShownPost]:
    """Return posts as a page of that language shows them, in the order given.

    They may be of several chats; each chat's parents are read at once.
    """
    entries = list(entries)
    parents = _find_parents(entries)
    views: dict[int, PostView] = {}
    for chat in {entry.chat_id: entry.chat for entry in entries}.values():
        own = [entry for entry in entries if entry.chat_id == chat.pk]
        beside = [parents[key] for key in _list_parents(own) if key in parents]
        views |= _make_views(chat, own, beside, language)
    return [
        ShownPost(entry, views[entry.pk], parents.get((entry.chat_id, entry.reply_to)))
        for entry in entries
    ]


class ShownPoint(NamedTuple):
    """A point ready for a template: its view, its question, and the posts behind it."""

    entry: Entry
    view: BulletView
    label: str
    question: str
    posts: list[ShownPost]


def show_point(entry: Entry, language: str) -> ShownPoint:
    """Return a point of a story as a page of that language shows it, with its posts."""
    bullet = msgspec.convert(entry.body, Bullet)
    behind = Entry.objects.filter(chat=entry.chat, kind=EntryKind.POST, key__in=bullet.posts)
    found = list(behind.order_by("said_at", "id"))
    for post in found:
        post.chat = entry.chat
    posts = [msgspec.convert(one.body["post"], Post) for one in found]
    facts = read_facts(entry.chat)
    story = build_story(facts, posts, [], NO_SUMMARY, NO_LEDGER, NO_MEASURES)
    views = QuestionViews(PostViews(story, open_catalogue(choose_catalogue(language))))
    here = {post.id for post in posts}
    kept = msgspec.structs.replace(bullet, posts=tuple(one for one in bullet.posts if one in here))
    asked = next((one.text for one in facts.questions if one.label == entry.question), "")
    return ShownPoint(
        entry, views.show_bullet(kept), entry.question, asked, show_posts(found, language)
    )


def read_facts(chat: Chat) -> ChatFacts:
    """Return the chat as its folder describes it, or as it is planned."""
    if chat.facts:
        return msgspec.convert(chat.facts, ChatFacts)
    return ChatFacts(
        series=chat.series.name,
        hashtag=chat.series.hashtag,
        title=chat.title,
        time_zone=chat.series.time_zone,
    )


def choose_catalogue(language: str) -> str:
    """Return the key of the library's catalogue for a language of the site."""
    code = language.partition("-")[0]
    return code if code in LANGUAGES else "en"


def _make_views(
    chat: Chat, entries: Sequence[Entry], beside: Sequence[Entry], language: str
) -> dict[int, PostView]:
    known = {entry.pk: entry for entry in (*entries, *beside)}.values()
    posts = {entry.pk: msgspec.convert(entry.body["post"], Post) for entry in known}
    placements = [
        msgspec.convert(entry.body["placement"], Placement)
        for entry in known
        if entry.body.get("placement")
    ]
    facts, listed = read_facts(chat), tuple(posts.values())
    story = build_story(facts, listed, placements, NO_SUMMARY, NO_LEDGER, NO_MEASURES)
    views = PostViews(story, open_catalogue(choose_catalogue(language)))
    shown = {post.id: post for post in story.posts}
    return {entry.pk: views.show_post(shown[posts[entry.pk].id]) for entry in entries}


def _list_parents(entries: Iterable[Entry]) -> list[tuple[int, str]]:
    return [(entry.chat_id, entry.reply_to) for entry in entries if entry.reply_to]


def _find_parents(entries: Sequence[Entry]) -> dict[tuple[int, str], Entry]:
    keys = _list_parents(entries)
    if not keys:
        return {}
    found = Entry.objects.filter(
        kind=EntryKind.POST,
        chat__in={chat for chat, _ in keys},
        key__in={key for _, key in keys},
    )
    return {(entry.chat_id, entry.key): entry for entry in found}
