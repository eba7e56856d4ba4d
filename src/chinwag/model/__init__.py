"""NOUNS: the frozen values that every other room speaks of.

What lives here: one file a noun, as frozen msgspec structs; no I/O, no clock, no decisions.
May import: `errors` alone. May not import: anything that reads, writes or computes.
Data flows one way: RawPost, Post, Placement, Summary, Story.
Example: `Question(label="3", text="Who is locked out?", by="agenda")`.
"""

from chinwag.model.chat import Chat, Moderator, Question, Window
from chinwag.model.decision import Choice, Decision, Move
from chinwag.model.edit import Edit
from chinwag.model.edition import (
    Block,
    Edition,
    GoneBlock,
    HeadingBlock,
    LinkBlock,
    ParagraphBlock,
    PictureBlock,
    PointBlock,
    QuotationBlock,
    RuleBlock,
)
from chinwag.model.kept_file import (
    FILES,
    PICTURE_TYPES,
    PICTURES,
    KeptFile,
    find_picture_type,
    is_kept_picture,
    is_picture,
    name_picture,
)
from chinwag.model.ledger import (
    AsideRow,
    CaptureRecord,
    Completeness,
    FileRecord,
    Gap,
    Ledger,
    RouteNotice,
    RouteRecord,
)
from chinwag.model.measures import Measures
from chinwag.model.note import (
    SAID,
    Note,
    Part,
    make_note,
    make_worded_note,
    note_error,
    quote_note,
)
from chinwag.model.outbox import Sent
from chinwag.model.placement import KINDS, METHODS, Correction, Placement
from chinwag.model.post import Deletion, Media, Post, RawPost, Repost, Sighting, Version
from chinwag.model.publication import Publication, Upload
from chinwag.model.removal import ASKED, SPAM, Removal
from chinwag.model.reply import InferredReply
from chinwag.model.rewording import ModelAnswer, Rewording
from chinwag.model.secret import Secret
from chinwag.model.story import Section, Story, StoryEdition, StoryQuestion
from chinwag.model.suggestion import SUGGESTED, Suggestion
from chinwag.model.summary import (
    LEFT_OUT_MARK,
    ORIGINS,
    Bullet,
    QuestionSummary,
    Quote,
    SharedLink,
    Summary,
    Theme,
)
from chinwag.model.told import ToldPart, ToldStory

__all__ = [
    "ASKED",
    "FILES",
    "KINDS",
    "LEFT_OUT_MARK",
    "METHODS",
    "ORIGINS",
    "PICTURES",
    "PICTURE_TYPES",
    "SAID",
    "SPAM",
    "SUGGESTED",
    "AsideRow",
    "Block",
    "Bullet",
    "CaptureRecord",
    "Chat",
    "Choice",
    "Completeness",
    "Correction",
    "Decision",
    "Deletion",
    "Edit",
    "Edition",
    "FileRecord",
    "Gap",
    "GoneBlock",
    "HeadingBlock",
    "InferredReply",
    "KeptFile",
    "Ledger",
    "LinkBlock",
    "Measures",
    "Media",
    "ModelAnswer",
    "Moderator",
    "Move",
    "Note",
    "ParagraphBlock",
    "Part",
    "PictureBlock",
    "Placement",
    "PointBlock",
    "Post",
    "Publication",
    "Question",
    "QuestionSummary",
    "QuotationBlock",
    "Quote",
    "RawPost",
    "Removal",
    "Repost",
    "Rewording",
    "RouteNotice",
    "RouteRecord",
    "RuleBlock",
    "Secret",
    "Section",
    "Sent",
    "SharedLink",
    "Sighting",
    "Story",
    "StoryEdition",
    "StoryQuestion",
    "Suggestion",
    "Summary",
    "Theme",
    "ToldPart",
    "ToldStory",
    "Upload",
    "Version",
    "Window",
    "find_picture_type",
    "is_kept_picture",
    "is_picture",
    "make_note",
    "make_worded_note",
    "name_picture",
    "note_error",
    "quote_note",
]
