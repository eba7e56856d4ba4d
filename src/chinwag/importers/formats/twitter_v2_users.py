"""People of the Twitter API v2 in a file of their own, and the posts that others refer to.

academictwitteR writes what the API answers as two files: `data_….json` with the posts, whose
authors are numbers, and `users_….json` with the people and the referenced posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chinwag.importers.contract import Person
from chinwag.importers.json_values import split_json
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Deletion, Post, RawPost
from chinwag.records.contract import ReadOptions, RowError
from chinwag.records.json_access import as_dict, as_dicts, as_text
from chinwag.records.tweets_v2 import convert_record

_BEGINNING = re.compile(r'[\s\ufeff]*\{\s*"(?:users|tweets|media|places)"\s*:\s*\[')


class TwitterV2Users:
    """People whose posts stand in another file; keeps the promise of `contract.Importer`."""

    name = "twitter-v2-users"
    title = "people of the Twitter API v2 (JSON)"
    about = (
        "A file of people, such as academictwitteR's users_….json: given together with the posts "
        "(data_….json), it gives their authors names."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by the list of people with which it begins."""
        text = head.peek()
        has_people = '"username"' in text and '"users"' in text
        return 0.96 if has_people and _BEGINNING.match(text) else 0.0

    def split(
        self,
        source: Source,
        options: ReadOptions,  # noqa: ARG002 - part of the promise
    ) -> Iterator[RawPost | AsideRow]:
        """Yield each person, and each post with the people of its page."""
        for line, value in split_json(source):
            page = as_dict(value)
            people = as_dicts(page.get("users"))
            records = [{"user": person} for person in people]
            records += [
                {"data": post, "includes": {"users": people}}
                for post in as_dicts(page.get("tweets"))
            ]
            for record in records or [page]:
                yield RawPost(route=self.name, address=source.name, line=line, payload=record)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post | Deletion | Person]:
        """Return a person, or a post with those that it refers to."""
        record = as_dict(raw.payload)
        if "user" not in record:
            yield from convert_record(raw, options)
            return
        person = as_dict(record["user"])
        identifier, handle = as_text(person.get("id")), as_text(person.get("username"))
        if not identifier or not handle:
            raise RowError("it has no author", code="no-author")
        yield Person(id=identifier, handle=handle, name=as_text(person.get("name")))


IMPORTER = TwitterV2Users()
