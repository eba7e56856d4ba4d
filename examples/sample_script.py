"""Read the script of the sample chat: who is in it, what they say, and the truth about it.

The script is one hand-written text file, examples/stackschat/script.txt, whose first lines say how
it is written. A slip in it (an unknown person, a reply across networks, a post that is too long)
stops the build with its line.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

LONDON = ZoneInfo("Europe/London")
TAG = "stackschat"
KINDS = (
    "question",
    "answer",
    "reply",
    "agreement",
    "greeting",
    "thanks",
    "housekeeping",
    "announcement",
    "spam",
)
LONGEST = {"m": 500, "b": 300}  # what the networks allow, in characters
TOKEN = re.compile(
    r"\[(?P<shown>[^\]]+)\]\((?P<to>\S+?\)?)\)(?!\))"
    r"|(?P<link>https?://\S*[\w/])|#(?P<tag>\w+)|@(?P<who>\w+)"
)
_PERSON = re.compile(r"person (\w+)\s+([mb])\s+(\S+)\s*\| ([^|]+?)\s*\|")


class SlipError(Exception):
    """The script says something that cannot be; the message names the line."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the chat: `network` is "m" for Mastodon and "b" for Bluesky."""

    key: str
    network: str
    handle: str
    name: str

    @property
    def user(self) -> str:
        """The part of a Mastodon handle before the `@`."""
        return self.handle.partition("@")[0]

    @property
    def host(self) -> str:
        """The server of a Mastodon handle."""
        return self.handle.partition("@")[2]


