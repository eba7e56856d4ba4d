"""The draft of a running capture, worked out before anybody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chinwag.model import Chat
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.chat_details import ChatDetails, describe_chat
from chinwag.workflows.edit_blocks import prepare_candidates
from chinwag.workflows.place_chat import prepare_placements
from chinwag.workflows.prepared import Prepared
from chinwag.workflows.summarise_chat import prepare_summary


class DraftAhead:
    """Places and sums up what a folder holds, for `prepared` to have it; nothing is written.

    It keeps the promise of `capture.ahead.Ahead`.
    """

    def __init__(self, folder: ChatFolder, details: ChatDetails, prepared: Prepared) -> None:
        """Work on a folder that is written meanwhile; `details` are those of its last import."""
        self._details = details
        self._folder = folder
        self._prepared = prepared

    def list_steps(self) -> Sequence[Callable[[], None]]:
        """Return the pieces of the work; each takes up what the one before has made."""
        return self._place, self._summarise, self._list_candidates

    def forget(self) -> None:
        """Keep nothing of it."""
        self._prepared.forget()

    def _place(self) -> None:
        prepare_placements(self._folder, self._prepared, describe=self._describe)

    def _summarise(self) -> None:
        placed = prepare_placements(self._folder, self._prepared, describe=self._describe)
        prepare_summary(*placed, self._prepared)

    def _list_candidates(self) -> None:
        placed = prepare_placements(self._folder, self._prepared, describe=self._describe)
        chat, posts, placements, _ = placed
        prepare_candidates(chat, posts, placements, self._prepared)

    def _describe(self, chat: Chat) -> Chat:
        """Return the chat as its last import will leave it, where its hour is known by then."""
        if chat.window is None or chat.window.by != "person":
            return chat
        return describe_chat(self._details, chat, chat.hashtag, chat.window)
