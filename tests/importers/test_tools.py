"""Tables and JSON in the forms of many tools, read without a word about their columns."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.importers.reasons import say_reason

from chinwag.errors import InputError, NoTimeZone
from chinwag.importers import read_file
from chinwag.model import AsideRow, Post
from chinwag.records.contract import ReadOptions

NUMBER = "1312805642731069442"
PARENT = "1312805139108409345"
PAGE = f"https://twitter.com/ada_maps/status/{NUMBER}"
WORDS = "A1: the atlas by the door #atlaschat"
AT = datetime(2020, 10, 4, 17, 3, 20, tzinfo=UTC)
ID = {"id": NUMBER, "author": "ada_maps", "text": WORDS, "created_at": AT}


def read_one(folder: Path, name: str, text: str, **options: Any) -> Post:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (post,) = read_file(path, ReadOptions(**options))
    assert isinstance(post, Post), post
    return post


def check(post: Post, expected: dict[str, Any]) -> None:
    assert {name: getattr(post, name) for name in expected} == expected


TABLES = {
    "snscrape": (
        "url,date,rawContent,id,user.username,inReplyToTweetId,inReplyToUser.username",
        f"{PAGE},2020-10-04 17:03:20+00:00,{WORDS},{NUMBER},ada_maps,{PARENT}.0,bo",
        ID | {"url": PAGE, "reply_to": PARENT, "reply_to_author": "bo"},
    ),
    "Social Feed Manager": (
        "created_at,twitter_id,screen_name,in_reply_to_screen_name,twitter_url,text,is_retweet",
        f"2020-10-04T17:03:20+00:00,{NUMBER},ada_maps,bo,{PAGE},{WORDS},No",
        ID | {"url": PAGE, "reply_to_author": "bo", "repost_of": ""},
    ),
    "rtweet with prefixes": (
        "status_id,created_at,screen_name,text,reply_to_status_id,status_url",
        f"x{NUMBER},2020-10-04T17:03:20Z,ada_maps,{WORDS},x{PARENT},{PAGE}",
        ID | {"reply_to": PARENT, "repairs": ("id freed of what stood before its digits",)},
    ),
    "an apostrophe against spreadsheets": (
        "id,created_at,author,text,in_reply_to",
        f"'{NUMBER},2020-10-04T17:03:20Z,ada_maps,{WORDS},'{PARENT}",
        ID | {"reply_to": PARENT},
    ),
    "X's own analytics": (
        "Tweet id,Tweet permalink,Tweet text,time,impressions",
        f"{NUMBER},{PAGE},{WORDS},2020-10-04 17:03 +0000,7",
        ID | {"created_at": AT.replace(second=0), "url": PAGE},
    ),
    "a day beside a whole time": (
        "Tweet.id,Tweet.permalink,Tweet.text,date,time",
        f"1.3128E+18,{PAGE},{WORDS},10/4/20,2020-10-04 17:03:20 +0000",
        ID | {"url": PAGE},
    ),
    "NodeXL": (
        "Vertex 1,Vertex 2,Relationship,Tweet,Tweet Date (UTC),Twitter Page for Tweet,Imported ID",
        f"ada_maps,bo,Replies to,{WORDS},10/4/2020 17:03:20,{PAGE},{NUMBER}",
        ID | {"url": PAGE},
    ),
    "bskyr": (
        "uri,author_handle,author_name,text,indexed_at,in_reply_to",
        f"at://did:plc:ada/app.bsky.feed.post/3l,ada.example,Ada,{WORDS},2020-10-04T17:03:20Z,NA",
        {"id": "at://did:plc:ada/app.bsky.feed.post/3l", "created_at": AT, "reply_to": None},
    ),
    "twint in a zone with a name": (
        "id,created_at,date,time,timezone,username,tweet,link,reply_to",
        f"{NUMBER},2020-10-04 19:03:20 XYZT,2020-10-04,19:03:20,+0200,ada_maps,{WORDS},{PAGE},"
        """\"[{'screen_name': 'bo', 'name': 'Bo', 'id': '7'}]\"""",
        ID | {"reply_to": None, "reply_to_author": "bo"},
    ),
    "TCAT": (
        "id,time,created_at,from_user_name,text,in_reply_to_status_id",
        f"{NUMBER},1601831000,2020-10-04 19:03:20,ada_maps,{WORDS},",
        ID | {"reply_to": None},
    ),
    "4CAT": (
        "id,thread_id,timestamp,unix_timestamp,author,body,replied_to_post",
        f"{NUMBER},{PARENT},2020-10-04 19:03:20,1601831000,ada_maps,{WORDS},{PARENT}",
        ID | {"reply_to": PARENT, "thread": PARENT},
    ),
    "twitter-web-exporter": (
        "ID,Date,Full Text,Screen Name,Replying To,URL",
        f"{NUMBER},2020-10-04 19:03:20 +02:00,{WORDS},ada_maps,{PARENT},{PAGE}",
        ID | {"reply_to": PARENT},
    ),
    "minet": (
        "id,timestamp_utc,local_time,user_screen_name,text,to_username,to_tweetid,retweeted_id,url",
        f"{NUMBER},1601831000,2020-10-04T19:03:20,ada_maps,{WORDS},bo,{PARENT},,{PAGE}",
        ID | {"reply_to": PARENT, "reply_to_author": "bo", "url": PAGE, "repost_of": ""},
    ),
    "a list of parts in a cell": (
        "created_at,user,text,id",
        f"2020-10-04 17:03:20+00:00,ada_maps,"
        f"\"['A1: the ', {{'type': 'bold', 'text': 'atlas'}}, ' by the door']\",{NUMBER}",
        ID | {"text": "A1: the atlas by the door"},
    ),
    "brackets that a person typed": (
        "created_at,user,text,id",
        f"2020-10-04 17:03:20+00:00,ada_maps,\"['a', 'b']\",{NUMBER}",
        ID | {"text": "['a', 'b']"},
    ),
    "bytes of Python": (
        "created_at,user,text,id",
        f"2020-10-04 17:03:20+00:00,ada_maps,b'{WORDS} it\\xe2\\x80\\x99s',{NUMBER}",
        ID | {"text": f"{WORDS} it’s", "repairs": ("Python's b'...' undone",)},
    ),
}


