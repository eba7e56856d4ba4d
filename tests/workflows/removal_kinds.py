"""One invented evening in the shapes of many sources, with one person who will want out of it."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

TAG = "quirechat"
HANDLE = "quillfern_9"
NAME = "Quilla Fernweh"
NUMBER = "777001459"
WORDS = "the lavender lighthouse hums behind a bakery in Ashby"
LATER = "we lend fishing rods to everybody on Fridays"
SERVER = "quire.example"


class Said(NamedTuple):
    """One thing said: number, handle, name, number of its author, minute, text, what it answers."""

    number: int
    handle: str
    name: str
    author: str
    minute: int
    text: str
    answers: int = 0
    quotes: int = 0


def list_said(at: str = "@") -> list[Said]:
    """Return the evening; `at` stands before a handle in a text."""
    host = ("host_h", "Hanne Host", "100000001")
    victim = (HANDLE, NAME, NUMBER)
    said = [
        Said(1001, *host, 0, "Q1: What do you keep by the door?"),
        Said(1002, *host, 20, "Q2: What do you give away for nothing?"),
        Said(2001, *victim, 3, f"A1 {WORDS} and nobody else may hear it"),
        Said(2002, *victim, 21, f"A2 {LATER} evenings"),
    ]
    for one in range(6):
        person = (f"reader_{one}", f"Reader {one}", f"20000000{one}")
        said.append(
            Said(1100 + one, *person, 2, f"A1 a list of {one} good things by the door for all")
        )
    u1, u2, u3 = (
        ("ann_1", "Ann A", "300000001"),
        ("bo_2", "Bo B", "300000002"),
        ("cy_3", "Cy C", "300000003"),
    )
    return [
        *said,
        Said(3001, *u1, 5, f"{at}{HANDLE} I love that “{WORDS}”, so true", 2001),
        Said(3002, *u2, 6, f"RT {at}{HANDLE}: A1 {WORDS} and nobody else may hear it"),
        Said(3003, *u3, 7, f"Thank you {NAME} for the story of the evening"),
        Said(3004, *u3, 8, "A1 this is the one to read tonight", 0, 2001),
    ]


def find_id(number: int) -> str:
    return f"157731890008518{number}"


def make_json_lines() -> str:
    rows = [
        {
            "id": find_id(one.number),
            "author": one.handle,
            "author_name": one.name,
            "author_id": one.author,
            "text": f"{one.text} #{TAG}",
            "created_at": f"2026-10-13T18:{one.minute:02}:01Z",
            "url": f"https://birds.example/{one.handle}/status/{find_id(one.number)}",
            **({"reply_to": find_id(one.answers)} if one.answers else {}),
        }
        for one in list_said()
    ]
    return "\n".join(map(json.dumps, rows)) + "\n"


def make_csv() -> str:
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["id", "author", "name", "text", "created_at", "url"])
    for one in list_said():
        url = f"https://birds.example/{one.handle}/status/{find_id(one.number)}"
        at = f"2026-10-13T18:{one.minute:02}:01Z"
        writer.writerow([find_id(one.number), one.handle, one.name, f"{one.text} #{TAG}", at, url])
    table.write(f'9999,{HANDLE},"broken row: {WORDS},\n')
    return table.getvalue()


def make_twarc_v1() -> str:
    return "\n".join(json.dumps(make_tweet(one)) for one in list_said()) + "\n"


def make_tweet(one: Said, *, inner: bool = False) -> dict[str, Any]:
    by_number = {said.number: said for said in list_said()}
    tweet: dict[str, Any] = {
        "id": int(find_id(one.number)),
        "id_str": find_id(one.number),
        "full_text": f"{one.text} #{TAG}",
        "created_at": f"Tue Oct 13 18:{one.minute:02}:01 +0000 2026",
        "user": {
            "id": int(one.author),
            "id_str": one.author,
            "screen_name": one.handle,
            "name": one.name,
        },
        "lang": "en",
        "entities": {"hashtags": [{"text": TAG}], "urls": [], "user_mentions": []},
    }
    if one.answers:
        parent = by_number[one.answers]
        tweet["in_reply_to_status_id_str"] = find_id(one.answers)
        tweet["in_reply_to_user_id_str"] = parent.author
        tweet["in_reply_to_screen_name"] = parent.handle
        tweet["entities"]["user_mentions"] = [
            {"screen_name": parent.handle, "name": parent.name, "id_str": parent.author}
        ]
    if one.quotes and not inner:
        tweet["is_quote_status"] = True
        tweet["quoted_status_id_str"] = find_id(one.quotes)
        tweet["quoted_status"] = make_tweet(by_number[one.quotes], inner=True)
    return tweet


def make_v2_pages() -> str:
    said = list_said()
    people = {one.author: one for one in said}
    data = [make_v2_tweet(one) for one in said]
    quoted = [make_v2_tweet(one) for one in said if one.number == 2001]
    users = [
        {"id": one.author, "username": one.handle, "name": one.name} for one in people.values()
    ]
    pages = [(data[:3], []), (data[3:], quoted)]
    return "".join(
        json.dumps({"data": page, "includes": {"users": users, "tweets": tweets}}) + "\n"
        for page, tweets in pages
    )


def make_v2_tweet(one: Said) -> dict[str, Any]:
    references = [("replied_to", one.answers), ("quoted", one.quotes)]
    return {
        "id": find_id(one.number),
        "text": f"{one.text} #{TAG}",
        "author_id": one.author,
        "created_at": f"2026-10-13T18:{one.minute:02}:01.000Z",
        "conversation_id": find_id(one.answers or one.number),
        "referenced_tweets": [
            {"type": kind, "id": find_id(number)} for kind, number in references if number
        ],
        "entities": {"hashtags": [{"start": 0, "end": 1, "tag": TAG}]},
        "lang": "en",
    }


def make_mastodon() -> str:
    return json.dumps([make_status(one) for one in list_said()])


def make_status(one: Said, *, inner: bool = False) -> dict[str, Any]:
    by_number = {said.number: said for said in list_said()}
    home = f"https://{SERVER}"
    parent = by_number.get(one.answers)
    status: dict[str, Any] = {
        "id": str(one.number),
        "uri": f"{home}/users/{one.handle}/statuses/{one.number}",
        "url": f"{home}/@{one.handle}/{one.number}",
        "created_at": f"2026-10-13T18:{one.minute:02}:01.000Z",
        "content": f'<p>{one.text} <a href="{home}/tags/{TAG}">#<span>{TAG}</span></a></p>',
        "visibility": "public",
        "language": "en",
        "spoiler_text": "",
        "in_reply_to_id": str(one.answers) if one.answers else None,
        "in_reply_to_account_id": parent.author if parent else None,
        "reblog": None,
        "edited_at": None,
        "account": {
            "id": one.author,
            "username": one.handle,
            "acct": one.handle,
            "display_name": one.name,
            "url": f"{home}/@{one.handle}",
            "uri": f"{home}/users/{one.handle}",
        },
        "media_attachments": [],
        "mentions": [],
        "tags": [{"name": TAG, "url": f"{home}/tags/{TAG}"}],
    }
    if parent:
        url = f"{home}/@{parent.handle}"
        mention = {"id": parent.author, "username": parent.handle, "acct": parent.handle}
        status["mentions"] = [{**mention, "url": url}]
    if one.quotes and not inner:
        quoted = make_status(by_number[one.quotes], inner=True)
        status["quote"] = {"state": "accepted", "quoted_status": quoted}
    return status


def name_bluesky(one: Said) -> tuple[str, str]:
    """Return the number (DID) and the handle of an author on Bluesky."""
    return f"did:plc:{one.author}", f"{one.handle.replace('_', '-')}.{SERVER}"


def make_view(one: Said, *, inner: bool = False) -> dict[str, Any]:
    by_number = {said.number: said for said in list_said()}
    did, handle = name_bluesky(one)
    uri = f"at://{did}/app.bsky.feed.post/{one.number}"
    record: dict[str, Any] = {
        "$type": "app.bsky.feed.post",
        "text": f"{one.text.replace(HANDLE, handle_of_victim())} #{TAG}",
        "createdAt": f"2026-10-13T18:{one.minute:02}:01.000Z",
        "langs": ["en"],
    }
    view: dict[str, Any] = {
        "uri": uri,
        "cid": f"baf{one.number}",
        "author": {"did": did, "handle": handle, "displayName": one.name},
        "record": record,
        "indexedAt": f"2026-10-13T18:{one.minute:02}:02.000Z",
    }
    if one.answers:
        parent = make_view(by_number[one.answers], inner=True)
        strong = {"uri": parent["uri"], "cid": parent["cid"]}
        record["reply"] = {"root": strong, "parent": strong}
    if one.quotes and not inner:
        quoted = make_view(by_number[one.quotes], inner=True)
        strong = {"uri": quoted["uri"], "cid": quoted["cid"]}
        record["embed"] = {"$type": "app.bsky.embed.record", "record": strong}
        shown = {"$type": "app.bsky.embed.record#viewRecord", "value": quoted["record"]}
        view["embed"] = {"$type": "app.bsky.embed.record#view", "record": {**quoted, **shown}}
    return view


def handle_of_victim() -> str:
    return f"{HANDLE.replace('_', '-')}.{SERVER}"


def make_bluesky_journal() -> str:
    lines = [
        {
            "route": "bluesky:search",
            "address": "https://bsky.example",
            "at": "2026-10-13T18:59:00Z",
            "payload": make_view(one),
        }
        for one in list_said()
    ]
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)


def make_markdown() -> str:
    parts = ["# Transcript\n"]
    for one in sorted(list_said(), key=lambda one: one.minute):
        home = f"https://birds.example/{one.handle}"
        parts.append(
            f"### [@{one.handle}]({home}) \\<{one.name}\\>\n\n*2026-10-13 18:{one.minute:02}:01Z*\n"
            f"> [{one.text} #{TAG}]({home}/status/{find_id(one.number)})\n"
        )
    parts.append(f"A stray line of {HANDLE} on how {WORDS}.\n")
    return "\n".join(parts)


def make_irc() -> str:
    lines = [
        f"2026-10-13 18:{one.minute:02}:01\t{one.handle}\t{one.text.replace(NAME, HANDLE)}"
        for one in sorted(list_said(at=""), key=lambda one: one.minute)
    ]
    lines.insert(0, f"2026-10-13 18:00:00\t-->\t{HANDLE} (~q@host.example) has joined #{TAG}")
    return "\n".join(lines) + "\n"


def make_slack() -> str:
    messages = [
        {
            "type": "message",
            "client_msg_id": f"c{one.number}",
            "user": f"U{one.author}",
            "ts": f"17919144{one.minute:02}.00{one.number}",
            "text": one.text.replace(f"@{HANDLE}", f"<@U{NUMBER}>"),
            "user_profile": {"display_name": one.handle, "real_name": one.name},
            **({"parent_user_id": f"U{NUMBER}"} if one.answers else {}),
        }
        for one in sorted(list_said(), key=lambda one: one.minute)
    ]
    messages.append({"type": "message", "user": f"U{NUMBER}", "text": f"no time: {WORDS}"})
    return json.dumps(messages, indent=1)


def make_telegram() -> str:
    lines = [
        f"{one.name}, [13.10.2026 18:{one.minute:02}]\n{one.text.replace(f'@{HANDLE}', NAME)}\n"
        for one in sorted(list_said(), key=lambda one: one.minute)
    ]
    return "\n".join(lines)


def pack_zip(text: str) -> bytes:
    """Return a zip of a table and of notes that cannot be read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("week/chat.csv", text)
        archive.writestr("week/notes.txt", f"a private note by {HANDLE}: {WORDS}")
    return packed.getvalue()


