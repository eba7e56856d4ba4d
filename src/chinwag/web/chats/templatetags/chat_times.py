"""A chat’s hours in its series’ zone, what people are called, and words around what was found."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from chinwag.steps.publish.safe import clean_text
from chinwag.text.mentions import write_handle
from chinwag.web.chats.models import Chat, Entry, Series
from chinwag.web.chats.queries.search import read_terms

register = template.Library()

_AROUND = 90  # signs of a found text before and after the first word found
_LONGEST_WORD = 30


@register.simple_tag
def chat_day(chat: Chat) -> SafeString:
    """Return the day of a chat in its series' zone."""
    start = _there(chat, chat.starts_at)
    return format_html(
        '<time datetime="{}">{}</time>',
        chat.starts_at.isoformat(),
        date_format(start, "j F Y"),
    )


@register.filter
def called(author: str) -> str:
    """Return how somebody is called in print: by a handle, or by a name of several words."""
    return write_handle(author)


@register.filter
def is_titled_by_day(chat: Chat) -> bool:
    """Return whether a chat's title says its day already, as one that was made of it does."""
    return date_format(_there(chat, chat.starts_at), "j F Y") in chat.title


@register.simple_tag
def chat_span(chat: Chat) -> SafeString:
    """Return the hours of a chat in its series' zone, with the zone."""
    return span_between(chat.starts_at, chat.ends_at, chat.series)


@register.simple_tag
def span_between(first: datetime, last: datetime, series: Series) -> SafeString:
    """Return hours from one moment to another in a series' zone, with the zone."""
    zone = ZoneInfo(series.time_zone)
    start, end = first.astimezone(zone), last.astimezone(zone)
    return format_html(
        '<time datetime="{}">{}, {}</time>–<time datetime="{}">{}</time>'
        ' <span class="utc">{}</span>',
        first.isoformat(),
        date_format(start, "l j F Y"),
        time_format(start, "H:i"),
        last.isoformat(),
        time_format(end, "H:i") if start.date() == end.date() else date_format(end, "j F Y H:i"),
        start.tzname() or series.time_zone,
    )


@register.simple_tag
def chat_utc(chat: Chat) -> SafeString:
    """Return the hours of a chat in UTC, for readers elsewhere; "" where its zone is that."""
    start, end = chat.starts_at.astimezone(UTC), chat.ends_at.astimezone(UTC)
    if _there(chat, start).utcoffset() == start.utcoffset():
        return SafeString("")
    return format_html(
        ' <span class="count">({}–{} UTC)</span>',
        time_format(start, "H:i"),
        time_format(end, "H:i"),
    )


@register.simple_tag
def clock(moment: datetime, series: Series, *, seconds: bool = False) -> SafeString:
    """Return what the clocks of a series' zone show at a moment, and the day if it is not today."""
    zone = ZoneInfo(series.time_zone)
    there = moment.astimezone(zone)
    is_today = there.date() == timezone.now().astimezone(zone).date()
    shown = time_format(there, "H:i:s" if seconds else "H:i")
    words = shown if is_today else f"{date_format(there, 'j F Y')}, {shown}"
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), words)


@register.simple_tag(takes_context=True)
def with_page(context: RequestContext, number: int) -> str:
    """Return the query of this address with another number of a page."""
    asked = context["request"].GET.copy()
    asked["page"] = str(number)
    return asked.urlencode()


@register.simple_tag
def snippet(entry: Entry, words: str) -> SafeString:
    """Return the part of a text where the first of the words stands, the words marked."""
    text = " ".join(clean_text(_read_words(entry)).split())
    terms = [re.escape(term) for term in read_terms(words)]
    pattern = re.compile("|".join(terms), re.IGNORECASE) if terms else None
    found = pattern.search(text) if pattern else None
    first = _find_gap(text, (found.start() if found else 0) - _AROUND)
    last = _find_gap(text, (found.end() if found else 0) + 2 * _AROUND)
    shown = ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")
    return _mark(shown, pattern)


def _read_words(entry: Entry) -> str:
    """Return what an entry says: of a post its own words, without its author's name."""
    said = entry.body.get("post", {}).get("text", "") if entry.text else ""
    return said or entry.text


def _find_gap(text: str, place: int) -> int:
    """Return the next gap between two words from a place on, within a word's length of it."""
    if not 0 < place < len(text):
        return max(0, min(place, len(text)))
    gap = text.find(" ", place, place + _LONGEST_WORD)
    return place if gap < 0 else gap


def _mark(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    if pattern is None:
        return SafeString(escape(text))
    parts, end = [], 0
    for found in pattern.finditer(text):
        parts += [escape(text[end : found.start()]), format_html("<mark>{}</mark>", found.group())]
        end = found.end()
    return mark_safe("".join((*parts, escape(text[end:]))))  # noqa: S308 (escaped piece by piece)


def _there(chat: Chat, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(chat.series.time_zone))