@pytest.mark.parametrize("tool", TABLES)
def test_a_table_of_a_tool_is_read_without_naming_its_columns(tool: str, tmp_path: Path) -> None:
    header, row, expected = TABLES[tool]

    check(read_one(tmp_path, "table.csv", f"{header}\n{row}\n"), expected)


RECORDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Telegram": (
        {
            "id": 12,
            "date": "2020-10-04T19:03:20",
            "date_unixtime": "1601831000",
            "from": "Ada Maps",
            "text": ["A1: the ", {"type": "bold", "text": "atlas"}, " by the door"],
            "reply_to_message_id": 11,
        },
        {"author": "Ada Maps", "text": "A1: the atlas by the door", "created_at": AT}
        | {"reply_to": "11"},
    ),
    "Discord": (
        {
            "id": NUMBER,
            "timestamp": "2020-10-04T17:03:20+00:00",
            "content": WORDS,
            "author": {"id": "7", "name": "ada_maps", "nickname": "Ada"},
            "reference": {"messageId": PARENT, "channelId": "2"},
        },
        ID | {"reply_to": PARENT},
    ),
    "an editor's paragraphs": (
        {
            "id": NUMBER,
            "author": "ada_maps",
            "created_at": AT.isoformat(),
            "content": {
                "type": "doc",
                "content": [
                    {"type": "paragraph", "content": [{"type": "text", "text": "A1: the atlas"}]},
                    {"type": "paragraph", "content": [{"type": "text", "text": "By the door"}]},
                ],
            },
        },
        ID | {"text": "A1: the atlas\nBy the door"},
    ),
    "Apify": (
        {
            "type": "tweet",
            "id": NUMBER,
            "url": PAGE,
            "text": WORDS,
            "createdAt": "Sun Oct 04 17:03:20 +0000 2020",
            "author": {"userName": "ada_maps", "name": "Ada", "id": "7"},
            "isReply": True,
            "inReplyToId": PARENT,
            "inReplyToUsername": "bo",
            "isRetweet": False,
        },
        ID | {"url": PAGE, "reply_to": PARENT, "reply_to_author": "bo", "author_name": "Ada"},
    ),
    "twscrape": (
        {
            "id": int(NUMBER),
            "url": PAGE,
            "date": "2020-10-04 17:03:20+00:00",
            "user": {"id": 7, "username": "ada_maps", "displayname": "Ada"},
            "lang": "en",
            "rawContent": WORDS,
            "inReplyToTweetId": int(PARENT),
            "inReplyToUser": {"id": 8, "username": "bo", "displayname": "Bo"},
            "retweetedTweet": None,
        },
        ID | {"reply_to": PARENT, "reply_to_author": "bo", "repost_of": ""},
    ),
    "blocks of an editor": (
        {
            "id": NUMBER,
            "author": "ada_maps",
            "created_at": AT.isoformat(),
            "text": {
                "root": {
                    "type": "root",
                    "children": [
                        {"type": "paragraph", "children": [{"text": "A1: the atlas"}]},
                        {"type": "paragraph", "children": [{"text": "By the door"}]},
                    ],
                }
            },
        },
        ID | {"text": "A1: the atlas\nBy the door"},
    ),
    "Gitter": (
        {
            "id": "5f",
            "text": WORDS,
            "sent": "2020-10-04T17:03:20Z",
            "fromUser": {"username": "ada_maps", "displayName": "Ada"},
        },
        {"author": "ada_maps", "author_name": "Ada", "text": WORDS, "created_at": AT},
    ),
    "Zulip": (
        {"id": 5, "content": WORDS, "timestamp": 1601831000, "sender_full_name": "Ada Maps"},
        {"author": "Ada Maps", "created_at": AT},
    ),
}