def pack_named_zip(text: str) -> bytes:
    """Return a zip of two tables, of which each is called after somebody."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{HANDLE}/chat.csv", text)
        archive.writestr(f"{NAME}.txt", "nothing that anybody could read")
    return packed.getvalue()


class Kind(NamedTuple):
    """A kind of source: the file's name, its content, and what else it calls the person."""

    file: str
    make: Callable[[], str]
    pack: Callable[[str], bytes] = str.encode
    handle: str = HANDLE
    number: str = NUMBER


KINDS = {
    "generic JSON lines": Kind("chat.jsonl", make_json_lines),
    "a file called after a handle": Kind(f"my_{HANDLE}-posts.jsonl", make_json_lines),
    "a file called after a name": Kind("2026 Quilla-Fernweh.csv", make_csv),
    "a zip of files called after a person": Kind(f"{HANDLE}.zip", make_csv, pack_named_zip),
    "twarc, JSON lines": Kind("tweets.jsonl", make_twarc_v1),
    "Twitter API v2, pages": Kind("pages.jsonl", make_v2_pages),
    "a table": Kind("chat.csv", make_csv),
    "a zip of tables": Kind("chat.zip", make_csv, pack_zip),
    "gz": Kind("chat.csv.gz", make_csv, lambda text: gzip.compress(text.encode())),
    "bz2": Kind("chat.csv.bz2", make_csv, lambda text: bz2.compress(text.encode())),
    "xz": Kind("chat.csv.xz", make_csv, lambda text: lzma.compress(text.encode())),
    "Mastodon": Kind("statuses.json", make_mastodon),
    "a journal of Bluesky": Kind(
        "capture-1.jsonl", make_bluesky_journal, handle=handle_of_victim()
    ),
    "Markdown": Kind("chat.md", make_markdown),
    "IRC": Kind("chat.log", make_irc),
    "Slack": Kind("2026-10-13.json", make_slack),
    "Telegram": Kind("telegram.txt", make_telegram, handle=NAME),
}


def find_anywhere(root: Path, needles: tuple[str, ...]) -> list[str]:
    """Return where any byte of a folder, compressed files opened, says one of the needles."""
    found = []
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = str(path.relative_to(root))
        for inner, content in ((name, name.encode()), *unpack(name, path.read_bytes())):
            low = content.lower()
            for needle in needles:
                for form in {needle, json.dumps(needle)[1:-1], needle.replace("'", "&#39;")}:
                    at = low.find(form.lower().encode())
                    if at >= 0:
                        around = content[max(0, at - 60) : at + 60].decode(errors="replace")
                        found.append(f"{inner}: {needle}: {around}")
    return found


def unpack(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file's bytes, and those of all that is packed in it."""
    yield name, content
    if content.startswith(b"\x1f\x8b"):
        yield from unpack(f"{name}!gz", gzip.decompress(content))
    elif content.startswith(b"BZh"):
        yield from unpack(f"{name}!bz2", bz2.decompress(content))
    elif content.startswith(b"\xfd7zXZ"):
        yield from unpack(f"{name}!xz", lzma.decompress(content))
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for one in archive.namelist():
                yield from unpack(f"{name}!{one}", archive.read(one))
