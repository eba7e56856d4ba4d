"""Storify's own export: a story as JSON, with what was quoted in it as its elements.

Storify closed in 2018 and let people take their stories along. Shape after its API (v1): a story,
bare or under "content", with "elements"; each has a type, a permalink, `posted_at`, a source, an
attribution and its data. The story's own words between the posts are kept aside as rows, and told
as what its author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from chinwag.errors import NoTimeZone
from chinwag.importers.cells import read_tweet_parent
from chinwag.importers.json_values import split_json
from chinwag.importers.source import Source
from chinwag.importers.told_words import read_told_words
from chinwag.model import AsideRow, Media, Post, RawPost, Sighting, ToldPart, ToldStory
from chinwag.records.contract import ReadOptions, RowError, make_reason
from chinwag.records.ids import ID_FROM_CONTENT, TIME_FROM_ID, make_id, tell_time
from chinwag.records.json_access import as_dict, as_list, as_text, dig
from chinwag.records.repairs import (
    ENCODING_UNDONE,
    ENTITIES_UNDONE,
    undo_encoding,
    undo_entities,
)
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.html import read_html
from chinwag.text.links import find_links
from chinwag.text.mentions import bare_handle, find_addressee, find_mentions, says_repost

OWN_WORDS = make_reason("it is the story's own text, not a post", code="storys-own-text")

_ROUTE = "storify-json"
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?twitter\.com/[^/]+/status(?:es)?/(\d+)")
_OWN_PAGE = re.compile(r"https?://(?:www\.)?storify\.com/(?P<author>[\w.-]+)/\S+")
_MARKUP = re.compile(r"</?(?:a|b|i|em|p|br|span|strong|div)\b[^<>]*>", re.IGNORECASE)
_PARTS = ("quote", "tweet", "text", "image", "link", "video")
_WORDS = ("text", "caption", "title", "description")


class StorifyJson:
    """A story as Storify exported it; keeps the promise of `contract.Importer`."""

    name = "storify-json"
    title = "Storify export (JSON)"
    about = (
        "A story as Storify gave it to its author before it closed in 2018, with the posts "
        "quoted in it."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by keys that only Storify's elements have."""
        text = head.peek()
        if not re.match(r"\s*[{\[]", text):
            return 0.0
        marks = ('"elements"', '"posted_at"', '"attribution"', '"permalink"', "storify.com")
        found = sum(mark in text for mark in marks)
        if found == 3:
            return 0.6
        return 0.95 if found > 3 else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each element; those that are the story's own words are kept aside."""
        for line, value in split_json(source):
            for element in _find_elements(value):
                if _is_own_words(element):
                    words = read_html(_find_words(element)[0]).text
                    source.put_aside(line, OWN_WORDS, words)
                else:
                    yield RawPost(route=_ROUTE, address=source.name, line=line, payload=element)

    def tell(self, source: Source, options: ReadOptions) -> Iterator[ToldStory]:
        """Yield each story of the file; elements that stand alone are one without a title."""
        loose: list[ToldPart] = []
        for line, value in split_json(source):
            parts = [
                part
                for element in _find_elements(value)
                for part in self._tell_element(element, line, options)
            ]
            story = as_dict(as_dict(value).get("content", value))
            if "elements" in story:
                yield _describe_story(story, parts)
            else:
                loose += parts
        if loose:
            yield ToldStory(parts=tuple(loose))

    def _tell_element(
        self, element: dict[str, Any], line: int, options: ReadOptions
    ) -> Iterator[ToldPart]:
        """Yield what an element is in the story: its author's words, a post, or a link."""
        if _is_own_words(element):
            yield from read_told_words(undo_encoding(_find_words(element)[0])[0])
            return
        raw = RawPost(route=_ROUTE, address="", line=line, payload=element)
        try:
            yield from (ToldPart(kind="post", post=post.id) for post in self.convert(raw, options))
        except (RowError, NoTimeZone):
            address = as_text(element.get("permalink"))
            if address and not _find_author(element):
                words = " ".join(read_html(_find_words(element)[0]).text.split())
                yield ToldPart(kind="link", text=words, address=address)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return an element as a post; the permalink tells a tweet's id."""
        element = as_dict(raw.payload)
        author = _find_author(element)
        if not author:
            raise RowError("it has no author", code="no-author")
        repairs: list[str] = []
        words, has_words = _find_words(element)
        if not has_words:
            raise RowError("it has no text", code="no-text")
        text, links = _read_words(words, repairs)
        url = as_text(element.get("permalink"))
        status = _STATUS.match(url)
        identifier = status[1] if status else ""
        created_at = _find_time(element, identifier, options, repairs)
        if not identifier and not url:
            repairs.append(ID_FROM_CONTENT)
            identifier = make_id("storify", created_at.isoformat(), author, text)
        return [
            Post(
                id=identifier or url,
                author=author,
                text=text,
                created_at=created_at,
                reply_to=read_tweet_parent(_find_answered(element, "in_reply_to_status_id"))
                or None,
                url=url,
                source=_ROUTE,
                author_name=as_text(dig(element, "attribution", "name")),
                reply_to_author=_find_answered(element, "in_reply_to_screen_name")
                or find_addressee(text),
                hashtags=find_hashtags(text),
                mentions=find_mentions(text),
                links=tuple(dict.fromkeys((*links, *find_links(text)))),
                media=tuple(_list_media(element)),
                repost_of="?" if says_repost(text) else "",
                repairs=tuple(repairs),
                sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
            )
        ]


