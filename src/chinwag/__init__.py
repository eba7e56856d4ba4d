"""Chinwag runs hashtag chats: plan, run, archive, place, summarise, publish, measure, follow up.

What lives here: the names a program needs, gathered from the rooms below (see ARCHITECTURE.md).
May import: every library room. May not import: the doors (`cli`), Django or click.
Example: `import chinwag; chinwag.recap_files(["chat.csv"], into="my-chat")`.
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from chinwag.version import __version__

if TYPE_CHECKING:
    from chinwag.errors import ChinwagError
    from chinwag.steps.collect import read_agenda
    from chinwag.stores.folder import ChatFolder
    from chinwag.workflows.chat_details import ChatDetails
    from chinwag.workflows.recap_files import Recap, recap_files

__all__ = [
    "ChatDetails",
    "ChatFolder",
    "ChinwagError",
    "Recap",
    "__version__",
    "read_agenda",
    "recap_files",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())  # a program decides what it shows

_PLACES = {
    "ChatFolder": "chinwag.stores.folder",
    "ChinwagError": "chinwag.errors",
    "Recap": "chinwag.workflows.recap_files",
    "ChatDetails": "chinwag.workflows.chat_details",
    "read_agenda": "chinwag.steps.collect",
    "recap_files": "chinwag.workflows.recap_files",
}


def __getattr__(name: str) -> Any:
    """Load a room when it is first asked for, so that reading a file waits for no template."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
