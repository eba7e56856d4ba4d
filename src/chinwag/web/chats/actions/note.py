"""Noting in the log who did what; never what anybody wrote."""

from __future__ import annotations

from typing import Any

from chinwag.web.chats.models import Chat, LogEntry, Series, User


def note(
    user: User | None,
    action: str,
    object_: str = "",
    *,
    series: Series | None = None,
    chat: Chat | None = None,
    **data: Any,
) -> None:
    """Add a line to the log; `data` are counts and names of settings."""
    LogEntry.objects.create(
        series=series or (chat.series if chat else None),
        chat=chat,
        user=user,
        action=action,
        object=object_[:200],
        data=data,
    )
