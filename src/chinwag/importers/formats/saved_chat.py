"""Chats saved or copied as plain text out of meeting and messaging programs.

    18:03:00<TAB> From Ana Reis to Everyone : text          Zoom (newer: the text on the next line)
    [04/10/2022, 18:03:00] Ana Reis: text                   WhatsApp; Android: 04/10/2022, 18:03 -
    04/10/2022, 18:03:00 - Ana Reis: text                   Element's plain text
    [04-Oct-22 06:03 PM] ana / text                         DiscordChatExporter; [18:03] Ana: Teams
    Ana Reis, [04.10.2022 18:03] / text                     Telegram, copied
    Ana Reis says: / text / 18:03                           Jitsi Meet, copied
    Ana Reis (18:03): text      Ana Reis: text              typed into a document

A line that begins no message goes on with the one before. Messages to one person are kept aside
without their words. Zoom and Jitsi Meet are read as in files that were seen, Discord as in the
source of DiscordChatExporter (PlainTextMessageWriter.cs); the other forms are those in common use,
not confirmed from the programs' sources.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from chinwag.importers.days import TIME_UNTOLD, DayClock
from chinwag.importers.row_times import is_day_first
from chinwag.importers.source import Source
from chinwag.model import AsideRow, Post, RawPost, Sighting
from chinwag.records.contract import ReadOptions, RowError, make_reason, read_payload
from chinwag.records.ids import ID_FROM_CONTENT, make_id
from chinwag.records.times import parse_time
from chinwag.text.hashtags import find_hashtags
from chinwag.text.links import find_links
from chinwag.text.mentions import bare_handle, find_addressee, find_mentions

NOT_PUBLIC = make_reason("is not public", code="not-public")
NO_MESSAGE = make_reason("it belongs to no message", code="belongs-to-no-message")

_ROUTE = "saved-chat"
_LOOK = 200  # lines by which a chat is known
_SURE = 0.5  # a form that says more than any prose might
_FEWEST = 3  # messages by which it is
_LONGEST = 500  # lines of one message
_MONTHS = 12
_MOST_TEXTS = 2_000  # messages in which the one that is answered is looked for

_DAY = (
    r"(?P<day>\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2}-[A-Z][a-z]{2}-\d{2,4}"
    r"|(?:[A-Z][a-z]{2,8},? )?(?:[A-Z][a-z]{2,8} \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? \d{4})"
)
_CLOCK = r"(?P<time>\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?)"
_NAME = r"(?P<name>\S[^:\[\]\n]{0,79}?)"
_SAID = r"(?P<text>.*)"
# Marks of direction, and the narrow space before AM, which phones write.
_MARKS = str.maketrans({"\u200e": "", "\u200f": "", "\u202a": "", "\u202c": "", "\u202f": " "})
_EVENTS = re.compile(
    r"(?:Reacted to \".*\" with .+|Removed an? .* reaction from \".*\""
    r"|(?:You deleted this message|This message was deleted)\.?|<?Media omitted>?"
    r"|(?:image|video|audio|sticker|GIF|document) omitted|<attached: [^>]*>)\Z",
    re.DOTALL,
)
_EXTRAS = re.compile(r"^(?:\{(?:Embed|Stickers|Reactions)\}|={20,}$)", re.MULTILINE)
_PINNED = " (pinned)"
_REPLYING = re.compile(r"Replying to \"(?P<quoted>.*?)(?:\.{3}|…)?\"\s*\n(?P<text>.*)\Z", re.DOTALL)
_PUBLIC = re.compile(
    r"everyone|meeting group chat|all(?: panelists and attendees)?\Z", re.IGNORECASE
)
_PRIVATE = re.compile(r"direct message|privately", re.IGNORECASE)


class _Form(msgspec.Struct, frozen=True):
    """How one program begins a message, and the line that may end one with its time."""

    head: re.Pattern[str]
    event: re.Pattern[str] | None = None
    tail: re.Pattern[str] | None = None
    surest: float = 0.85


_STAMPED = rf"\[?{_DAY},? (?:klo |um |à |at )?{_CLOCK}\]?(?: ?[-–])? "
_ZOOM = r"From (?P<name>.{1,80}?)(?: to (?P<to>.{1,80}?))?\s?:"
_FORMS = (
    _Form(re.compile(rf"(?:{_DAY} )?{_CLOCK}\s+{_ZOOM}(?:\s{_SAID})?")),
    _Form(re.compile(rf"{_STAMPED}{_NAME}: {_SAID}"), event=re.compile(rf"{_STAMPED}.*")),
    _Form(re.compile(rf"\[(?:{_DAY},? )?{_CLOCK}\] {_NAME}(?:: {_SAID})?")),
    _Form(re.compile(rf"{_NAME}, \[{_DAY} {_CLOCK}\](?: {_SAID})?")),
    _Form(re.compile(r"(?P<name>\S.{0,79}?) says:"), tail=re.compile(_CLOCK)),
    _Form(re.compile(rf"{_NAME} \({_CLOCK}\): {_SAID}")),
    _Form(re.compile(r"(?P<name>\w[^:/\n]{0,39}): (?P<text>\S.*)"), surest=0.25),
)


class _Message(msgspec.Struct):
    """A message: `day` and `time` as they stand, "" where they do not; `at` is ISO 8601."""

    name: str
    text: str = ""
    day: str = ""
    time: str = ""
    to: str = ""
    at: str = ""
    id: str = ""
    parent: str = ""


class SavedChat:
    """A chat as plain text; keeps the promise of `contract.Importer`."""

    name = "saved-chat"
    title = "chat saved as text (Zoom, WhatsApp, Discord, Teams, Telegram, Element, Jitsi)"
    about = (
        "A chat as plain text, saved or copied out of a meeting or a messenger. `--date` and "
        "`--tz` tell the day and the zone where it does not. The forms of Zoom, Jitsi Meet and "
        "DiscordChatExporter are confirmed; those of WhatsApp, Teams, Telegram and Element are "
        "read as they are commonly known."
    )

    def sniff(self, head: Source) -> float:
        """Return how sure it is, by the share of the first lines that begin a message."""
        lines = [line for line in _list_lines(head.peek()) if line][:_LOOK]
        form, found = _find_form(lines)
        if form is None or found < _FEWEST:
            return 0.0
        if form.surest < _SURE and not _is_dialogue(lines, form):
            return 0.0
        return form.surest

    def split(self, source: Source, options: ReadOptions) -> Iterator[RawPost | AsideRow]:
        """Yield each message with its time, its id and the id of the one that it answers.

        Raises InputError where nothing tells the day.
        """
        form, _ = _find_form(_list_lines(source.peek()))
        order = _puts_day_first(_find_days(source.peek(), form), options.time_zone or "")
        clock, memory = _Clock(DayClock(source.name, options), day_first=order), _Memory()
        for line, found in _read_messages(source, form or _FORMS[0]):
            if isinstance(found, str):
                clock.see_preface(found)
                source.put_aside(line, NO_MESSAGE, found)
            elif found.to and not _is_public(found.to):
                source.put_aside(line, NOT_PUBLIC, "")
            elif not _EVENTS.match(found.text):
                clock.set_time(found)
                memory.complete(found)
                payload = msgspec.to_builtins(found)
                yield RawPost(route=_ROUTE, address=source.name, line=line, payload=payload)

    def convert(self, raw: RawPost, options: ReadOptions) -> Iterable[Post]:
        """Return a message as a post with an id made from its content."""
        message = read_payload(raw.payload, _Message, "a message")
        author = bare_handle(message.name)
        if not author:
            raise RowError("it has no author", code="no-author")
        text = message.text
        untold = () if message.time else (TIME_UNTOLD,)
        return [
            Post(
                id=message.id,
                author=author,
                text=text,
                created_at=parse_time(message.at, options),
                reply_to=message.parent or None,
                url="",
                source=_ROUTE,
                author_name=message.name,
                reply_to_author=find_addressee(text),
                hashtags=find_hashtags(text),
                mentions=find_mentions(text),
                links=find_links(text),
                repairs=(ID_FROM_CONTENT, *untold),
                sightings=(Sighting(route=raw.route, address=raw.address, line=raw.line),),
            )
        ]


def _list_lines(text: str) -> list[str]:
    return [line.translate(_MARKS).strip() for line in text.splitlines()]


def _find_form(lines: list[str]) -> tuple[_Form | None, int]:
    """Return the form in which most messages begin, and how many do.

    A form without times counts only where no other is found: "A1" in "A1: yes" is not a speaker.
    """
    counts = {form: sum(map(bool, map(form.head.fullmatch, lines))) for form in _FORMS}
    sure = {form: number for form, number in counts.items() if form.surest >= _SURE}
    found = sure if max(sure.values()) >= _FEWEST else counts
    best = max(found, key=lambda form: found[form])
    return (best, found[best]) if found[best] else (None, 0)


def _is_dialogue(lines: list[str], form: _Form) -> bool:
    """Return whether nearly every line is said by somebody, and most people speak again."""
    heads = list(filter(None, map(form.head.fullmatch, lines)))
    names = Counter(head["name"] for head in heads)
    is_full = len(heads) >= 0.8 * len(lines)
    return is_full and 2 <= len(names) <= len(heads) / 2


def _find_days(text: str, form: _Form | None) -> set[str]:
    """Return the days that stand in the first messages."""
    heads = filter(None, map(form.head.fullmatch, _list_lines(text))) if form else ()
    return {head.groupdict().get("day") or "" for head in heads}


def _puts_day_first(days: set[str], zone: str) -> bool:
    """Return whether 05/03/2024 is in March: by other days, else by the zone's custom."""
    numbers = [re.findall(r"\d+", day) for day in days if "/" in day]
    first = max((int(one[0]) for one in numbers), default=0)
    second = max((int(one[1]) for one in numbers), default=0)
    if max(first, second) > _MONTHS:
        return first > second
    return any(is_day_first(day, zone) for day in days)


