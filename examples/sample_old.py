"""Tell a quarter of an hour of the sample chat as seven older tools would have written it.

The same people and the same posts (Q2, from its asking to the spam), as if said on Twitter: twarc's
CSV, the Twitter API v2, a TAGS spreadsheet, a Storify scrape, a Markdown transcript, an IRC log and
a spreadsheet that somebody made by hand. What a tool cannot carry (replies, say, in Storify) is
missing from its file here, too.
"""

from __future__ import annotations

import csv
import html
import io
from datetime import datetime, timedelta
from typing import Any

import msgspec

from sample_script import LONDON, TAG, Entry, Person, Script, draw

_TWITTER_EPOCH = 1_288_834_974_657  # milliseconds: where Twitter's ids begin to count
_CLIENT = '<a href="https://client.example" rel="nofollow">An invented client</a>'


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One post as every one of these tools saw it; a repost names its `original`."""

    id: str
    at: datetime
    person: Person
    text: str
    entry: Entry
    answers: Entry | None = None
    original: Entry | None = None


def tell_formats(script: Script) -> dict[str, str]:
    """Give every file by its name."""
    said = _slice(script)
    return {
        "twarc.csv": _tell_twarc(script, said),
        "tweets-v2.jsonl": _tell_v2(script, said),
        "tags.csv": _tell_tags(script, said),
        "storify.csv": _tell_storify(said),
        "transcript.md": _tell_transcript(said),
        "irc.log": _tell_irc(said),
        "generic.csv": _tell_generic(said),
    }


def _slice(script: Script) -> list[Said]:
    """Give Q2 from its asking to the spam, once each, reposts among them, in time order.

    Before Twitter's network lay two accounts of the hosts; here they have one.
    """
    first, last = script.entry("q2m").at, script.entry("bargain-19:20:48").at
    kept = [
        entry
        for entry in script.entries
        if first <= entry.at <= last and entry.person.key != "hb" and _is_kept(script, entry)
    ]
    said = [_say(script, entry) for entry in kept]
    for entry in kept:
        said += [_pass_on(script, entry, who, at) for who, at in entry.reposts if at <= last]
    return sorted(said, key=lambda one: (one.at, one.id))


def _is_kept(script: Script, entry: Entry) -> bool:
    """Leave out answers to what was said before the slice began."""
    return not entry.parent or script.entry(entry.parent).at >= script.entry("q2m").at


def _say(script: Script, entry: Entry) -> Said:
    answers = script.entry(entry.parent) if entry.parent else None
    if answers and answers.person.key == "hb":
        answers = script.entry("q2m")
    text = _write(script, entry)
    if answers and answers.person != entry.person:
        text = f"@{name_user(answers.person)} {text}"
    return Said(
        id=_number(entry), at=entry.at, person=entry.person, text=text, entry=entry, answers=answers
    )


def _pass_on(script: Script, entry: Entry, who: Person, at: datetime) -> Said:
    text = f"RT @{name_user(entry.person)}: {_write(script, entry)}"
    number = _snowflake(at, f"{entry.key}/{who.key}")
    return Said(id=number, at=at, person=who, text=text, entry=entry, original=entry)


def _write(script: Script, entry: Entry) -> str:
    """Give the text as Twitter would have held it: mentions by user name, links in full."""
    return "".join(
        f"@{name_user(script.people[piece.value])}" if piece.kind == "mention" else piece.shown
        for piece in script.pieces(entry, entry.text)
    )


def name_user(person: Person) -> str:
    """Give the user name that somebody has in these files; nobody has it anywhere else."""
    return TAG if person.key in ("hm", "hb") else f"{person.key}_stx26"


def _number(entry: Entry) -> str:
    return _snowflake(entry.at, entry.key)


def _snowflake(at: datetime, seed: str) -> str:
    """Give an id as Twitter makes it: milliseconds since its epoch, then 22 bits."""
    since = round(at.timestamp() * 1000) - _TWITTER_EPOCH
    return str((since << 22) + draw("tweet", seed, below=1 << 22))


def _user_id(person: Person) -> str:
    return str(10**18 + draw("user", person.key, below=10**15))


def _find_links(said: Said, script: Script) -> list[str]:
    pieces = script.pieces(said.entry, said.entry.text)
    return [piece.value for piece in pieces if piece.kind == "link"]


def _find_tags(said: Said, script: Script) -> list[str]:
    pieces = script.pieces(said.entry, said.entry.text)
    return [piece.value for piece in pieces if piece.kind == "tag"]


def _status_url(person: Person, number: str) -> str:
    return f"https://twitter.com/{name_user(person)}/status/{number}"


def _write_csv(header: list[str], rows: list[list[str]], end: str = "\r\n") -> str:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator=end)
    writer.writerow(header)
    writer.writerows(rows)
    return held.getvalue()


def _classic(at: datetime) -> str:
    return f"{at:%a %b %d %H:%M:%S} +0000 {at:%Y}"


_TWARC = (
    "coordinates,created_at,hashtags,media,urls,favorite_count,id,in_reply_to_screen_name,"
    "in_reply_to_status_id,in_reply_to_user_id,lang,place,possibly_sensitive,retweet_count,"
    "reweet_id,retweet_screen_name,source,text,tweet_url,user_created_at,user_screen_name,"
    "user_default_profile_image,user_description,user_favourites_count,user_followers_count,"
    "user_friends_count,user_listed_count,user_location,user_name,user_statuses_count,"
    "user_time_zone,user_urls,user_verified"
)


def _tell_twarc(script: Script, said: list[Said]) -> str:
    """Give twarc's CSV of the API v1.1, newest first, entities and all."""
    header = _TWARC.split(",")
    return _write_csv(header, [_twarc_row(header, one, script) for one in reversed(said)])