class Entry(msgspec.Struct, kw_only=True):
    """One post of the script. `parent` and `quote` are keys of other entries, "" for none."""

    key: str
    at: datetime
    person: Person
    text: str = ""
    parent: str = ""
    label: str | None = None
    kind: str = ""
    point: str = ""
    reposts: list[tuple[Person, datetime]] = []
    lang: str = "en"
    warning: str = ""
    pictures: list[str] = []  # their descriptions, "" where there is none
    poll: list[tuple[str, int]] = []
    quote: str = ""
    card: list[str] = []  # address, title, description
    before: str = ""  # what it said before it was edited
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    private: bool = False

    @property
    def tagged(self) -> bool:
        """Whether a search for the hashtag would find it."""
        return f"#{TAG}" in self.text.casefold()


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a text: `kind` is "words", "link", "tag" or "mention"; `value` what it names."""

    kind: str
    shown: str
    value: str = ""


class Script(msgspec.Struct, frozen=True):
    """The whole evening: its people by key, and its posts in the order in which they were said."""

    people: dict[str, Person]
    entries: list[Entry]

    def entry(self, key: str) -> Entry:
        """Give the post with this key."""
        return next(entry for entry in self.entries if entry.key == key)

    def answers(self, key: str) -> list[Entry]:
        """Give what was said in reply to a post, in order."""
        return [entry for entry in self.entries if entry.parent == key]

    def root(self, entry: Entry) -> Entry:
        """Give the first post of the thread that a post is in."""
        while entry.parent:
            entry = self.entry(entry.parent)
        return entry

    def pieces(self, entry: Entry, text: str) -> list[Piece]:
        """Cut a text into words, links, hashtags and mentions, in order."""
        found: list[Piece] = []
        end = 0
        for match in TOKEN.finditer(text):
            piece = self._piece(entry, match)
            if piece:
                found += [Piece("words", text[end : match.start()]), piece]
                end = match.end()
        return [piece for piece in [*found, Piece("words", text[end:])] if piece.shown]

    def _piece(self, entry: Entry, match: re.Match[str]) -> Piece | None:
        if match["to"]:
            return Piece("link", match["shown"], match["to"])
        if match["link"]:
            return Piece("link", match["link"], match["link"])
        if match["tag"]:
            return Piece("tag", f"#{match['tag']}", match["tag"])
        person = self.people.get(match["who"])
        if not person:
            return None
        if person.network != entry.person.network:
            raise SlipError(f"{entry.key} mentions {person.key}, who is on the other network")
        shown = person.user if person.network == "m" else person.handle
        return Piece("mention", f"@{shown}", person.key)


def draw(*seeds: str, below: int) -> int:
    """Give a number that looks like chance and is the same on every machine."""
    digest = hashlib.sha256("/".join(seeds).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def read_script(path: Path) -> Script:
    """Read the script; raises SlipError where it says something that cannot be."""
    people: dict[str, Person] = {}
    entries: list[Entry] = []
    day = date(2026, 1, 1)
    lines: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if match := _PERSON.match(line):
            key, network, handle, name = match.groups()
            people[key] = Person(key=key, network=network, handle=handle, name=name)
        elif line.startswith("=== "):
            day = date.fromisoformat(line[4:].strip())
        elif line.startswith("== "):
            try:
                entries.append(_read_head(line, day, people, entries))
            except (KeyError, ValueError) as problem:
                raise SlipError(f"line {number}: {line} ({problem})") from problem
            lines = []
        elif line.startswith("~ "):
            _read_extra(entries[-1], line[2:], day, people)
        elif entries and not line.startswith("#"):
            lines.append(line)
            entries[-1].text = "\n".join(lines).strip()
    script = Script(people, sorted(entries, key=lambda entry: entry.at))
    _settle(script)
    return script


def _moment(day: date, clock: str) -> datetime:
    said = datetime.combine(day, time.fromisoformat(clock), tzinfo=LONDON)
    return said.astimezone(UTC)


def _read_head(line: str, day: date, people: dict[str, Person], so_far: list[Entry]) -> Entry:
    _, clock, who, *tokens = line.split()
    entry = Entry(key=f"{who}-{clock}", at=_moment(day, clock), person=people[who], label="?")
    for token in tokens:
        if token == "-":  # noqa: S105
            entry.label = None
        elif token in KINDS:
            entry.kind = token
        elif token[0] == "#":
            entry.key = token[1:]
        elif token[0] == "*":
            entry.point = token[1:]
        elif token == ">self":  # noqa: S105
            entry.parent = next(e.key for e in reversed(so_far) if e.person.key == who)
        elif token[0] == ">":
            entry.parent = token[1:]
        elif re.fullmatch(r"\d(\.\d)?", token):
            entry.label = token
        else:
            raise ValueError(f"what is {token}?")
    return entry


def _read_extra(entry: Entry, line: str, day: date, people: dict[str, Person]) -> None:
    name, _, value = line.partition(" ")
    if name == "rt":
        for token in value.split():
            who, _, later = token.partition("+")
            entry.reposts.append((people[who], entry.at + timedelta(seconds=int(later))))
    elif name == "picture":
        entry.pictures = [*entry.pictures, value]
    elif name == "poll":
        options = [option.rpartition(":") for option in value.split("|")]
        entry.poll = [(title.strip(), int(votes)) for title, _, votes in options]
    elif name == "card":
        entry.card = [part.strip() for part in value.split("|")]
    elif name in ("edited", "deleted"):
        setattr(entry, f"{name}_at", _moment(day, value))
    elif name == "private":
        entry.private = True
    elif name in ("lang", "before", "quote", "cw"):
        setattr(entry, {"cw": "warning"}.get(name, name), value)
    else:
        raise SlipError(f"{entry.key}: no extra is called {name}")


def _settle(script: Script) -> None:
    """Fill in what a reply takes from its parent, and check what the networks would refuse."""
    known: dict[str, Entry] = {}
    for entry in script.entries:
        parent = known.get(entry.parent)
        if entry.parent and (not parent or parent.person.network != entry.person.network):
            raise SlipError(f"{entry.key} answers {entry.parent}, which is not there to answer")
        asks = parent is not None and parent.kind == "question"
        entry.kind = entry.kind or ("reply" if parent and not asks else "answer")
        if entry.label == "?":
            entry.label = parent.label if parent else None
        if entry.kind == "answer" and not entry.label:
            raise SlipError(f"{entry.key} answers no question")
        shown = "".join(piece.shown for piece in script.pieces(entry, entry.text))
        if len(shown) > LONGEST[entry.person.network]:
            raise SlipError(f"{entry.key} is too long: {len(shown)}")
        if any(who.network != entry.person.network for who, _ in entry.reposts):
            raise SlipError(f"{entry.key} is reposted from the other network")
        if entry.key in known:
            raise SlipError(f"{entry.key} stands twice")
        known[entry.key] = entry