def _read_messages(source: Source, form: _Form) -> Iterator[tuple[int, _Message | str]]:
    """Yield the messages, and the lines that belong to none, each with its line."""
    reader = _Reader(form)
    for line, text in source.lines():
        yield from reader.take(line, text.translate(_MARKS).strip())
    yield from reader.close()


class _Reader:
    """Reads line after line; holds a message back until the next one begins."""

    def __init__(self, form: _Form) -> None:
        self._form = form
        self._message: _Message | None = None
        self._begins = 0
        self._lines: list[str] = []
        self._stray: tuple[int, str] | None = None  # a line that may be the next speaker's name

    def take(self, line: int, text: str) -> Iterator[tuple[int, _Message | str]]:
        """Take a line in; yield the message that it ends, or the line where it belongs to none."""
        head = self._form.head.fullmatch(text)
        if head is not None:
            self._drop_name(head["name"])
            yield from self.close()
            self._begin(line, head)
        elif self._ends_message(text):
            yield from self.close()
        elif self._message is not None and len(self._lines) < _LONGEST:
            self._lines.append(text)
        elif text:
            yield from self.close()
            self._stray = line, text

    def close(self) -> Iterator[tuple[int, _Message | str]]:
        """Yield what is held back, if there is anything: a message with its text, a stray line."""
        if self._stray is not None:
            yield self._stray
        if self._message is not None:
            self._message.text = _drop_extras("\n".join(self._lines))
            yield self._begins, self._message
        self._message = self._stray = None

    def _begin(self, line: int, head: re.Match[str]) -> None:
        parts = {"day": "", "time": "", "to": "", "text": ""}
        parts |= {name: said for name, said in head.groupdict().items() if said}
        self._message = _Message(
            name=parts["name"].removesuffix(_PINNED).strip(),
            day=parts["day"],
            time=parts["time"],
            to=parts["to"],
        )
        self._begins, self._lines = line, [parts["text"]]

    def _ends_message(self, text: str) -> bool:
        """Return whether a line is an event, or the time that ends a message; keeps the time."""
        form = self._form
        if form.tail is not None and form.tail.fullmatch(text) and self._message is not None:
            self._message.time = text
            return True
        return form.event is not None and form.event.fullmatch(text) is not None

    def _drop_name(self, name: str) -> None:
        """Drop a line before a message that is only its speaker's name, as copied pages show it."""
        if self._stray is not None and self._stray[1] == name:
            self._stray = None
        if self._form.tail is not None and self._lines[-1:] == [name]:
            del self._lines[-1]


