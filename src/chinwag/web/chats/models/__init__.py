"""What the database holds: people and plans, and an index of the chat folders.

People, series, chats, invitations, work and the log are the truth here. `Entry` and `StoryPage` are
an index of the folders, and an `Event` is soon over: these can be thrown away and made again.
"""

from chinwag.web.chats.models.advice import Advice, AdviceTask, Suggestion, SuggestionState
from chinwag.web.chats.models.chat import Chat, ChatState
from chinwag.web.chats.models.chat_file import ChatFile
from chinwag.web.chats.models.draft import Block, Draft, EditionLine, Presence
from chinwag.web.chats.models.entry import Entry, EntryKind, StoryPage, name_public
from chinwag.web.chats.models.event import Event
from chinwag.web.chats.models.log import LogEntry
from chinwag.web.chats.models.mark import Mark, MarkKind
from chinwag.web.chats.models.series import Invitation, Membership, Role, Series
from chinwag.web.chats.models.share import Account, Comments, Letter, Publication
from chinwag.web.chats.models.tag import OldAddress, Tag
from chinwag.web.chats.models.user import User
from chinwag.web.chats.models.work import (
    Capture,
    Change,
    ChangeKind,
    Import,
    Work,
    WorkState,
)

__all__ = [
    "Account",
    "Advice",
    "AdviceTask",
    "Block",
    "Capture",
    "Change",
    "ChangeKind",
    "Chat",
    "ChatFile",
    "ChatState",
    "Comments",
    "Draft",
    "EditionLine",
    "Entry",
    "EntryKind",
    "Event",
    "Import",
    "Invitation",
    "Letter",
    "LogEntry",
    "Mark",
    "MarkKind",
    "Membership",
    "OldAddress",
    "Presence",
    "Publication",
    "Role",
    "Series",
    "StoryPage",
    "Suggestion",
    "SuggestionState",
    "Tag",
    "User",
    "Work",
    "WorkState",
    "name_public",
]
