"""Chinwag runs hashtag chats: plan, run, archive, place, summarise, publish, measure, follow up.

What lives here: the names a program needs, gathered from the rooms below (see ARCHITECTURE.md).
May import: every library room. May not import: the doors (`cli`), Django or click.
Example: `import chinwag; chinwag.recap_files(["chat.csv"], into="my-chat")`.
"""

from chinwag.errors import ChinwagError
from chinwag.steps.collect import read_agenda
from chinwag.stores.folder import ChatFolder
from chinwag.workflows.recap_files import Recap, recap_files
from chinwag.workflows.wishes import Wishes

__all__ = ["ChatFolder", "ChinwagError", "Recap", "Wishes", "read_agenda", "recap_files"]
__version__ = "0.1.0"