def _twarc_row(header: list[str], one: Said, script: Script) -> list[str]:
    values = {
        "created_at": _classic(one.at),
        "hashtags": " ".join(_find_tags(one, script)),
        "urls": " ".join(_find_links(one, script)),
        "favorite_count": str(draw("likes", one.id, below=19)),
        "id": one.id,
        "lang": one.entry.lang,
        "retweet_count": str(len(one.entry.reposts)),
        "source": _CLIENT,
        "text": html.escape(_cut(one), quote=False),
        "tweet_url": _status_url(one.person, one.id),
        "user_created_at": "Wed Nov 12 19:20:21 +0000 2014",
        "user_screen_name": name_user(one.person),
        "user_default_profile_image": "False",
        "user_name": one.person.name,
        "user_verified": "False",
    }
    if one.answers:
        values["in_reply_to_screen_name"] = name_user(one.answers.person)
        values["in_reply_to_status_id"] = _number(one.answers)
        values["in_reply_to_user_id"] = _user_id(one.answers.person)
    if one.original:
        values["reweet_id"] = _number(one.original)
        values["retweet_screen_name"] = name_user(one.original.person)
    return [values.get(name, "") for name in header]


def _cut(one: Said) -> str:
    """Give the text as the API v1.1 gave it: a repost was cut at 140 characters."""
    return f"{one.text[:139]}…" if one.original and len(one.text) > 140 else one.text


def _tell_v2(script: Script, said: list[Said]) -> str:
    """Give twarc2's JSON lines of the API v2, flattened: one post a line, its author inside."""
    return "".join(
        msgspec.json.encode(_v2_row(one, script)).decode() + "\n" for one in reversed(said)
    )


def _v2_row(one: Said, script: Script) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": one.id,
        "text": html.escape(one.text, quote=False),
        "created_at": f"{one.at:%Y-%m-%dT%H:%M:%S}.000Z",
        "author_id": _user_id(one.person),
        "conversation_id": one.id if one.original else _number(_root(script, one.entry)),
        "lang": one.entry.lang,
        "possibly_sensitive": False,
        "public_metrics": {
            "retweet_count": len(one.entry.reposts),
            "reply_count": len(script.answers(one.entry.key)),
            "like_count": draw("likes", one.id, below=19),
            "quote_count": 0,
        },
        "entities": _entities(one, script),
        "author": {
            "id": _user_id(one.person),
            "username": name_user(one.person),
            "name": one.person.name,
            "created_at": "2014-11-12T19:20:21.000Z",
            "verified": False,
        },
    }
    if one.original:
        row["referenced_tweets"] = [{"type": "retweeted", "id": _number(one.original)}]
    elif one.answers:
        row["in_reply_to_user_id"] = _user_id(one.answers.person)
        row["referenced_tweets"] = [{"type": "replied_to", "id": _number(one.answers)}]
    return row


def _root(script: Script, entry: Entry) -> Entry:
    root = script.root(entry)
    return script.entry("q2m") if root.person.key == "hb" else root


def _entities(one: Said, script: Script) -> dict[str, Any]:
    """Give hashtags and links with their places, counted in characters as the API does."""
    found: dict[str, Any] = {}
    for name, key, values in (
        ("hashtags", "tag", _find_tags(one, script)),
        ("urls", "expanded_url", _find_links(one, script)),
    ):
        for value in values:
            shown = f"#{value}" if key == "tag" else value
            start = one.text.find(shown)
            if start >= 0:
                item = {"start": start, "end": start + len(shown), key: value}
                extra = {} if key == "tag" else {"url": value, "display_url": value[8:]}
                found.setdefault(name, []).append({**item, **extra})
    return found


