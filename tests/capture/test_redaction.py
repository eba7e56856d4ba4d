"""Deleted words leave every line of a journal that holds them, also where others quote them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from chinwag.capture.reading import LiveRecord, read_record
from chinwag.capture.redaction import Redactions, make_redactor, redact_record
from chinwag.model import RawPost, Removal

AT = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
SECRET = "what I should not have said"


def make_status(number: int, words: str, **more: Any) -> dict[str, Any]:
    address = f"https://glam.example/users/ann/statuses/{number}"
    return {
        "id": str(number),
        "uri": address,
        "url": address,
        "created_at": "2026-11-24T19:20:00.000Z",
        "visibility": "public",
        "content": f"<p>{words}</p>",
        "in_reply_to_id": None,
        "account": {"id": "1", "acct": "ann", "url": "https://glam.example/@ann"},
        **more,
    }


def make_raw(status: dict[str, Any]) -> RawPost:
    payload = {"server": "glam.example", "status": status}
    return RawPost(route="mastodon:stream", address="https://glam.example", payload=payload, at=AT)


DELETED = make_raw(make_status(7, SECRET))
OTHER = make_raw(make_status(8, "something else"))
REPLY = make_raw(make_status(9, "I agree", in_reply_to_id="7"))
QUOTING = make_raw(make_status(10, "look at this", quote={"quoted_status": make_status(7, SECRET)}))
BOOST = make_raw(make_status(11, "", reblog=make_status(7, SECRET)))
GONE = Redactions(
    ["https://glam.example/users/ann/statuses/7", "mastodon:glam.example:7"], [Removal(post="x")]
)


def test_only_lines_that_hold_the_words_change() -> None:
    raws = [DELETED, OTHER, REPLY, QUOTING, BOOST]
    redact = make_redactor(GONE)
    after = [redact(raw) for raw in raws]

    assert [one is raw for one, raw in zip(after, raws, strict=True)] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert SECRET.encode() not in msgspec.json.encode(after)


def test_what_stays_reads_back_as_before_and_the_rest_as_tombstones() -> None:
    redact = make_redactor(GONE)

    (tomb,) = read_record(redact(DELETED)) or ()
    (quoting,) = read_record(redact(QUOTING)) or ()
    (boosted,) = read_record(redact(BOOST)) or ()
    assert getattr(tomb, "deleted", None) is True
    assert (quoting,) == read_record(QUOTING)
    assert (boosted.id, getattr(boosted, "text", None)) == (tomb.id, "")


def test_a_line_put_down_anew_stays_as_it_is() -> None:
    redact = make_redactor(GONE)
    once = redact(DELETED)

    assert redact(once) is once


def test_what_a_redacted_record_says_is_what_is_read_from_its_line_later() -> None:
    for raw in (DELETED, QUOTING, BOOST):
        redacted = redact_record(LiveRecord(raw, read_record(raw) or ()), GONE)
        assert redacted.raw is not raw
        assert redacted.says == read_record(redacted.raw)
