"""Logs of an IRC channel, as irssi, weechat, ZNC, HexChat and web archives write them.

    13:01 <@ana> text          [13:01:22] <ana> text        2020-04-22 13:01:33 <ana> text
    13:01  * ana waves         [13:01:22] * ana waves       2020-04-22 13:01:33<TAB>ana<TAB>text
    [Wed 13:01:22] <ana> text  22.04.2020 13:01:22 <ana> text    **\\<ana>** text (Markdown)

Joins, parts and the like are rows without a post. A day that is not in the lines comes from the
log's own "Day changed", from `--date` or from the file's name; past midnight the next one begins.
A post keeps the nick under which it was said; `author_id` is the person's first nick in the file,
the same through every "is now known as".
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator

import msgspec

from chinwag.importers.columns import find_missing, map_columns
from chinwag.importers.days import TIME_UNTOLD, DayClock, read_day
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError, make_reason, read_payload
from chinwag.records.ids import make_id
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links

NO_LINE = make_reason("it is not a line of a log", code="not-a-log-line")

_ROUTE = "irc"
_MOST_NICKS = 10_000
_MOST_LINES = 20_000  # in which the same words at the same time are told apart
_LOOK = 60  # lines by which a log is known

_CONTROL = re.compile(
    r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04[0-9A-Fa-f]{6}|[\x02\x0f\x11\x16\x1d-\x1f]"
)
_STAMP = re.compile(
    r"[\[(]?(?:[A-Z][a-z]{2},? (?=\d))?"
    r"(?:(?P<day>\d{4}[-/.]\d\d[-/.]\d\d|\d{1,2}\.\d{1,2}\.\d{4}|[A-Z][a-z]{2} \d{1,2}(?= \d\d:))"
    r"(?:T|,? ))?"
    r"(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-6]\d)(?:[.,]\d+)?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?(?:\s?(?P<half>[AaPp][Mm]))?[\])]?:?(?P<rest>\s.*)"
)
# **\<ana>** text, as a log stands in Markdown; a site may have made `&lt;` of the bracket.
_MARKDOWN = re.compile(
    r"^(?P<before>.*?)(?:\*\*|__)(?:\\?<|&lt;)[~&@%+!]*+(?P<nick>[^\s<>:,*\\]{1,40})(?:\\?>|&gt;)"
    r"(?:\*\*|__):? ?"
)
_FRONT_MATTER = re.compile(r"\A---\n(?:(?!---).*\n){0,40}---\n")
_PAGE = re.compile(r"#+ |```")
_NICK = r"[^\s<>:,*]{1,40}"
_SAID = re.compile(rf"\s*<\s*[~&@%+!]*+(?P<nick>{_NICK})>(?:\s(?P<text>.*))?")
_ACTED = re.compile(rf"\s*\*(?:\s+|\t)[~&@%+!]*+(?P<nick>{_NICK})\s(?P<text>.*)")
_TABBED = re.compile(r"\s?\t?(?P<nick>[^\t]{0,41})\t(?P<text>.*)")
_SYSTEM = re.compile(r"\s*(?:-!-|\*{3}|-->|<--|<->|--(?!>)|={3}|!|→|←|⇐|⇒|•)(?:\s|$)")
_HAPPENING = re.compile(
    r"(?:\([^)]*\) )?(?:\[[^]]*\] )?(?:has (?:joined|quit|left|parted|changed)|sets? mode"
    r"|is now known as|changes? topic|was kicked|gives \w+ operator|joined #|left #|quit\b)"
)
_RENAMED = re.compile(
    rf"(?P<old>{_NICK})\s++(?:\([^)]{{0,200}}+\)\s++)?(?:is|are) now known as\s+(?P<new>{_NICK})"
)
_DAY_LINE = re.compile(
    r"(?:---\s*(?:Log (?:opened|closed)|Day changed)|\*{4}\s*(?:BEGIN|ENDING) LOGGING"
    r"|Session (?:Start|Time|Close)|#\s*log|\[?\d{4}-\d\d-\d\d\]?\s*$)",
    re.IGNORECASE,
)
# A line that begins right after a sign of another one: the line end between them is damaged.
_GLUED = re.compile(
    r"(?<=[^\s(\[<\d:.])\d??(?P<line>[(\[]?(?:\d{4}-\d\d-\d\d[ T])?"
    rf"[0-2]?\d:[0-5]\d(?::[0-6]\d)?[\])]?\s+<[~&@%+!]?{_NICK}>\s.*)"
)
_ADDRESSED = re.compile(rf"(?P<nick>{_NICK})[:,]\s")


class _Line(msgspec.Struct):
    """One line: `kind` is "said", "acted" (`/me waves`) or "event"; `time` is ISO 8601."""

    kind: str
    time: str = ""
    nick: str = ""
    text: str = ""
    person: str = ""  # the first nick of the speaker
    to: str = ""  # the nick with which the text starts
    occurrence: int = 1
    is_untimed: bool = False


class IrcLog:
    """A channel's log; keeps the promise of `contract.Importer`."""

    name = "irc-log"
    title = "IRC log"
    about = (
        "A channel's log, line by line, as an IRC client, a bouncer or a web archive wrote it. "
        "`--date` and `--tz` tell the day and the zone where it does not."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by the share of the first lines that are lines of a log."""
        lines = _list_body(head.peek())[:_LOOK]
        if lines and not find_missing(map_columns(lines[0].split("\t"), {})):
            return 0.0  # a table with tabs between its cells, as its names say
        read = _read_lines(lines)
        kinds = Counter(line.kind if line else "" for line in read)
        if kinds["said"] + kinds["acted"] == 0:
            return 0.0
        fitting = len(lines) - kinds[""] + len(list(filter(_DAY_LINE.match, lines)))
        share = min(1.0, fitting / len(lines))
        return 0.9 * share if share > 0.5 else 0.0

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Yield each line with its day and its speaker; events too, so that they are counted.

        Raises InputError where nothing tells the day.
        """
        clock, people = DayClock(source.name, options), _People()
        is_timed = any(map(_read_line, map(_undress, source.peek().splitlines())))
        for number, text in source.lines():
            if glued := _GLUED.search(text, text.find("> ") + 1):
                source.put_aside(number, NO_LINE, glued["line"])
                text = text[: glued.start()]
            plain = _undress(text)
            line = _read_line(plain) if is_timed else _read_untimed(plain)
            if line is None:
                clock.see_preface(plain)
                if _DAY_LINE.match(plain):
                    clock.see_day(plain)
                elif plain:
                    source.put_aside(number, NO_LINE, text)
                continue
            _set_time(line, clock)
            people.name(line)
            payload = msgspec.to_builtins(line)
            yield RawPost(route=_ROUTE, address=source.name, line=number, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return a line as a post with an id made from its content; an event gives none."""
        line = read_payload(raw.payload, _Line, "a line of a log")
        if line.kind == "event":
            return ()
        if not line.nick:
            raise RowError("it has no author", code="no-author")
        text = f"* {line.nick} {line.text}" if line.kind == "acted" else line.text
        return [
            Post(
                id=make_id("irc", line.time, line.nick, line.text, str(line.occurrence)),
                author=line.nick,
                text=text.strip(),
                created_at=parse_time(line.time, options),
                reply_to=None,
                url="",
                source=_ROUTE,
                author_id=line.person,
                reply_to_author=line.to,
                hashtags=find_hashtags(text),
                mentions=(line.to,) if line.to else (),
                links=find_links(text),
                repairs=(TIME_UNTOLD,) if line.is_untimed else (),
                sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
            )
        ]


def _list_body(text: str) -> list[str]:
    """Return the lines of a text that are not blank, without what a Markdown page has around."""
    body = _FRONT_MATTER.sub("", text, count=1)
    return [line for line in body.splitlines() if line.strip() and not _PAGE.match(line)]


def _read_lines(lines: list[str]) -> list[_Line | None]:
    """Return the lines of a log; where none has a time, they are read without."""
    plain = [_undress(line) for line in lines]
    timed = [_read_line(line) for line in plain]
    return timed if any(timed) else [_read_untimed(line) for line in plain]


def _read_untimed(text: str) -> _Line | None:
    """Return a line that begins with the nick, None for any other text."""
    said = _SAID.fullmatch(text)
    if said is None:
        return None
    return _Line("said", "||", said["nick"], said["text"] or "", is_untimed=True)


def _read_line(text: str) -> _Line | None:
    """Return a line with its time as it stands there ("day|time|zone"), None for any other text."""
    stamp = _STAMP.fullmatch(text)
    if stamp is None:
        return None
    parts = stamp.groupdict(default="")
    hour = int(parts["hour"])
    if parts["half"]:
        hour = hour % 12 + 12 * (parts["half"].lower() == "pm")
    if hour > 23:
        return None
    second = min(59, int(parts["second"] or 0))
    zone = parts["zone"].replace("Z", "+00:00")
    time = f"{parts['day']}|{hour:02}:{parts['minute']}:{second:02}|{zone}"
    return _read_rest(parts["rest"], time)


def _read_rest(rest: str, time: str) -> _Line | None:
    said = _SAID.fullmatch(rest)
    if said:
        return _Line("said", time, said["nick"], said["text"] or "")
    if _SYSTEM.match(rest):
        return _Line("event", time, text=rest.strip())
    acted = _ACTED.fullmatch(rest)
    if acted and _HAPPENING.match(acted["text"]):
        return _Line("event", time, acted["nick"], f"{acted['nick']} {acted['text']}")
    if acted:
        return _Line("acted", time, acted["nick"], acted["text"])
    tabbed = _TABBED.fullmatch(rest)
    return _read_tabbed(tabbed["nick"].strip(), tabbed["text"], time) if tabbed else None


def _read_tabbed(nick: str, text: str, time: str) -> _Line:
    """Read weechat's columns: time, nick (or a sign), text."""
    if nick == "*":
        name, _, deed = text.partition(" ")
        return _Line("acted", time, name, deed)
    name = nick.strip("<>").lstrip("~&@%+!")
    if not re.fullmatch(_NICK, name) or set(name) <= set("-=!→←•"):
        return _Line("event", time, text=text)
    return _Line("said", time, name, text)


def _set_time(line: _Line, clock: DayClock) -> None:
    """Make a line's time "2020-04-22T13:01:33", with the zone that it states, if any."""
    said, time, zone = line.time.split("|")
    if time:
        hour, minute, second = map(int, time.split(":"))
        day = clock.tell(read_day(said), hour * 3600 + minute * 60 + second)
    else:
        day, seconds = clock.tell_next()
        time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    line.time = f"{day.isoformat()}T{time}{zone}"


def _undress(text: str) -> str:
    """Return a line without colours and margins and, in Markdown, with a plain nick."""
    plain = _CONTROL.sub("", text).strip(" ")
    return _MARKDOWN.sub(r"\g<before><\g<nick>> ", plain)


class _People:
    """The nicks that were seen, each with the first nick of the same person."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._said: OrderedDict[tuple[str, str, str], int] = OrderedDict()

    def name(self, line: _Line) -> None:
        """Complete a line: its speaker, the person addressed, how often this was said then."""
        if line.kind == "event":
            self._see_event(line.text)
            return
        self._remember(line.nick, self._first.get(line.nick, line.nick))
        line.person = self._first.get(line.nick, line.nick)
        addressed = _ADDRESSED.match(line.text)
        if addressed and addressed["nick"] in self._first:
            line.to = addressed["nick"]
        key = (line.time, line.nick, line.text)
        line.occurrence = self._said[key] = self._said.get(key, 0) + 1
        if len(self._said) > _MOST_LINES:
            self._said.popitem(last=False)

    def _see_event(self, text: str) -> None:
        """Take in that somebody has another nick from now on, where an event says so."""
        renamed = _RENAMED.search(text)
        if renamed is not None:
            self._remember(renamed["new"], self._first.get(renamed["old"], renamed["old"]))

    def _remember(self, nick: str, first: str) -> None:
        if len(self._first) < _MOST_NICKS:
            self._first[nick] = first


IMPORTER = IrcLog()
