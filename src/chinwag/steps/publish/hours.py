"""Times as the story shows them: in the chat's own zone, with the date where it could be missed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chinwag.errors import InputError
from chinwag.messages import Catalogue
from chinwag.model import Story


class Hours:
    """Writes the times of one chat in the language of `words`.

    `zone` is the chat's time zone and `day` the date on which the chat began there. Times of
    another date, and all times of a chat that crosses midnight, are written with their date. Raises
    InputError for an unknown zone.
    """

    def __init__(self, story: Story, words: Catalogue) -> None:
        self.words = words
        self.zone = _open_zone(story.chat.time_zone)
        start, end = find_span(story)
        self.day = self.to_local(start).date() if start else None
        self.crosses = bool(start and end and self.to_local(end).date() != self.day)

    def to_local(self, moment: datetime) -> datetime:
        """Return a moment in the chat's zone."""
        return moment.astimezone(self.zone)

    def write_hour(self, moment: datetime) -> str:
        """Return the hour alone: "20:05"."""
        return f"{self.to_local(moment):%H:%M}"

    def write_time(self, moment: datetime) -> str:
        """Return the hour, with the date where the hour alone could mislead: "8 April, 00:05"."""
        local = self.to_local(moment)
        if local.date() == self.day and not self.crosses:
            return f"{local:%H:%M}"
        form = "full" if self.day and local.year != self.day.year else "short"
        return f"{self.words.write_date(local.date(), form)}, {local:%H:%M}"

    def write_date(self, moment: datetime) -> str:
        """Return the date in full: "Tuesday 7 April 2015"."""
        return self.words.write_date(self.to_local(moment).date(), "weekday")

    def name_zone(self, moment: datetime) -> str:
        """Return the zone's short name at that moment ("BST"), or how far it lies from UTC."""
        name = self.to_local(moment).tzname() or ""
        return name if name[:1].isalpha() else f"UTC{name}"


def write_iso(moment: datetime) -> str:
    """Return a moment as machines read it, in UTC: "2015-04-08T00:05:00Z"."""
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def find_span(story: Story) -> tuple[datetime | None, datetime | None]:
    """Return from when to when the chat ran: its window, else its posts from first to last."""
    if story.chat.window:
        return story.chat.window.start, story.chat.window.end
    if not story.posts:
        return None, None
    return story.posts[0].created_at, story.posts[-1].created_at


def _open_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, IsADirectoryError) as error:
        raise InputError(
            "There is no time zone called “{name}”.", code="chat-zone-unknown", name=name
        ) from error