_TAGS = (
    "id_str,from_user,text,created_at,time,geo_coordinates,user_lang,in_reply_to_user_id_str,"
    "in_reply_to_screen_name,from_user_id_str,in_reply_to_status_id_str,source,"
    "profile_image_url,user_followers_count,user_friends_count,user_location,status_url,"
    "entities_str"
)


def _tell_tags(script: Script, said: list[Said]) -> str:
    """Give a TAGS sheet saved as CSV, newest first."""
    header = _TAGS.split(",")
    return _write_csv(header, [_tags_row(header, one, script) for one in reversed(said)])


def _tags_row(header: list[str], one: Said, script: Script) -> list[str]:
    values = {
        "id_str": one.id,
        "from_user": name_user(one.person),
        "text": html.escape(one.text, quote=False),
        "created_at": _classic(one.at),
        "time": f"{one.at.astimezone(LONDON):%d/%m/%Y %H:%M:%S}",
        "user_lang": one.entry.lang,
        "from_user_id_str": _user_id(one.person),
        "source": _CLIENT,
        "status_url": f"http://twitter.com/{name_user(one.person)}/statuses/{one.id}",
        "entities_str": msgspec.json.encode(_old_entities(one, script)).decode(),
    }
    if one.answers:
        values["in_reply_to_user_id_str"] = _user_id(one.answers.person)
        values["in_reply_to_screen_name"] = name_user(one.answers.person)
        values["in_reply_to_status_id_str"] = _number(one.answers)
    return [values.get(name, "") for name in header]


def _old_entities(one: Said, script: Script) -> dict[str, Any]:
    places = _entities(one, script)
    return {
        "hashtags": [
            {"text": item["tag"], "indices": [item["start"], item["end"]]}
            for item in places.get("hashtags", [])
        ],
        "urls": [
            {
                "url": item["url"],
                "expanded_url": item["expanded_url"],
                "display_url": item["display_url"],
                "indices": [item["start"], item["end"]],
            }
            for item in places.get("urls", [])
        ],
    }


def _tell_storify(said: list[Said]) -> str:
    """Give a Storify scrape: three columns, local time to the minute and no zone."""
    rows = []
    for one in said:
        local = one.at.astimezone(LONDON)
        clock = f"{local.month}/{local.day}/{local:%y} {local:%H:%M}"
        rows.append([clock, name_user(one.person), one.text])
    return _write_csv(["time", "username", "text"], [row for row in rows if row[2][:3] != "RT "])


def _tell_transcript(said: list[Said]) -> str:
    """Give a Markdown transcript: a heading a post, its time in UTC, its text as a link."""
    parts = ["# Stackschat TweetScript\n", "## Tuesday, October 13, 2026\n"]
    for one in said:
        if one.original:
            continue
        user = name_user(one.person)
        lines = one.text.replace("\n", "\n> ")
        parts.append(
            f"### [@{user}](https://twitter.com/{user}) \\<{one.person.name}\\>\n\n"
            f"*{one.at:%Y-%m-%d %H:%M:%S}Z*\n> [{lines}]({_status_url(one.person, one.id)})\n"
        )
        for number, alt in enumerate(one.entry.pictures):
            picture = f"https://pictures.example/{one.id}-{number}.jpg"
            parts.append(f"![{alt or 'embedded media'}]({picture})\n")
    return "\n".join(parts)


def _tell_irc(said: list[Said]) -> str:
    """Give an IRC log: times of day in London, one line of text a line, comings and goings."""
    lines = ["19:13 -!- Topic for #stackschat: Libraries after dark"]
    for one in said:
        if one.original:
            continue
        clock = f"{one.at.astimezone(LONDON):%H:%M}"
        words = " ".join(one.text.replace(f"#{TAG}", "").split())
        nick = name_user(one.person)
        if one.answers:
            asked = name_user(one.answers.person)
            words = words.replace(f"@{asked} ", f"{asked}: ", 1)
        lines.append(f"{clock} <{nick}> {words}")
    last = said[-1]
    lines.append(
        f"{last.at.astimezone(LONDON) + timedelta(minutes=1):%H:%M} -!- "
        f"{name_user(last.person)} was kicked from #stackschat by stackschat [spam]"
    )
    return "\n".join(lines) + "\n"


def _tell_generic(said: list[Said]) -> str:
    """Give a spreadsheet that somebody made by hand: their own column names, London's time."""
    rows = []
    for number, one in enumerate(said, start=1):
        if one.original:
            continue
        clock = f"{one.at.astimezone(LONDON):%d/%m/%Y %H:%M:%S}"
        rows.append([str(number), clock, one.person.name, one.text, one.entry.lang])
    return _write_csv(["No", "When", "Who", "What they said", "Language"], rows)