def _drop_extras(text: str) -> str:
    """Return a message without what an export of Discord writes below it; attachments stay."""
    said = _EXTRAS.split(text, maxsplit=1)[0]
    return said.replace("{Attachments}\n", "").strip()


class _Clock:
    """Gives each message its time, in the order of day and month that the file has."""

    def __init__(self, clock: DayClock, *, day_first: bool) -> None:
        self._clock = clock
        self._day_first = day_first

    def see_preface(self, text: str) -> None:
        """Take a line before the first message: it may hold the day."""
        self._clock.see_preface(text)

    def set_time(self, message: _Message) -> None:
        """Set a message's time, in ISO 8601 without a zone.

        Raises InputError where nothing tells the day.
        """
        if not message.time:
            day, seconds = self._clock.tell_next()
        else:
            seconds = _count_seconds(message.time)
            day = self._clock.tell(_read_day(message.day, day_first=self._day_first), seconds)
        hours, minutes = divmod(seconds // 60, 60)
        message.at = f"{day.isoformat()}T{hours:02}:{minutes:02}:{seconds % 60:02}"


def _count_seconds(time: str) -> int:
    """Return seconds since midnight, 0 for a time that there is not."""
    hour, minute, second = (*map(int, re.findall(r"\d+", time)), 0)[:3]
    half = re.search(r"[AaPp](?=\.?[Mm])", time)
    if half is not None:
        hour = hour % 12 + 12 * (half[0] in "Pp")
    return (hour * 3600 + minute * 60 + second) % 86_400


def _read_day(said: str, *, day_first: bool) -> date | None:
    """Return the day that a message states, None where it states none, or no year."""
    if not re.search(r"\d{4}|[/.-]\d\d\Z", said):
        return None
    try:
        when = parse_time(
            said.replace("-", " ") if "-" in said[2:] else said, _UTC, day_first=day_first
        )
    except RowError:
        return None
    return when.date()


_UTC = ReadOptions(time_zone="UTC")


def _is_public(reader: str) -> bool:
    return _PUBLIC.match(reader) is not None and not _PRIVATE.search(reader)


class _Memory:
    """What was said so far: how often, and under which id."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._texts: dict[str, str] = {}

    def complete(self, message: _Message) -> None:
        """Set a message's id, and the id of the message that it quotes as answered."""
        replying = _REPLYING.match(message.text)
        if replying is not None:
            message.parent = self._find(replying["quoted"])
            message.text = replying["text"].strip()
        key = (message.at, message.name, message.text)
        self._counts[key] += 1
        message.id = make_id("chat", *key, str(self._counts[key]))
        self._texts[message.text] = message.id
        if len(self._texts) > _MOST_TEXTS:
            del self._texts[next(iter(self._texts))]

    def _find(self, quoted: str) -> str:
        """Return the id of the last message that begins with the quoted words, "" for none."""
        texts = reversed(self._texts)
        return next((self._texts[text] for text in texts if text.startswith(quoted)), "")


IMPORTER = SavedChat()
