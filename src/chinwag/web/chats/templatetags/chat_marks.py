"""The buttons by which a team marks a post."""

from __future__ import annotations

from typing import Any

from django import template

from chinwag.web.chats.queries.marks import list_choices

register = template.Library()


@register.inclusion_tag("desk/_marks.html", takes_context=True)
def marking(context: Any, post: str, who: str = "", shown_as: str = "") -> dict[str, object]:
    """Return what the buttons of a post need; nothing on a page that is given no marks.

    `shown_as` is the id that a post has on the page where its author is hidden.
    """
    marks = context.get("marks")
    request = context.get("request")
    return {
        "choices": list_choices(marks, post) if marks is not None else [],
        "post": shown_as or post,
        "who": who,
        "chat": context.get("chat"),
        "series": context.get("series"),
        "back": request.get_full_path() if request else "",
        "csrf_token": context.get("csrf_token"),
    }
