"""COLLECT: from records of several files to the posts of one chat.

What lives here: `timeline` and `moments` (who posted when, counted on the way in), `hashtag` and
`window` (what the chat was, and when), `belonging` (whether a file holds anything of the chat),
`tagging` (which posts carry the hashtag), `select` (the chat's posts), `match` (one post under
several ids), `merge` (one post a post, however often it was seen), `parents` (rounded ids), `fold`
(reposts under their originals), `order`, `dropped` (what hashtag or window left out), `gaps` (what
is missing, and why), `remove` (what people asked to have taken out: `traces` by which it is known
again, `mask` for what others quote, `clear` for what was made of it), `agenda` (the questions as
planned), `doubts` (what looks wrong in them), and for a live capture `live`, `account` and
`completeness`.
May import: `records`, `text`, `model`, `errors`. May not import: importers or stores.
Example: `merged = merge_posts(select_posts(posts, window).posts, deletions)`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from chinwag.steps.collect.account import Account, tell_capture
from chinwag.steps.collect.belonging import Held, Strangeness, find_strangeness
from chinwag.steps.collect.completeness import estimate_completeness
from chinwag.steps.collect.dropped import find_dropped
from chinwag.steps.collect.fold import Folded, fold_reposts
from chinwag.steps.collect.gaps import find_gaps
from chinwag.steps.collect.hashtag import find_hashtag, is_firehose, tell_hashtag
from chinwag.steps.collect.live import LiveCollection, list_removed
from chinwag.steps.collect.match import Matches, match_records, tell_matches
from chinwag.steps.collect.merge import Merged, make_tombstone, merge_posts
from chinwag.steps.collect.order import order_posts
from chinwag.steps.collect.parents import restore_parents
from chinwag.steps.collect.remove import Removed, count_removed, hash_author
from chinwag.steps.collect.select import Selected, select_posts
from chinwag.steps.collect.timeline import Timeline
from chinwag.steps.collect.traces import (
    fold_handle,
    fold_name,
    list_letters,
    list_stretches,
    make_digest,
    trace_person,
    trace_post,
)
from chinwag.steps.collect.window import (
    MOST_POSTS,
    FoundWindow,
    find_busiest_hours,
    find_windows,
    keep_window,
    tell_windows,
)

if TYPE_CHECKING:
    from chinwag.steps.collect.agenda import read_agenda
    from chinwag.steps.collect.clear import (
        clear_chat,
        clear_corrections,
        clear_ledger,
        clear_outbox,
        clear_placements,
        clear_rewordings,
        clear_summary,
    )

__all__ = [
    "MOST_POSTS",
    "Account",
    "Folded",
    "FoundWindow",
    "Held",
    "LiveCollection",
    "Matches",
    "Merged",
    "Removed",
    "Selected",
    "Strangeness",
    "Timeline",
    "clear_chat",
    "clear_corrections",
    "clear_ledger",
    "clear_outbox",
    "clear_placements",
    "clear_rewordings",
    "clear_summary",
    "count_removed",
    "estimate_completeness",
    "find_busiest_hours",
    "find_dropped",
    "find_gaps",
    "find_hashtag",
    "find_strangeness",
    "find_windows",
    "fold_handle",
    "fold_name",
    "fold_reposts",
    "hash_author",
    "is_firehose",
    "keep_window",
    "list_letters",
    "list_removed",
    "list_stretches",
    "make_digest",
    "make_tombstone",
    "match_records",
    "merge_posts",
    "order_posts",
    "read_agenda",
    "restore_parents",
    "select_posts",
    "tell_capture",
    "tell_hashtag",
    "tell_matches",
    "tell_windows",
    "trace_person",
    "trace_post",
]

_LATER = {name: "clear" for name in __all__ if name.startswith("clear_")}
_LATER["read_agenda"] = "agenda"


def __getattr__(name: str) -> Any:
    """Load what few chats need when it is asked for, so that no file waits for it."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