@pytest.mark.parametrize("tool", RECORDS)
def test_json_of_a_tool_is_read_without_naming_its_keys(tool: str, tmp_path: Path) -> None:
    record, expected = RECORDS[tool]

    page = json.dumps({"name": "Atlas", "messages": [record]}, indent=1)

    check(read_one(tmp_path, "chat.json", page), expected)


def test_text_in_which_no_words_are_found_goes_aside_and_never_in_as_empty(tmp_path: Path) -> None:
    path = tmp_path / "chat.jsonl"
    record = {"author": "ada", "created_at": AT.isoformat(), "text": [{"type": "sticker"}]}
    path.write_text(json.dumps(record), encoding="utf-8")

    (row,) = read_file(path, ReadOptions())

    assert isinstance(row, AsideRow)
    assert say_reason(row) == "its text is a list or an object in which no words are found"


@pytest.mark.parametrize(
    ("said", "parent", "person"),
    [
        ("@bo_reads", None, "bo_reads"),
        ("bo_reads", None, "bo_reads"),
        ("[]", None, ""),
        ("#N/A", None, ""),
        ("-1", None, ""),
        ("Bo and Cy", None, "Bo and Cy"),
        ("1.0", "1", ""),
        (f"https://x.com/bo/status/{PARENT}", PARENT, ""),
        (f"ID_{PARENT}", PARENT, ""),
        (f'"=""{PARENT}"""', PARENT, ""),
        ('"1,312,805,139,108,409,345"', PARENT, ""),
    ],
)
def test_only_an_id_is_the_parent_of_a_row(
    said: str, parent: str | None, person: str, tmp_path: Path
) -> None:
    text = f"id,author,text,created_at,reply_to\n{NUMBER},ada,maps,{AT.isoformat()},{said}\n"

    check(read_one(tmp_path, "t.csv", text), {"reply_to": parent, "reply_to_author": person})


def test_ids_in_words_have_parents_in_words(tmp_path: Path) -> None:
    text = f"id,author,text,created_at,reply_to\nm2,ada,maps,{AT.isoformat()},m1\n"
    assert read_one(tmp_path, "t.csv", text).reply_to == "m1"

    named = text.replace("m1", "bo")
    check(read_one(tmp_path, "t.csv", named), {"reply_to": None, "reply_to_author": "bo"})


@pytest.mark.parametrize(
    ("said", "hour"),
    [
        ("2020-10-04 19:03:20 CEST", 17),
        ("2020-10-04 13:03:20 EDT", 17),
        ("2020-10-04 17:03:20 UTC", 17),
        ("4 Oct 2020 18:03:20 WEST", 17),
        ("2020-10-04 12:03:20 -0500", 17),
        ('"Sun Oct 04 2020 19:03:20 GMT+0200 (Central European Summer Time)"', 17),
        ("Sun Oct 04 19:03:20 CEST 2020", 17),
        ("2020-10-04T19:03:20[Europe/Berlin]", 17),
        ("2020-10-04 13:03:20 America/New_York", 17),
    ],
)
def test_the_name_of_a_zone_is_understood(said: str, hour: int, tmp_path: Path) -> None:
    post = read_one(tmp_path, "t.csv", f"author,text,created_at\nada,maps,{said}\n")

    assert post.created_at == AT.replace(hour=hour)


def test_a_zone_name_of_several_meanings_is_asked_about(tmp_path: Path) -> None:
    text = "author,text,created_at\nada,maps,2020-10-04 18:03:20 BST\n"

    with pytest.raises(NoTimeZone):
        read_one(tmp_path, "t.csv", text)
    assert read_one(tmp_path, "t.csv", text, time_zone="Europe/London").created_at == AT


def test_a_time_of_day_alone_is_of_the_day_that_is_given(tmp_path: Path) -> None:
    text = "author,text,time\nada,maps,17:03:20\n"

    post = read_one(tmp_path, "t.csv", text, time_zone="UTC", date="2020-10-04")

    assert post.created_at == AT
    assert read_one(tmp_path, "2020-10-04.csv", text, time_zone="UTC").created_at == AT
    with pytest.raises(InputError, match="nothing tells the day"):
        read_one(tmp_path, "t.csv", text, time_zone="UTC")