def _find_elements(value: object) -> Iterator[dict[str, Any]]:
    """Yield the elements of a story, of a page of them, or an element that stands alone."""
    story = as_dict(value)
    content = story.get("content", story)
    elements = content if isinstance(content, list) else as_dict(content).get("elements")
    for element in as_list(elements) if elements is not None else [value]:
        yield element if isinstance(element, dict) else {"data": element}


def _is_own_words(element: dict[str, Any]) -> bool:
    """Return whether an element is the story's own text; Storify may name its author there."""
    if element.get("type") != "text":
        return False
    page = as_text(element.get("permalink"))
    is_storifys = dig(element, "source", "name") == "storify" or bool(_OWN_PAGE.match(page))
    return is_storifys or not (_find_author(element) and page)


def _describe_story(story: dict[str, Any], parts: list[ToldPart]) -> ToldStory:
    """Return a story with its description first, where it has one, and who told it when."""
    described = read_told_words(undo_encoding(as_text(story.get("description")))[0])
    name = as_text(dig(story, "author", "name"))
    handle = bare_handle(as_text(dig(story, "author", "username")))
    page = _OWN_PAGE.match(as_text(story.get("permalink")))
    stated = (dig(story, "date", key) for key in ("published", "modified", "created"))
    return ToldStory(
        parts=(*described, *parts),
        title=" ".join(read_html(as_text(story.get("title"))).text.split()),
        author=handle or (page["author"] if page else ""),
        author_name=name,
        address=page.group() if page else "",
        at=next(filter(None, map(_read_moment, stated)), None),
    )


def _read_moment(stated: object) -> datetime | None:
    try:
        return parse_time(stated, ReadOptions(time_zone="UTC"))
    except RowError:
        return None


def _find_author(element: dict[str, Any]) -> str:
    """Return whoever said it: for a tweet the handle stands in up to three places."""
    for path in (("data", "quote"), ("attribution",), ("source",), ("data", "tweet", "user")):
        for key in ("username", "screen_name"):
            if handle := bare_handle(as_text(dig(element, *path, key))):
                return handle
    page = as_text(dig(element, "attribution", "href")).rstrip("/")
    return bare_handle(page.rpartition("/")[2]) if "/" in page else ""


def _find_words(element: dict[str, Any]) -> tuple[str, bool]:
    """Return the words of an element, and whether it has any place for words."""
    data = element.get("data")
    if isinstance(data, str):
        return data, True
    for part in _PARTS:
        inside = as_dict(data).get(part)
        if isinstance(inside, str):
            return inside, True
        for key in _WORDS:
            if isinstance(said := as_dict(inside).get(key), str) and said.strip():
                return said, True
    return "", isinstance(as_dict(data).get("image"), dict)


def _read_words(words: str, repairs: list[str]) -> tuple[str, tuple[str, ...]]:
    """Return an element's words as plain text: some stories hold them as HTML."""
    text, mended = undo_encoding(words)
    if mended:
        repairs.append(ENCODING_UNDONE)
    if _MARKUP.search(text):
        read = read_html(text)
        return read.text, read.links
    text, undone = undo_entities(text)
    if undone:
        repairs.append(ENTITIES_UNDONE)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(), ()


def _find_time(
    element: dict[str, Any], identifier: str, options: ReadOptions, repairs: list[str]
) -> datetime:
    """Return when it was posted; where the story does not say, the id may."""
    stated, told = element.get("posted_at"), tell_time(identifier)
    if stated or told is None:
        return parse_time(stated, options)
    repairs.append(TIME_FROM_ID)
    return told


def _find_answered(element: dict[str, Any], key: str) -> str:
    """Return what the tweet itself, where the story keeps it, says of the post it answers."""
    for place in (
        dig(element, "data", "tweet"),
        dig(element, "meta", "tweet"),
        element.get("meta"),
    ):
        if found := as_text(as_dict(place).get(f"{key}_str")) or as_text(as_dict(place).get(key)):
            return found
    return ""


def _list_media(element: dict[str, Any]) -> Iterator[Media]:
    image = as_dict(dig(element, "data", "image"))
    if address := as_text(image.get("src")) or as_text(image.get("href")):
        yield Media(url=address, alt=as_text(image.get("alt")))


IMPORTER = StorifyJson()
